"""The dates of one clock from its start on: what each pause and the extension made of them.

Pure, as cases.calendar. Nothing of it is kept but when a clock stood still and by what it was prolonged: each date is
counted anew from the start, so that a day off entered late, or a corrected rule, reaches behind a pause too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from .calendar import Calendar, Due, Term, TermUnit, extend, remaining, resume


@dataclass(frozen=True)
class Pause:
    """A clock was told to stand still; until None: it still is."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Extension:
    """Prolonged at a moment by a term, on a legal basis."""

    at: datetime
    term: Term
    basis: str = ""


class Course(NamedTuple):
    """The date that a clock had since each of these moments, in their order; at least one."""

    dates: tuple[tuple[datetime, Due], ...]

    @property
    def due(self) -> Due:
        """The date it has."""
        return self.dates[-1][1]

    def at(self, moment: datetime) -> Due:
        """The date it had; before its start that of its start."""
        if len(self.dates) == 1:
            return self.dates[0][1]
        return next((due for since, due in reversed(self.dates) if since <= moment), self.dates[0][1])


def course(
    start: datetime,
    first: Due,
    unit: TermUnit,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
    outer: Course | None = None,
) -> Course:
    """From the date a clock had at its start, through its pauses and its extension in the order of time.

    A pause keeps what is left and counts it from its end, never past what the outer clock's date was then. It does nothing
    to a clock that was late already, nor where it ends as it begins; one that has not ended has moved nothing yet.
    """
    dates = [(start, first)]
    turns = [(pause.until, pause) for pause in pauses if pause.until and pause.until > pause.since]
    if extension:
        turns.append((extension.at, extension))
    for moment, turn in sorted(turns, key=lambda turn: turn[0]):
        due = dates[-1][1]
        if isinstance(turn, Extension):
            due = extend(due, turn.term, calendar, basis=turn.basis)
        elif due.at < turn.since:
            continue
        else:
            left = remaining(due, turn.since, unit, calendar)
            due = resume(left, moment, calendar, outer=outer and outer.at(moment))
        dates.append((moment, due))
    return Course(tuple(dates))
