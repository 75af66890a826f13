"""An office that ends, alone or in another: its days end, its address leads on, its open cases follow."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from home.models import User

from ..models import Unit, UnitPage
from ..registry import unit_merged
from .changed_contacts import contact_changed
from .contacts import end_all_consents
from .pledges import end_pledges
from .portraits import remove_portrait

ONE_DAY = timedelta(days=1)


class MergerRefused(ValueError):
    """The unit cannot end so; the message says why."""


@transaction.atomic
def merge_units(old: Unit, into: Unit, *, on: date, by: User) -> Unit:
    """From the day `on` the second unit stands in the first one's place; returns the ended unit.

    Its memberships and consents end, its pages come off the portal with a redirect for each, and the rooms
    above hand on what they keep for it. Raises MergerRefused.
    """
    old, into = _locked(old, into)
    _check_successor(old, into, on)
    old.successor = into
    _end(old, last_day=on - ONE_DAY, heir=into, by=by)
    return old


@transaction.atomic
def end_unit(old: Unit, *, last_day: date, by: User) -> Unit:
    """The unit ends and nobody stands in its place; what was open falls to its parent. Returns the ended unit.

    All that a merger ends, ends here too. Raises MergerRefused.
    """
    if old.parent is None:
        raise MergerRefused(_("%s tidak mempunyai induk yang meneruskan laporannya.") % old)
    old, parent = _locked(old, old.parent)
    if not parent.is_current:
        raise MergerRefused(_("Induknya, %s, sudah berakhir. Pilih dahulu induk lain.") % parent)
    _end(old, last_day=last_day, heir=parent, by=by)
    return old


def _locked(*units: Unit) -> list[Unit]:
    """The units as they stand now, kept from others until this is done."""
    rows = Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk")
    locked = {unit.pk: unit for unit in rows}
    return [locked[unit.pk] for unit in units]


def _check_successor(old: Unit, into: Unit, on: date) -> None:
    if old == into:
        raise MergerRefused(_("Pilih unit lain sebagai penerus."))
    if on > timezone.localdate():
        raise MergerRefused(_("Penggabungan dicatat pada harinya atau sesudahnya, tidak sebelumnya."))
    if not into.is_current:
        raise MergerRefused(_("%s sudah berakhir. Pilih penerus yang masih berlaku.") % into)


def _end(old: Unit, *, last_day: date, heir: Unit, by: User) -> None:
    _check(old, last_day)
    old.valid_until = last_day
    old.save()
    _end_memberships(old, last_day)
    end_all_consents(old, by)
    end_pledges(old)
    for leader in old.leaders.all():
        remove_portrait(leader)
    _lead_on(old, heir, by)
    for follow in unit_merged:
        follow(old, heir, by)
    contact_changed(old)
    contact_changed(heir)


def _check(old: Unit, last_day: date) -> None:
    if last_day >= timezone.localdate():
        # A unit still current today would go on receiving what nobody hands on.
        raise MergerRefused(_("Akhir unit dicatat setelah hari terakhirnya lewat."))
    if not old.is_current:
        raise MergerRefused(_("%s sudah berakhir.") % old)
    if old.valid_from and last_day < old.valid_from:
        first_day = date_format(old.valid_from, "j F Y")
        raise MergerRefused(_("%(unit)s baru berlaku sejak %(day)s.") % {"unit": old, "day": first_day})
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


def _lead_on(old: Unit, heir: Unit, by: User) -> None:
    page = UnitPage.objects.filter(unit=old).first()
    if page is None:
        return
    target = UnitPage.objects.filter(unit=heir).first()
    for live in page.get_descendants(inclusive=True).live().specific():
        site_id, _root, old_path = live.get_url_parts()
        live.unpublish(user=by)
        if target:
            Redirect.objects.update_or_create(
                old_path=Redirect.normalise_path(old_path),
                site_id=site_id,
                defaults={"redirect_page": target},
            )
