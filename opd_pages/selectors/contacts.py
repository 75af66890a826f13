"""What the public sees of a unit's contacts, and what waits to be confirmed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from ..addresses import published_page_address
from ..models import ConfirmedContact, ConfirmedLeader, Contact, ContactSheet, Leader, Level, Unit

# How many mergers an old print is followed through.
MOST_MERGERS = 5


def publishable_contacts(unit: Unit) -> list[Contact]:
    """The unit's contacts that may be shown, in their order: a personal number only while its holder consents."""
    consented = Q(consent__isnull=False, consent__withdrawn_at=None)
    return list(unit.contacts.filter(Q(is_personal=False) | consented))


def content_hash(
    contacts: Iterable[Contact | ConfirmedContact], leaders: Iterable[Leader | ConfirmedLeader]
) -> str:
    """SHA-256, in hexadecimal, of what the public reads of contacts and leaders, in their order."""
    content = {
        "contacts": [[row.channel, row.value, row.label, row.hours] for row in contacts],
        "leaders": [[row.rank, row.office, row.standing, row.name] for row in leaders],
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def public_sheet(unit: Unit) -> ContactSheet | None:
    """The last confirmed sheet with its rows and `confirmed_at`; None before the first confirmation. 3 queries."""
    leaders = ConfirmedLeader.objects.select_related("source__photo")
    sheets = ContactSheet.objects.filter(unit=unit).annotate(confirmed_at=Max("confirmations__confirmed_at"))
    return sheets.prefetch_related("contacts", Prefetch("leaders", leaders)).order_by("-version").first()


def others_with(contact: Contact) -> list[Unit]:
    """Other units that keep or show the same number: a withdrawal takes it down there too. 1 query."""
    keeping = Q(contacts__value=contact.value) | Q(contact_sheets__contacts__value=contact.value)
    units = Unit.objects.filter(keeping).exclude(pk=contact.unit_id).distinct()
    return list(units.select_related("kind", "parent__kind"))


def next_confirmation(sheet: ContactSheet, every_days: int) -> date:
    """The last day on which the sheet counts as fresh. Wants `sheet.confirmed_at`."""
    return timezone.localdate(sheet.confirmed_at) + timedelta(days=every_days)


@dataclass(frozen=True)
class ContactState:
    """A unit's contacts as their keeper sees them; `content_hash` is of what a confirmation would publish."""

    contacts: list[Contact]
    leaders: list[Leader]
    sheet: ContactSheet | None
    content_hash: str

    @property
    def is_confirmed(self) -> bool:
        """Whether the public sees just what stands here."""
        return self.sheet is not None and self.sheet.content_hash == self.content_hash


def contact_state(unit: Unit) -> ContactState:
    """6 queries, whatever the number of contacts."""
    leaders = list(unit.leaders.all())
    return ContactState(
        contacts=list(unit.contacts.select_related("consent")),
        leaders=leaders,
        sheet=public_sheet(unit),
        content_hash=content_hash(publishable_contacts(unit), leaders),
    )


# The addresses of a unit's contacts in each form they are given out in; all take its short code.
CONTACT_ROUTES = ("unit_short", "poster_pdf", "poster_png", "contact_card", "contact_json")


def touched_by_contacts(unit: Unit) -> list[str]:
    """Every public address that shows the unit's contacts or leaders: what a change of them makes stale.

    Old prints of units that were merged into this one show its contacts too. At most 1 query a merger.
    """
    page = published_page_address(unit)
    return [
        *([page] if page else []),
        *(reverse(route, args=[unit.short_code]) for route in CONTACT_ROUTES),
        *(reverse("unit_short", args=[code]) for code in _codes_before(unit)),
        *(["/"] if unit.kind.level == Level.ROOT else []),
    ]


def _codes_before(unit: Unit) -> list[str]:
    """The short codes of units whose work this one does today, through as many mergers as an old print follows."""
    codes, successors = [], [unit.pk]
    for _step in range(MOST_MERGERS):
        rows = list(Unit.objects.filter(successor__in=successors).values_list("pk", "short_code"))
        successors = [pk for pk, code in rows if code not in codes]
        codes += [code for _pk, code in rows if code not in codes]
        if not successors:
            break
    return codes
