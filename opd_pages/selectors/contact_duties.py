"""What a unit's contacts still lack, and whose contacts wait to be confirmed."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings, User

from ..channels import PHONES, Channel
from ..models import Unit
from .contacts import ContactState
from .keepers import kept_units, longest_unconfirmed_first

# What counts, in the order in which it helps a citizen: code → words for who has to add it.
WANTED = {
    "confirmed": _("Kontak dikonfirmasi dan tampil untuk umum"),
    "number": _("Nomor yang dapat dihubungi"),
    "written": _("Surel atau akun untuk menulis"),
    "hours": _("Jam layanan pada satu kontak"),
    "leader": _("Pimpinan, atau keterangan bahwa jabatannya kosong"),
    "address": _("Alamat kantor"),
}
DIALLED = (*PHONES, Channel.SHORT_NUMBER)


@dataclass(frozen=True)
class Completeness:
    """Which of WANTED a unit's contacts have. The same counts at the desk and on the board."""

    has: frozenset[str]

    @property
    def missing(self) -> list[str]:
        return [words for code, words in WANTED.items() if code not in self.has]

    @property
    def share(self) -> int:
        """Whole per cent."""
        return round(100 * len(self.has) / len(WANTED))

    @property
    def is_complete(self) -> bool:
        return len(self.has) == len(WANTED)


def contact_completeness(unit: Unit, state: ContactState) -> Completeness:
    """Of what stands on the contact desk; asks nothing more than `contact_state` did."""
    channels = {contact.channel for contact in state.contacts}
    has = {
        "confirmed": state.is_confirmed,
        "number": bool(channels & set(DIALLED)),
        "written": bool(channels - set(DIALLED) - {Channel.RADIO, Channel.WEBSITE}),
        "hours": any(contact.hours for contact in state.contacts),
        "leader": bool(state.leaders),
        "address": bool(unit.address),
    }
    return Completeness(frozenset(code for code, holds in has.items() if holds))


def contacts_to_confirm(user: User) -> QuerySet[Unit]:
    """The units this person keeps whose contacts were never confirmed or too long ago, the longest first.

    With `confirmed_at`, None where never. 2 queries, one of them at once, and the portal's settings.
    """
    return overdue(kept_units(user))


def overdue(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Those among the units whose contacts count as stale today; with `confirmed_at`."""
    days = PortalSettings.load().confirm_contacts_every_days
    # The last fresh day is that many days after the confirmation's.
    fresh_since = timezone.localdate() - timedelta(days=days)
    fresh = (
        Unit.objects.annotate(last=Max("contact_sheets__confirmations__confirmed_at"))
        .filter(last__date__gte=fresh_since)
        .values("pk")
    )
    return longest_unconfirmed_first(units.exclude(pk__in=fresh))
