"""What a unit's contacts still lack, and whose contacts wait to be confirmed."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from home.models import PortalSettings, User

from ..channels import PHONES, Channel
from ..completeness import Completeness
from ..models import Unit, UnreachableReport
from .contacts import ContactState
from .keepers import kept_units, longest_unconfirmed_first
from .unreachable import MANY

DIALLED = (*PHONES, Channel.SHORT_NUMBER)


def contact_completeness(unit: Unit, state: ContactState) -> Completeness:
    """Of what stands on the contact desk; asks nothing more than `contact_state` did."""
    return completeness_of(
        [(contact.channel, contact.hours) for contact in state.contacts],
        is_confirmed=state.is_confirmed,
        is_led=bool(state.leaders),
        address=unit.address,
    )


def completeness_of(
    contacts: Iterable[tuple[str, str]], *, is_confirmed: bool, is_led: bool, address: str
) -> Completeness:
    """What (channel, hours) of each contact, and the rest, amount to."""
    contacts = list(contacts)
    channels = {channel for channel, _hours in contacts}
    has = {
        "confirmed": is_confirmed,
        "number": bool(channels & set(DIALLED)),
        "written": bool(channels - set(DIALLED) - {Channel.RADIO, Channel.WEBSITE}),
        "hours": any(hours for _channel, hours in contacts),
        "leader": is_led,
        "address": bool(address),
    }
    return Completeness(frozenset(code for code, holds in has.items() if holds))


def contacts_to_confirm(user: User) -> QuerySet[Unit]:
    """The units this person keeps whose contacts somebody should look at, the longest unconfirmed first.

    Never confirmed, too long ago, or told of by several who found nobody. With `confirmed_at`, None where never.
    2 queries, one of them at once, and the portal's settings.
    """
    return to_confirm(kept_units(user), PortalSettings.load().confirm_contacts_every_days)


def to_confirm(units: QuerySet[Unit], every_days: int) -> QuerySet[Unit]:
    """Those among the units whose contacts somebody should look at; with `confirmed_at`."""
    return longest_unconfirmed_first(
        units.filter(~Q(pk__in=_fresh(every_days)) | Q(pk__in=_often_unreached()))
    )


def _fresh(every_days: int) -> QuerySet[Unit]:
    """Confirmed at most as many days ago as the office allows: on the last of them still fresh."""
    since = timezone.localdate() - timedelta(days=every_days)
    dated = Unit.objects.annotate(last=Max("contact_sheets__confirmations__confirmed_at"))
    return dated.filter(last__date__gte=since).order_by().values("pk")


def _often_unreached() -> QuerySet[UnreachableReport]:
    told = UnreachableReport.objects.filter(settled_at=None).order_by().values("unit", "contact")
    return told.annotate(count=Count("pk")).filter(count__gte=MANY).values("unit")
