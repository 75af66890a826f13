"""Cari unit: the list of all offices."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, Value, When
from wagtail.models import Page as WagtailPage

from home.search import ask

from ..models import Level, SearchWord, ServicePage, Unit, UnitKind
from .belonging import units_of

PER_PAGE = 30
LONGEST_QUERY = 100  # letters
MOST_WORDS = 6
LONGEST_PHRASE = 3  # words
MOST_SERVICES = 6


@dataclass(frozen=True)
class Service:
    """A page about a need, and whose it is; None above all units."""

    page: WagtailPage
    unit: Unit | None


@dataclass(frozen=True)
class Directory:
    """One page of offices and what they were chosen by; `kind` and `district` are "" for all."""

    query: str
    kind: str
    district: str
    kinds: list[UnitKind]
    districts: list[Unit]
    units: Page
    services: list[Service]


def directory(wanted: dict[str, str]) -> Directory:
    """The current offices for {"q", "jenis", "kecamatan", "halaman"}; what is not understood is not asked. At most 7 queries."""
    query = readable(wanted.get("q", ""))
    kinds = list(UnitKind.objects.filter(units__in=Unit.objects.current()).distinct())
    districts = list(Unit.objects.current().at(Level.DISTRICT).select_related("kind"))
    kind = next((kind for kind in kinds if kind.code == wanted.get("jenis")), None)
    district = next((unit for unit in districts if unit.short_code == wanted.get("kecamatan")), None)
    meant = meanings(query)
    units = search_units(query, meant)
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
        services=services(query, meant),
        units=Paginator(units, PER_PAGE).get_page(wanted.get("halaman")),
    )


def services(query: str, meant: Iterable[SearchWord]) -> list[Service]:
    """The pages that `meanings` named, then the services in whose title, purpose or product every word stands.

    At most 2 queries.
    """
    pages = {word.page.pk: word.page for word in meant if word.page}
    if terms := ask(query).terms[:MOST_WORDS]:
        found = ServicePage.objects.live()
        for term in terms:
            found = found.filter(
                Q(title__icontains=term) | Q(summary__icontains=term) | Q(product__icontains=term)
            )
        pages |= {page.pk: page for page in found.order_by("title", "path")[:MOST_SERVICES]}
    whose = units_of(pages.values()) if pages else {}
    return [Service(page, whose.get(key)) for key, page in pages.items()][:MOST_SERVICES]


def readable(query: str) -> str:
    """What was typed, without the letters that no database takes, and not longer than anyone types."""
    return "".join(letter for letter in query if letter.isprintable()).strip()[:LONGEST_QUERY]


def search_units(query: str, meant: Iterable[SearchWord] = ()) -> QuerySet[Unit]:
    """Current units that match, first those that `meanings` named and the like-named."""
    units = Unit.objects.current().select_related("kind", "parent__kind", "page")
    named = {word.unit_id for word in meant if word.unit_id}
    ranks = [When(pk__in=named, then=0)] if named else []
    if query:
        ranks += [
            When(name__iexact=query, then=0),
            When(short_code__iexact=query, then=0),
            When(name__istartswith=query, then=1),
        ]
    order = [Case(*ranks, default=Value(2))] if ranks else []
    return matching(units, query, meant).order_by(*order, "kind__order", "name", "parent__name", "pk")


def meanings(query: str) -> list[SearchWord]:
    """The rows of the register for the words of a query, alone and side by side ("kartu keluarga"): at most 1 query."""
    terms = ask(query).terms[:MOST_WORDS]
    spoken = {
        " ".join(terms[start:end])
        for start in range(len(terms))
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(terms)) + 1)
    }
    if not spoken:
        return []
    words = SearchWord.objects.filter(word__in=spoken).filter(Q(page=None) | Q(page__live=True))
    return list(words.select_related("page"))


def matching(units: QuerySet[Unit], query: str, meant: Iterable[SearchWord] = ()) -> QuerySet[Unit]:
    """Those in whose name, kind, code, tasks or kecamatan every word of the query stands, or that are meant by it.

    All for an empty query.
    """
    terms = ask(query).terms[:MOST_WORDS]
    if query and not terms:
        return units.none()
    for term in terms:
        named = (
            Q(name__icontains=term)
            | Q(kind__label__icontains=term)
            | Q(short_code__iexact=term)
            | Q(description__icontains=term)
            | Q(kind__level=Level.VILLAGE, parent__name__icontains=term)
            | Q(kind__level=Level.VILLAGE, parent__kind__label__icontains=term)
        )
        units = units.filter(
            named | Q(pk__in=[word.unit_id for word in meant if word.unit_id and term in word.word.split()])
        )
    return units


def about(unit: Unit) -> str:
    """The line below a unit's name: its kind where the name does not say it, and its address."""
    kind = "" if unit.kind.prefixes_name else unit.kind.label
    return " · ".join(part for part in (kind, unit.address) if part)
