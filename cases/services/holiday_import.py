"""A year's national holidays and joint leave, from the `holidays` package into the office's own table.

What the office has changed, added or taken out stands; the import only says where it found something else.
"""

from dataclasses import dataclass, field
from datetime import date

import holidays

from ..calendar import DayOff, DayOffKind
from ..models import Holiday, HolidayDecree, HolidayImport
from .clockwork import reference_changed

# How the package marks days that follow the moon.
ESTIMATED = " (perkiraan)"
FIRST_YEAR, LAST_YEAR = 2000, 2100


class NoSuchYear(ValueError):
    """The package has no holidays of this year."""


@dataclass
class YearImport:
    """What an import adds to a year's table, and where it leaves the office's word as it is.

    changed: the office's row and what the package says. removed: days that an earlier import brought and the office
    took out. own: national days and joint leave that the package does not name. estimated: days of the package that
    follow the moon and no decree has settled.
    """

    year: int
    added: list[DayOff] = field(default_factory=list)
    changed: list[tuple[Holiday, DayOff]] = field(default_factory=list)
    removed: list[DayOff] = field(default_factory=list)
    own: list[Holiday] = field(default_factory=list)
    unchanged: list[DayOff] = field(default_factory=list)
    estimated: list[DayOff] = field(default_factory=list)
    has_joint_leave: bool = False

    def write(self) -> None:
        """Add the days and remember all that the package named. The caller holds the transaction."""
        rows = (Holiday(date=off.date, name=off.name, kind=off.kind.value) for off in self.added)
        Holiday.objects.bulk_create(rows)
        named = [*self.added, *self.unchanged, *self.removed, *(off for _row, off in self.changed)]
        days = sorted({off.date.isoformat() for off in named})
        HolidayImport.objects.update_or_create(year=self.year, defaults={"days": days})
        reference_changed()


def published_days(year: int) -> tuple[list[DayOff], list[DayOff]]:
    """The package's days off of a year in order, and which of them it calls an estimate. Raises NoSuchYear."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchYear(f"Tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}.")
    days, estimated = [], []
    national = holidays.ID(categories=("public",), years=year, language="id")
    joint_leave = holidays.ID(categories=("government",), years=year, language="id")
    for source, kind in ((national, DayOffKind.NATIONAL), (joint_leave, DayOffKind.JOINT_LEAVE)):
        for day, name in source.items():
            if kind == DayOffKind.JOINT_LEAVE and day in national:
                continue
            off = DayOff(day, name.replace(ESTIMATED, "")[:120], kind)
            days.append(off)
            if ESTIMATED in name:
                estimated.append(off)
    return sorted(days, key=lambda off: off.date), estimated


def plan_import(year: int) -> YearImport:
    """Compare the package with the table. Writes nothing. Raises NoSuchYear."""
    days, estimated = published_days(year)
    office: dict[date, list[Holiday]] = {}
    for row in Holiday.objects.filter(date__year=year).order_by("date", "pk"):
        office.setdefault(row.date, []).append(row)
    known = HolidayImport.objects.filter(year=year).values_list("days", flat=True).first() or []
    brought = {date.fromisoformat(day) for day in known}
    plan = YearImport(
        year,
        estimated=estimated,
        has_joint_leave=any(off.kind == DayOffKind.JOINT_LEAVE for off in days),
    )
    for off in days:
        rows = office.get(off.date, [])
        if any((row.name, row.kind) == (off.name, off.kind) for row in rows):
            plan.unchanged.append(off)
        elif mine := next((row for row in rows if row.kind != DayOffKind.LOCAL or off.date in brought), None):
            plan.changed.append((mine, off))
        elif off.date in brought:
            plan.removed.append(off)
        else:
            plan.added.append(off)
    named = {off.date for off in days}
    plan.own.extend(
        row
        for day, rows in office.items()
        if day not in named
        for row in rows
        if row.kind != DayOffKind.LOCAL
    )
    return plan


def decree_of(year: int) -> HolidayDecree | None:
    return HolidayDecree.objects.filter(year=year).first()
