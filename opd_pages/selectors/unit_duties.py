"""How far units have come with what they owe: as it stands at the desk, for one unit or for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.html import strip_tags

from ..completeness import OF_UNIT, Completeness
from ..models import Contact, ContactSheet, Leader, Pledge, ServicePage, Unit, UnitPage
from .contact_duties import contact_completeness, to_confirm
from .contacts import ContactState, content_hash

# Of a page's text so much is read: only whether there is a word.
ANY_WORD = 400


@dataclass(frozen=True)
class UnitDuty:
    """`confirmed_on` is None before the first confirmation; `waits` tells that somebody should look at the contacts."""

    unit: Unit
    completeness: Completeness
    page_id: int | None
    # Where the page and those below it stand in the tree; "" where there is none yet.
    place: str
    confirmed_on: date | None
    confirm_before: date | None
    has_changes: bool
    waits: bool

    @property
    def is_overdue(self) -> bool:
        return self.confirm_before is not None and self.confirm_before < timezone.localdate()

    @property
    def rank(self) -> tuple:
        """The furthest behind first."""
        return self.completeness.share, not self.waits, self.confirmed_on or date.min, self.unit.place_name


def unit_duties(units: Iterable[Unit], every_days: int) -> list[UnitDuty]:
    """In the order of the units, which hold kind and parent: 7 queries, however many there are."""
    units = list(units)
    keys = [unit.pk for unit in units]
    contacts = _by_unit(Contact.objects.filter(unit__in=keys).select_related("consent"))
    leaders = _by_unit(Leader.objects.filter(unit__in=keys))
    sheets = {sheet.unit_id: sheet for sheet in _last_sheets(keys)}
    pages = {page.unit: page for page in _pages(keys)}
    serving = _places_with_a_service(page.path for page in pages.values())
    pledged = set(Pledge.objects.filter(unit__in=keys, ended_at=None).values_list("unit", flat=True))
    waiting = set(
        to_confirm(Unit.objects.filter(pk__in=keys), every_days).order_by().values_list("pk", flat=True)
    )
    duties = []
    for unit in units:
        page, sheet = pages.get(unit.pk), sheets.get(unit.pk)
        shown = [each for each in contacts[unit.pk] if not each.is_personal or each.has_consent]
        state = ContactState(
            contacts=contacts[unit.pk],
            leaders=leaders[unit.pk],
            sheet=sheet,
            content_hash=content_hash(shown, leaders[unit.pk]),
        )
        has = contact_completeness(unit, state).has | _of_page(page, leaders[unit.pk])
        has |= {"service"} if page and page.path in serving else set()
        has |= {"pledge"} if unit.pk in pledged else set()
        confirmed_on = timezone.localdate(sheet.confirmed_at) if sheet and sheet.confirmed_at else None
        duties.append(
            UnitDuty(
                unit=unit,
                completeness=Completeness(frozenset(has), OF_UNIT),
                page_id=page.pk if page else None,
                place=page.path if page else "",
                confirmed_on=confirmed_on,
                confirm_before=confirmed_on + timedelta(days=every_days) if confirmed_on else None,
                has_changes=sheet is not None and not state.is_confirmed,
                waits=unit.pk in waiting,
            )
        )
    return duties


def _by_unit(rows: QuerySet) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(row)
    return found


def _last_sheets(units: list[int]) -> QuerySet[ContactSheet]:
    newer = ContactSheet.objects.filter(unit=OuterRef("unit")).order_by("-version")
    sheets = ContactSheet.objects.filter(unit__in=units, pk=Subquery(newer.values("pk")[:1]))
    return sheets.annotate(confirmed_at=Max("confirmations__confirmed_at"))


def _pages(units: list[int]) -> QuerySet:
    """Rows with `pk`, `unit`, `path`, `introduction` and how the text `begins`: five hundred pages would take long to make."""
    pages = UnitPage.objects.filter(unit__in=units).annotate(begins=Substr("body", 1, ANY_WORD))
    return pages.values_list("pk", "unit", "path", "introduction", "begins", named=True)


def _places_with_a_service(paths: Iterable[str]) -> set[str]:
    """Those of the pages right below which a service is published."""
    paths = set(paths)
    steplen = ServicePage.steplen
    if len(paths) == 1:
        services = ServicePage.objects.live().filter(path__startswith=next(iter(paths)))
    else:
        services = ServicePage.objects.live()
    return {path[:-steplen] for path in services.values_list("path", flat=True)} & paths


def _of_page(page: Any, leaders: list[Leader]) -> set[str]:
    has = set()
    if page and page.introduction.strip():
        has.add("introduction")
    if page and strip_tags(page.begins).strip():
        has.add("body")
    # Of a vacant post there is no photo to add.
    if leaders and all(leader.photo_id or leader.is_vacant for leader in leaders):
        has.add("portrait")
    return has
