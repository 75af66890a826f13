"""A unit's confirmed contacts for machines: a card for the phone's address book, and JSON."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.languages import in_indonesian
from home.models import PortalSettings

from ..addresses import short_address, unit_address
from ..channels import Channel
from ..models import ConfirmedLeader, ContactSheet, Unit
from ..posters.wording import long_date
from ..vcards import Card, CardLine
from .contact_rows import contact_row
from .contacts import next_confirmation


def contact_card(unit: Unit, sheet: ContactSheet) -> Card:
    """Wants the sheet of `public_sheet`. The note leads on, since a saved card outlives what stands on it."""
    portal = PortalSettings.load()
    leader = next(iter(sheet.leaders.all()), None)
    day = long_date(timezone.localdate(sheet.confirmed_at))
    return Card(
        name=unit.place_name,
        region=portal.region_name,
        address=unit.address,
        leader="" if leader is None or leader.is_vacant else f"{leader.title}: {leader.name}",
        lines=tuple(
            CardLine(contact.channel, contact.value, _label(contact.channel, contact.label))
            for contact in sheet.contacts.all()
        ),
        note=_("Dikonfirmasi %(day)s. Kontak terbaru: %(address)s")
        % {"day": day, "address": short_address(unit)},
        url=short_address(unit),
        confirmed_at=sheet.confirmed_at.astimezone(UTC),
    )


def _label(channel: str, label: str) -> str:
    kind = str(Channel(channel).label)
    return f"{kind} {label}" if label else kind


@in_indonesian()
def contact_json(unit: Unit, sheet: ContactSheet) -> dict:
    """{"unit", "leaders", "contacts", "version", "confirmed_on", "fresh_until", ...}, the same in every language.

    Wants the sheet of `public_sheet`.
    """
    days = PortalSettings.load().confirm_contacts_every_days
    return {
        "unit": {
            "code": unit.code,
            "short_code": unit.short_code,
            "name": unit.full_name,
            "place_name": unit.place_name,
            "kind": unit.kind.label,
            "parent": unit.parent.short_code if unit.parent else None,
            "address": unit.address,
        },
        "leaders": [_leader(leader) for leader in sheet.leaders.all()],
        "contacts": [
            {
                "channel": contact.channel,
                "label": contact.label,
                "value": contact.value,
                "href": contact_row(contact, unit).href,
                "hours": contact.hours,
            }
            for contact in sheet.contacts.all()
        ],
        "version": sheet.version,
        "confirmed_on": timezone.localdate(sheet.confirmed_at).isoformat(),
        "fresh_until": next_confirmation(sheet, days).isoformat(),
        "page": f"{settings.PUBLIC_URL}{unit_address(unit)}",
        "short_address": short_address(unit),
        "poster_pdf": f"{settings.PUBLIC_URL}{reverse('poster_pdf', args=[unit.short_code])}",
        "poster_png": f"{settings.PUBLIC_URL}{reverse('poster_png', args=[unit.short_code])}",
    }


def _leader(leader: ConfirmedLeader) -> dict:
    return {
        "office": leader.office,
        "standing": leader.standing,
        "name": leader.name,
        "is_vacant": leader.is_vacant,
    }
