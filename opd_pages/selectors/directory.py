"""Cari unit: the list of all offices."""

import re
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, Value, When

from ..models import Level, Unit, UnitKind

PER_PAGE = 30
LONGEST_QUERY = 100  # letters
MOST_WORDS = 6


@dataclass(frozen=True)
class Directory:
    """One page of offices and what they were chosen by; `kind` and `district` are "" for all."""

    query: str
    kind: str
    district: str
    kinds: list[UnitKind]
    districts: list[Unit]
    units: Page


def directory(wanted: dict[str, str]) -> Directory:
    """The current offices for {"q", "jenis", "kecamatan", "halaman"}; what is not understood is not asked. 4 queries."""
    query = readable(wanted.get("q", ""))
    kinds = list(UnitKind.objects.filter(units__in=Unit.objects.current()).distinct())
    districts = list(Unit.objects.current().at(Level.DISTRICT).select_related("kind"))
    kind = next((kind for kind in kinds if kind.code == wanted.get("jenis")), None)
    district = next((unit for unit in districts if unit.short_code == wanted.get("kecamatan")), None)
    units = search_units(query)
    if kind:
        units = units.filter(kind=kind)
    if district:
        units = units.within(district)
    return Directory(
        query=query,
        kind=kind.code if kind else "",
        district=district.short_code if district else "",
        kinds=kinds,
        districts=districts,
        units=Paginator(units, PER_PAGE).get_page(wanted.get("halaman")),
    )


def readable(query: str) -> str:
    """What was typed, without the letters that no database takes, and not longer than anyone types."""
    return "".join(letter for letter in query if letter.isprintable()).strip()[:LONGEST_QUERY]


def search_units(query: str) -> QuerySet[Unit]:
    """Current units that match, the like-named first."""
    units = matching(Unit.objects.current().select_related("kind", "parent__kind", "page"), query)
    named = Case(
        When(name__iexact=query, then=0),
        When(short_code__iexact=query, then=0),
        When(name__istartswith=query, then=1),
        default=Value(2),
    )
    return units.order_by(*([named] if query else []), "kind__order", "name", "parent__name", "pk")


def matching(units: QuerySet[Unit], query: str) -> QuerySet[Unit]:
    """Those in whose name, kind, code, tasks or kecamatan every word of the query stands; all for an empty query."""
    words = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", query)
    if query and not words:
        return units.none()
    for word in words[:MOST_WORDS]:
        units = units.filter(
            Q(name__icontains=word)
            | Q(kind__label__icontains=word)
            | Q(short_code__iexact=word)
            | Q(description__icontains=word)
            | Q(kind__level=Level.VILLAGE, parent__name__icontains=word)
            | Q(kind__level=Level.VILLAGE, parent__kind__label__icontains=word)
        )
    return units
