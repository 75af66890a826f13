"""What a unit's page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from home.crumbs import crumb, paths_above
from home.discovery import canonical
from home.models import PortalSettings

from ..addresses import page_address
from ..models import ContactSheet, ServicePage, Unit, UnitPage
from ..registry import unit_panels
from .contact_rows import ContactRow, contact_row
from .contacts import next_confirmation, public_sheet
from .linked_data import organisation
from .people import Person, person
from .pledges import pledge_told, shown_pledge


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
    """{"unit", "contacts", "pledge", "organisation", "crumbs", "below", "services", "more", "feed", "panels"}: 4 queries
    and what the panels ask, however many contacts.

    `crumbs` lead down to the page, `below` to the units below it, `services` and `more` to its other pages; each is
    {"title", "url"}.
    """
    around = _pages_around(page)
    own = next(found for found in around if found.pk == page.pk)
    unit = own.unitpage.unit
    above = [found for found in around if found.live and found.depth < page.depth]
    below = [found for found in around if found.depth > page.depth]
    units = [found for found in below if hasattr(found, "unitpage") and found.unitpage.unit.is_current]
    others = sorted((found for found in below if not hasattr(found, "unitpage")), key=lambda each: each.path)
    days = PortalSettings.load(request).confirm_contacts_every_days
    contacts = published_contacts(unit, public_sheet(unit), days)
    return {
        "unit": unit,
        "contacts": contacts,
        "pledge": shown_pledge(own.pledge),
        "organisation": organisation(unit, contacts.rows, canonical(request)) if unit.is_current else None,
        "crumbs": list(map(crumb, above)),
        "below": list(map(crumb, units)),
        "services": [crumb(each) for each in others if each.specific_class is ServicePage],
        "more": [crumb(each) for each in others if each.specific_class is not ServicePage],
        "feed": f"{page_address(page)}berita.xml",
        "panels": [panel for make in unit_panels if (panel := make(unit))],
    }


def _pages_around(page: UnitPage) -> list[Page]:
    """The page itself, those above it from the top, and those right below it by name: one query.

    Each page of a unit holds it as `unitpage.unit`.
    """
    above = Q(path__in=[*paths_above(page), page.path])
    below = Q(live=True, path__startswith=page.path, depth=page.depth + 1)
    found = Page.objects.filter(above | below).select_related(
        "unitpage__unit__kind", "unitpage__unit__parent__kind", "unitpage__unit__successor__kind"
    )
    found = found.annotate(pledge=pledge_told("unitpage__unit"))
    return sorted(found, key=lambda each: (each.depth, each.title))
