"""A unit as search engines read it (schema.org): what its page shows, in their words, and nothing more."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse

from home.languages import in_indonesian

from ..models import Level, Unit
from ..opening_hours import OpeningHours, opening_hours
from .contact_rows import ContactRow

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KINDS = {Level.HOSPITAL: "Hospital", Level.COMPANY: "Organization", Level.PARTNER: "Organization"}
PHONES = ("tel:", "sms:", "https://wa.me/")


@in_indonesian()
def organisation(unit: Unit, rows: Sequence[ContactRow], address: str) -> dict:
    """GovernmentOrganization with its contact points, hours and the unit above. `rows` are those its page shows, `address` that page's.

    Wants the unit's kind and its parent's. Asks nothing; what tells the hours keeps them.
    """
    found = {
        "@type": _type(unit),
        "@id": _id(unit),
        "name": unit.place_name,
        "url": address,
        "description": unit.description,
        "address": _postal(unit),
        "contactPoint": [point for row in rows if (point := _point(row))],
        "sameAs": [row.href for row in rows if _is_account(row)] + [unit.website] * bool(unit.website),
        "openingHoursSpecification": [_hours(each) for tell in opening_hours for each in tell()],
        "parentOrganization": _parent(unit),
    }
    if rows:
        found["image"] = f"{settings.PUBLIC_URL}{reverse('poster_png', args=[unit.short_code])}"
    return {name: value for name, value in found.items() if value}


def _type(unit: Unit) -> str:
    return KINDS.get(unit.kind.level, "GovernmentOrganization")


def _id(unit: Unit) -> str:
    """The short address that survives moves and new names."""
    return f"{settings.PUBLIC_URL}{reverse('unit_short', args=[unit.short_code])}"


def _parent(unit: Unit) -> dict | None:
    above = unit.parent
    return above and {"@type": _type(above), "@id": _id(above), "name": above.full_name}


def _postal(unit: Unit) -> dict | None:
    if not unit.address:
        return None
    return {"@type": "PostalAddress", "streetAddress": unit.address, "addressCountry": "ID"}


def _point(row: ContactRow) -> dict | None:
    said = {"@type": "ContactPoint", "contactType": row.label, "availableLanguage": settings.LANGUAGE_CODE}
    if row.href.startswith(PHONES):
        return said | {"telephone": _telephone(row.href)}
    if row.href.startswith("mailto:"):
        return said | {"email": row.href.removeprefix("mailto:")}
    return None


def _telephone(href: str) -> str:
    if href.startswith("https://wa.me/"):
        return "+" + href.removeprefix("https://wa.me/").partition("?")[0]
    return href.partition(":")[2]


def _is_account(row: ContactRow) -> bool:
    return row.href.startswith(("https://", "http://")) and not row.href.startswith(PHONES)


def _hours(each: OpeningHours) -> dict:
    return dict(_hours_of(each))


def _hours_of(each: OpeningHours) -> Iterator[tuple[str, str]]:
    yield "@type", "OpeningHoursSpecification"
    yield "dayOfWeek", WEEKDAYS[each.weekday]
    yield "opens", f"{each.opens:%H:%M}"
    yield "closes", f"{each.closes:%H:%M}"
    if each.valid_from and each.valid_until:
        yield "validFrom", each.valid_from.isoformat()
        yield "validThrough", each.valid_until.isoformat()
