"""The cases that a change of holidays, rules or hours moves, for whoever makes it: numbers, units and dates, no words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Unit

from ..calendar import END_OF_DAY, short_day_words
from ..kinds import kind_of
from ..models.clock import UNITS
from ..services.forecasting import Shift


@dataclass(frozen=True)
class MovedClock:
    """`left` is what a clock that stands still has left: its dates are those if it were set going today."""

    title: str
    old: str
    new: str
    left: str

    @property
    def note(self) -> str:
        if not self.left:
            return ""
        return _("dijeda, sisa %(left)s; bila dilanjutkan hari ini") % {"left": self.left}


@dataclass(frozen=True)
class MovedCase:
    """What an administrator may know of a case."""

    number: str
    unit: Unit
    clocks: list[MovedClock]


def moved_cases(found: Iterable[list[Shift]]) -> Iterator[MovedCase]:
    """Each with its clocks, what is promised first. 1 query, for the units."""
    units = Unit.objects.select_related("kind", "parent__kind").in_bulk()
    for shifts in found:
        case = shifts[0].clock.case
        kind = kind_of(case)
        shifts = sorted(
            shifts, key=lambda shift: (shift.clock.step not in kind.promised_steps, shift.old, shift.clock.id)
        )
        clocks = [
            MovedClock(
                str(kind.step_titles.get(shift.clock.step, shift.clock.step)),
                short_moment(shift.old),
                short_moment(shift.new),
                _left(shift),
            )
            for shift in shifts
        ]
        yield MovedCase(case.number, units[case.responsible_unit_id], clocks)


def _left(shift: Shift) -> str:
    return f"{shift.left.amount} {dict(UNITS)[shift.left.unit.value]}" if shift.left else ""


def short_moment(moment: datetime) -> str:
    """24 Nov 2026, and the time of day where the term does not end with the day."""
    local = timezone.localtime(moment)
    hour = "" if local.time().replace(microsecond=0) == END_OF_DAY else f", {local:%H.%M}"
    return f"{short_day_words(local.date())} {local.year}{hour}"


def header() -> list[str]:
    return [_("Perkara"), _("Unit"), _("Batas waktu"), _("Semula"), _("Menjadi"), _("Keterangan")]


def file_rows(cases: Iterable[MovedCase]) -> Iterator[list[str]]:
    """A line for each clock, under `header`."""
    for case in cases:
        for clock in case.clocks:
            yield [case.number, case.unit.place_name, clock.title, clock.old, clock.new, clock.note]
