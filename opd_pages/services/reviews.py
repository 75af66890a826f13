"""Somebody has looked at a page and found that it still holds."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import Lasting, User

STILL_TRUE = "opd_pages.still_true"


@transaction.atomic
def mark_still_true(page: Page, *, by: User) -> None:
    """Of the published page; a draft stays a draft. Raises PermissionDenied for who may not publish it."""
    page = page.specific
    if not isinstance(page, Lasting) or not page.live or not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    type(page).objects.filter(pk=page.pk).update(reviewed_on=timezone.localdate())
    log(instance=page, action=STILL_TRUE, user=by)
