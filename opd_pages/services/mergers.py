"""An office that goes up into another: its days end, its address leads on, its open cases follow."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from ..models import Unit, UnitPage
from ..registry import unit_merged

ONE_DAY = timedelta(days=1)


class MergerRefused(ValueError):
    """The units cannot be merged so; the message says why."""


@transaction.atomic
def merge_units(old: Unit, into: Unit, *, on: date, by) -> Unit:
    """From the day `on` the second unit stands in the first one's place; returns the ended unit.

    Its memberships end, its pages come off the portal with a redirect for each, and the rooms above
    hand on what they keep for it. Raises MergerRefused.
    """
    locked = {
        unit.pk: unit
        for unit in Unit.objects.select_for_update().filter(pk__in=[old.pk, into.pk]).order_by("pk")
    }
    old, into = locked[old.pk], locked[into.pk]
    last_day = on - ONE_DAY
    _check(old, into, on, last_day)
    old.valid_until, old.successor = last_day, into
    old.save()
    _end_memberships(old, last_day)
    _lead_on(old, into, by)
    for follow in unit_merged:
        follow(old, into, by)
    return old


def _check(old: Unit, into: Unit, on: date, last_day: date) -> None:
    if old == into:
        raise MergerRefused(_("Pilih unit lain sebagai penerus."))
    if on > timezone.localdate():
        raise MergerRefused(_("Penggabungan dicatat pada harinya atau sesudahnya, tidak sebelumnya."))
    if not old.is_current:
        raise MergerRefused(_("%s sudah berakhir.") % old)
    if not into.is_current:
        raise MergerRefused(_("%s sudah berakhir. Pilih penerus yang masih berlaku.") % into)
    if old.valid_from and last_day < old.valid_from:
        raise MergerRefused(_("%s baru berlaku sejak hari itu.") % old)
    if old.children.current().exists():
        raise MergerRefused(_("Masih ada unit di bawah %s. Pindahkan dahulu unit-unit itu.") % old)


def _end_memberships(old: Unit, last_day: date) -> None:
    """Nobody works in an ended unit. Who joined since its last day is kept on record with the day they joined."""
    for membership in old.memberships.select_related("user"):
        if membership.valid_from > timezone.localdate():
            membership.delete()
        elif membership.valid_until is None or membership.valid_until > last_day:
            membership.valid_until = max(last_day, membership.valid_from)
            membership.save()


def _lead_on(old: Unit, into: Unit, by) -> None:
    page = UnitPage.objects.filter(unit=old).first()
    if page is None:
        return
    target = UnitPage.objects.filter(unit=into).first()
    for live in page.get_descendants(inclusive=True).live().specific():
        site_id, _root, old_path = live.get_url_parts()
        live.unpublish(user=by)
        if target:
            Redirect.objects.update_or_create(
                old_path=Redirect.normalise_path(old_path),
                site_id=site_id,
                defaults={"redirect_page": target},
            )
