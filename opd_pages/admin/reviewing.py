"""Editors see what the units below have handed up for them to publish."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from home.models import User

from ..models.reviewing import reviewed_units
from ..selectors.belonging import units_of

MOST_SHOWN = 10


def handed_up(user: User) -> list[dict[str, Any]]:
    """[{"page", "unit", "by", "at"}]: drafts that wait for this person, the longest first. 3 queries."""
    places = Q(pk__in=[])
    for path in reviewed_units(user):
        places |= Q(path__startswith=path)
    drafts = Page.objects.filter(
        places, has_unpublished_changes=True, latest_revision__content__is_submitted=True
    ).select_related("latest_revision__user", "newspage", "eventpage")
    waiting = [
        draft
        for draft in drafts.order_by("latest_revision_created_at")
        if draft.specific.permissions_for_user(user).can_publish()
    ][:MOST_SHOWN]
    units = units_of(waiting)
    return [
        {
            "page": page,
            "title": page.draft_title or page.title,
            "unit": units[page.pk].place_name if page.pk in units else "",
            "by": page.latest_revision.user,
            "at": page.latest_revision_created_at,
        }
        for page in waiting
    ]


class ReviewPanel(Component):
    """On the first page of /admin/, only where something waits."""

    name = "review"
    template_name = "opd_pages/admin/review_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"waiting": handed_up(parent_context["request"].user), "heading": _("Menunggu Anda terbitkan")}
