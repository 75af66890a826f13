from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from ..forms.pages import ReviewedPageForm
from .unit import Unit


class NewsPermissions(PagePermissionTester):
    """Where a unit's news is reviewed, only who may publish above the unit publishes it; its own editors save drafts.

    Wagtail's every way to publish asks here: the button, a copy, many pages at once, an earlier version.
    """

    def can_publish(self) -> bool:
        return super().can_publish() and self._passes_review()

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self._passes_review()

    def can_reorder_children(self) -> bool:
        # News and events stand by their dates; and Wagtail would show hundreds of them at once.
        return False

    def _passes_review(self) -> bool:
        unit = self.page.path[: -self.page.levels_below_unit * self.page.steplen]
        if self.user.is_superuser or unit not in reviewed_units(self.user):
            return True
        return any(
            permission.permission.codename == "publish_page"
            and permission.page.path != unit
            and unit.startswith(permission.page.path)
            for permission in self.permission_policy.get_cached_permissions_for_user(self.user)
        )


class Reviewed(models.Model):
    """A page that a unit's editors publish themselves, unless the unit above wants to see it first."""

    levels_below_unit = 2

    is_submitted = models.BooleanField(
        _("ajukan kepada unit induk"),
        default=False,
        help_text=_("Unit di atas Anda menerbitkannya setelah membaca."),
    )

    base_form_class = ReviewedPageForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return NewsPermissions(user, self)


def reviewed_units(user) -> set[str]:
    """The places in the tree of the units whose news is reviewed. 1 query for a person and request."""
    if not hasattr(user, "_reviewed_units"):
        units = Unit.objects.filter(news_is_reviewed=True, page__isnull=False)
        user._reviewed_units = set(units.values_list("page__path", flat=True))
    return user._reviewed_units
