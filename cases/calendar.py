"""Legal time: working days, calendar days and clock hours, and the date a term ends with its explanation.

Pure: no database, no clock, no settings. The calendar is handed in. Explanations are Indonesian whatever the
interface's language: they are kept in a case's history and printed in letters.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
MONTHS += ("Juli", "Agustus", "September", "Oktober", "November", "Desember")
ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
SATURDAY = 5
END_OF_DAY = time(23, 59, 59)
LONGEST_TERM = 3_650  # a mistyped amount is refused rather than counted day by day for minutes
LONGEST_BREAK = 366  # days in a row without a working day: the table of days off is wrong


class NoWorkingDay(ValueError):
    """The calendar has no working day within a year of the day asked for."""


class TermUnit(StrEnum):
    WORKING_DAYS = "hk"
    DAYS = "hari"
    HOURS = "jam"


@dataclass(frozen=True)
class Term:
    """A length of legal time, such as 10 working days. Raises ValueError below 0 or above LONGEST_TERM."""

    amount: int
    unit: TermUnit

    def __post_init__(self):
        if not 0 <= self.amount <= LONGEST_TERM:
            raise ValueError(f"Jangka waktu harus antara 0 dan {LONGEST_TERM}.")

    def __str__(self):
        return f"{self.amount} {'hari kerja' if self.unit == TermUnit.WORKING_DAYS else self.unit}"


class DayOffKind(StrEnum):
    """In order of precedence where two share a date."""

    NATIONAL = "nasional"
    JOINT_LEAVE = "cuti_bersama"
    LOCAL = "daerah"


@dataclass(frozen=True)
class DayOff:
    date: date
    name: str
    kind: DayOffKind

    def __str__(self):
        if self.kind != DayOffKind.JOINT_LEAVE:
            return self.name
        occasion = re.sub(r"^cuti bersama\s*", "", self.name, flags=re.IGNORECASE)
        return f"cuti bersama {occasion}".rstrip()


class FirstDay(StrEnum):
    """Day 1 of a term: the counted day after receipt, or the day of receipt where that is a counted one."""

    NEXT = "berikutnya"
    SAME = "hari_itu"


@dataclass(frozen=True)
class Calendar:
    """The office's days off, in order of date, and its way of counting. Built by Calendar.of()."""

    days_off: Mapping[date, DayOff]
    timezone: ZoneInfo
    confirmed_years: frozenset[int]
    first_day: FirstDay
    joint_leave_is_off: bool

    @classmethod
    def of(
        cls,
        days_off: Iterable[DayOff],
        timezone: ZoneInfo,
        joint_leave_is_off: bool = True,
        confirmed_years: frozenset[int] = frozenset(),
        first_day: FirstDay = FirstDay.NEXT,
    ) -> "Calendar":
        """Joint leave that is worked is left out; confirmed_years have their joint decree (SKB)."""
        observed = [off for off in days_off if joint_leave_is_off or off.kind != DayOffKind.JOINT_LEAVE]
        weakest_first = list(reversed(DayOffKind))
        observed.sort(key=lambda off: (off.date, weakest_first.index(off.kind)))
        return cls(
            {off.date: off for off in observed}, timezone, confirmed_years, first_day, joint_leave_is_off
        )

    def day_off(self, day: date) -> DayOff | None:
        """The holiday on this day; an ordinary weekend is none."""
        return self.days_off.get(day)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """The first working day after this one. Raises NoWorkingDay."""
        return self._nearest_working_day(day, ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before this one. Raises NoWorkingDay."""
        return self._nearest_working_day(day, -ONE_DAY)

    def _nearest_working_day(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_BREAK):
            day += step
            if self.is_working_day(day):
                return day
        raise NoWorkingDay(
            f"Tidak ada hari kerja dalam setahun sampai {date_words(day)}. Periksa daftar hari libur."
        )

    def working_days(self, after: date, until: date) -> int:
        """Working days after the first date, up to and with the second; 0 where that is earlier."""
        return sum(self.is_working_day(after + n * ONE_DAY) for n in range(1, (until - after).days + 1))

    def weekday_holidays(self, after: date, until: date) -> tuple[DayOff, ...]:
        """The holidays that take a Monday to Friday, after the first date, up to and with the second."""
        off_days = self.days_off.values()
        return tuple(off for off in off_days if after < off.date <= until and off.date.weekday() < SATURDAY)

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's clock. Raises ValueError for a naive one."""
        if moment.utcoffset() is None:
            raise ValueError("Waktu harus menyebut zona waktunya.")
        return moment.astimezone(self.timezone)

    def local_date(self, moment: datetime) -> date:
        """The office's day: at 00.00-06.59 WIB it is already today, while UTC still says yesterday."""
        return self.local(moment).date()

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, END_OF_DAY, self.timezone)


@dataclass(frozen=True)
class Due:
    """When a term ends, and why then.

    at: aware, in the calendar's zone; 23.59.59 of the last day, or the minute for hours.
    because: Indonesian, without a closing full stop, so that a page can set it in a sentence.
    skipped: the holidays on Monday to Friday that the count passed over.
    unconfirmed_years: years the count ran into before their joint decree.
    clipped: cut short by an outer limit.
    """

    at: datetime
    because: str
    skipped: tuple[DayOff, ...] = ()
    unconfirmed_years: tuple[int, ...] = ()
    clipped: bool = False

    @property
    def counting(self) -> str:
        """The explanation without its doubt, also of a due date read back as no more than date and words."""
        return self.because.partition(UNDECIDED)[0]


def deadline(
    start: datetime, term: Term, calendar: Calendar, *, outer: Due | None = None, basis: str = ""
) -> Due:
    """The end of a term that begins with a receipt, never later than its outer limit.

    A term of 0 days ends with the day of receipt, of 0 working days with that day or the next working one.
    Raises ValueError for a naive start, NoWorkingDay, and OverflowError beyond the year 9999.
    """
    start = calendar.local(start)
    words = f"{term} sejak {_start_words(start, term.unit)}"
    return _due(words, _count(start, term, calendar, calendar.first_day), calendar, outer, basis)


def remaining(due: Due, paused_at: datetime, unit: TermUnit, calendar: Calendar) -> Term:
    """What is left at a pause: counted days after the day of the pause, or begun hours; 0 once overdue."""
    paused, until = calendar.local(paused_at), calendar.local(due.at)
    if unit == TermUnit.HOURS:
        left = math.ceil((until - paused) / ONE_HOUR)
    elif unit == TermUnit.WORKING_DAYS:
        left = calendar.working_days(paused.date(), until.date())
    else:
        left = (until.date() - paused.date()).days
    return Term(max(left, 0), unit)


def resume(left: Term, resumed_at: datetime, calendar: Calendar, *, outer: Due | None = None) -> Due:
    """The new end of a paused clock. Day 1 is always the day after: the day of the pause was used up."""
    resumed = calendar.local(resumed_at)
    words = f"sisa {left} sejak dilanjutkan {_start_words(resumed, left.unit)}"
    return _due(words, _count(resumed, left, calendar, FirstDay.NEXT), calendar, outer)


def extend(due: Due, term: Term, calendar: Calendar, *, basis: str = "") -> Due:
    """Prolong by a term counted from the due date, not from today (UU 14/2008 Ps 22(8))."""
    until = calendar.local(due.at)
    words = f"{due.counting}; diperpanjang {term} sejak {_start_words(until, term.unit)}"
    count = _count(until, term, calendar, FirstDay.NEXT)
    years = tuple(sorted({*due.unconfirmed_years, *count.unconfirmed_years}))
    extension = _due(words, count._replace(unconfirmed_years=years), calendar, basis=basis)
    return replace(extension, skipped=due.skipped + extension.skipped)


def joint(a: Due, b: Due) -> Due:
    """The stricter of two limits where sources contradict, naming both (60 working days against 60 days)."""
    strict, lax = (a, b) if a.at <= b.at else (b, a)
    relation = "sama dengan" if a.at == b.at else f"lebih awal daripada {_end_words(lax.at)}, yaitu"
    because = f"{strict.counting}; {relation} {lax.counting}{_undecided(strict.unconfirmed_years)}"
    return replace(strict, because=because)


class _Count(NamedTuple):
    at: datetime
    skipped: tuple[DayOff, ...] = ()
    unconfirmed_years: tuple[int, ...] = ()


def _count(start: datetime, term: Term, calendar: Calendar, first_day: FirstDay) -> _Count:
    if term.unit == TermUnit.HOURS:
        until = start + term.amount * ONE_HOUR
        return _Count(until.replace(second=0, microsecond=0))
    day_0, days = start.date(), term.amount
    if first_day == FirstDay.SAME or days == 0:
        day_0, days = day_0 - ONE_DAY, max(days, 1)
    if term.unit == TermUnit.DAYS:
        return _Count(calendar.end_of(day_0 + days * ONE_DAY))
    last = day_0
    for _ in range(days):
        last = calendar.next_working_day(last)
    years = range((day_0 + ONE_DAY).year, last.year + 1)
    unconfirmed = tuple(year for year in years if year not in calendar.confirmed_years)
    return _Count(calendar.end_of(last), calendar.weekday_holidays(day_0, last), unconfirmed)


def _due(words: str, count: _Count, calendar: Calendar, outer: Due | None = None, basis: str = "") -> Due:
    at, skipped, unconfirmed_years = count
    cut = ""
    if clipped := outer is not None and outer.at < at:
        at, unconfirmed_years = calendar.local(outer.at), outer.unconfirmed_years
        skipped = tuple(off for off in skipped if off.date <= at.date())
        cut = f"dipotong sampai batas jawaban {_end_words(at)}"
    holidays = ", ".join(f"{short_day_words(off.date)} ({off})" for off in skipped)
    clauses = (words, holidays and f"tidak dihitung: {holidays}", cut, basis)
    because = "; ".join(clause for clause in clauses if clause) + _undecided(unconfirmed_years)
    return Due(at, because, skipped, unconfirmed_years, clipped)


def within(outer: Due, at: datetime, words: str, calendar: Calendar) -> Due:
    """A moment that follows from no term, such as an opening hour; no later than the outer limit, and said so."""
    return _due(words, _Count(at), calendar, outer)


UNDECIDED = ". Hari libur tahun "


def _undecided(years: tuple[int, ...]) -> str:
    if not years:
        return ""
    return f"{UNDECIDED}{' dan '.join(map(str, years))} belum ditetapkan, jadi tanggal ini dapat bergeser"


def _start_words(moment: datetime, unit: TermUnit) -> str:
    return moment_words(moment) if unit == TermUnit.HOURS else date_words(moment)


def _end_words(moment: datetime) -> str:
    return date_words(moment) if moment.time() == END_OF_DAY else moment_words(moment)


def short_day_words(day: date) -> str:
    """24 Nov"""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def date_words(day: date) -> str:
    """24 November 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """Selasa, 24 November 2026"""
    return f"{WEEKDAYS[day.weekday()]}, {date_words(day)}"


def moment_words(moment: datetime) -> str:
    """Selasa, 24 November 2026 pukul 15.30 WIB, in the moment's own zone"""
    return f"{day_words(moment)} pukul {moment:%H.%M} {moment.tzname()}"
