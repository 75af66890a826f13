"""What a unit's page shows."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.discovery import canonical
from home.models import PortalSettings

from ..addresses import page_address
from ..models import ContactSheet, Unit, UnitPage
from ..registry import unit_panels
from .contact_rows import ContactRow, contact_row
from .contacts import next_confirmation, public_sheet
from .linked_data import organisation
from .people import Person, person


@dataclass(frozen=True)
class PublishedContacts:
    """The last confirmed contacts of a unit. `version` is 0 before the first confirmation."""

    rows: list[ContactRow]
    leaders: list[Person]
    confirmed_on: date | None
    is_overdue: bool
    version: int

    @property
    def has_poster(self) -> bool:
        return bool(self.rows)


def published_contacts(unit: Unit, sheet: ContactSheet | None, every_days: int) -> PublishedContacts:
    """Wants the sheet of `public_sheet`; asks nothing more but each leader's photo, once per process."""
    if sheet is None:
        return PublishedContacts([], [], None, False, 0)
    return PublishedContacts(
        rows=[contact_row(contact, unit) for contact in sheet.contacts.all()],
        leaders=[person(leader) for leader in sheet.leaders.all()],
        confirmed_on=timezone.localdate(sheet.confirmed_at),
        is_overdue=timezone.localdate() > next_confirmation(sheet, every_days),
        version=sheet.version,
    )


def unit_page_context(page: UnitPage, request: HttpRequest) -> dict:
    """{"unit", "contacts", "organisation", "crumbs", "below", "panels"}: 4 queries and what the panels ask, however many contacts.

    `crumbs` lead down to the page, `below` to the units below it; each is {"title", "url"}.
    """
    around = _pages_around(page)
    unit = next(found.unit for found in around if found.pk == page.pk)
    above = [found for found in around if found.live and found.depth < page.depth]
    below = [found for found in around if found.depth > page.depth and found.unit.is_current]
    days = PortalSettings.load(request).confirm_contacts_every_days
    contacts = published_contacts(unit, public_sheet(unit), days)
    return {
        "unit": unit,
        "contacts": contacts,
        "organisation": organisation(unit, contacts.rows, canonical(request)) if unit.is_current else None,
        "crumbs": [{"title": _("Beranda"), "url": reverse("wagtail_serve", args=[""])}, *map(_link, above)],
        "below": list(map(_link, below)),
        "panels": [panel for make in unit_panels if (panel := make(unit))],
    }


def _link(page: UnitPage) -> dict[str, str]:
    return {"title": page.unit.full_name, "url": page_address(page)}


def _pages_around(page: UnitPage) -> list[UnitPage]:
    """The page itself, those above it from the top, and those right below it by name: one query."""
    above = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    lineage = UnitPage.objects.filter(path__in=above)
    below = UnitPage.objects.live().filter(path__startswith=page.path, depth=page.depth + 1)
    found = (lineage | below).select_related("unit__kind", "unit__parent__kind", "unit__successor__kind")
    return sorted(found, key=lambda each: (each.depth, each.unit.name))
