"""Which clocks a change of holidays, rules or hours would move, and where to, before anything is saved."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..calendar import ONE_DAY, Term
from ..models import Case, Deadline
from .clock_rows import ClockRow, clocks_of
from .clockwork import Clockwork, load
from .counting_again import left_of, recounted

PAGE = 500
# Cases that are looked at while somebody waits for a page.
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Shift:
    """A clock that another counting moves to another moment.

    One that stands still keeps its date and what is `left`; old and new are its dates if it were set going now.
    """

    clock: ClockRow
    old: datetime
    new: datetime
    left: Term | None = None


@dataclass(frozen=True)
class Forecast:
    """What a change moves, case by case. Not whole where it concerns more cases than can be looked at now."""

    cases: tuple[list[Shift], ...]
    is_whole: bool


def rehearse(write: Callable[[], object]) -> Clockwork:
    """Calendar and rules as they would be after a change, which is undone. Raises what the change raises."""
    with transaction.atomic():
        write()
        after = load()
        transaction.set_rollback(True)
    return after


def forecast(before: Clockwork, after: Clockwork) -> Forecast:
    """What the difference between the two moves, among the first cases that it may concern."""
    keys, is_whole = _first_of(_touched(before, after).union(_touched_standing(before, after)))
    return Forecast(tuple(_shifts_of(keys, before, after)), is_whole)


def whole_forecast(before: Clockwork, after: Clockwork) -> Iterator[list[Shift]]:
    """What the difference moves in every case, as it is found."""
    touched = _touched(before, after).union(_touched_standing(before, after))
    return _shifts_of(list(touched.order_by("case_id")), before, after)


def clocks_that_may_move(before: Clockwork, after: Clockwork) -> list[int]:
    """The running clocks that the difference moves; where they are of many cases, all of those cases. Where a year is
    settled by a decree, or no longer, all open clocks of the cases that have dates in it: it is said of these.
    """
    touched, clocks = _touched(before, after), _running()
    if told := _dates_in(before.calendar.confirmed_years ^ after.calendar.confirmed_years, after):
        touched, clocks = touched.union(_cases_of(_open().filter(told))), _open()
    else:
        keys, are_all = _first_of(touched)
        if are_all:
            shifts = (shift for found in _shifts_of(keys, before, after) for shift in found)
            return [shift.clock.id for shift in shifts if shift.left is None]
    return list(clocks.filter(case__in=touched).order_by("case_id", "pk").values_list("pk", flat=True))


def _first_of(cases: QuerySet[Deadline, int]) -> tuple[list[int], bool]:
    """As many keys as can be looked at now, and whether these are all."""
    keys = list(cases.order_by("case_id")[: LOOKED_AT + 1])
    return keys[:LOOKED_AT], len(keys) <= LOOKED_AT


def _shifts_of(keys: list[int], before: Clockwork, after: Clockwork) -> Iterator[list[Shift]]:
    """All clocks of a case are looked at, since an inner one follows its outer one. Cases without a shift are left out."""
    now = timezone.now()
    for start in range(0, len(keys), PAGE):
        for clocks in clocks_of(Case.objects.in_bulk(keys[start : start + PAGE])):
            if shifts := _shifts(clocks, before, after, now):
                yield shifts


def _shifts(clocks: list[ClockRow], before: Clockwork, after: Clockwork, now: datetime) -> list[Shift]:
    old, new = recounted(clocks, before), recounted(clocks, after)
    running = [
        Shift(clock, clock.due_at, new[clock.id][1].at)
        for clock in clocks
        if clock.is_running and new[clock.id][1].at not in (clock.due_at, old[clock.id][1].at)
    ]
    standing = [clock for clock in clocks if clock.ended_at is None and clock.paused_at]
    if not standing:
        return running
    stayed, later = recounted(clocks, before, going_on=now), recounted(clocks, after, going_on=now)
    return running + [
        Shift(clock, stayed[clock.id][1].at, later[clock.id][1].at, left_of(clock, new[clock.id], after))
        for clock in standing
        if stayed[clock.id][1].at != later[clock.id][1].at
    ]


def _open() -> QuerySet[Deadline]:
    return Deadline.objects.filter(ended_at=None)


def _running() -> QuerySet[Deadline]:
    return _open().filter(paused_at=None)


def _cases_of(clocks: QuerySet[Deadline]) -> QuerySet[Deadline, int]:
    return clocks.order_by().values_list("case_id", flat=True).distinct()


def _touched(before: Clockwork, after: Clockwork) -> QuerySet[Deadline, int]:
    """The cases of running clocks that the difference may move: by the days it concerns, or by their rule."""
    if _is_counted_otherwise(before, after):
        return _cases_of(_running())
    touched = Q(rule__in=_changed_rules(before, after))
    for first, last in _spans(_changed_days(before, after)):
        touched |= Q(starts_at__lt=_midnight(last + ONE_DAY, after), due_at__gte=_midnight(first, after))
    return _cases_of(_running().filter(touched))


def _touched_standing(before: Clockwork, after: Clockwork) -> QuerySet[Deadline, int]:
    """Those of clocks that stand still: set going now, they may run over any later day."""
    standing = _open().filter(paused_at__isnull=False)
    if _is_counted_otherwise(before, after):
        return _cases_of(standing)
    touched = Q(rule__in=_changed_rules(before, after))
    if days := _changed_days(before, after):
        touched |= Q(starts_at__lt=_midnight(days[-1] + ONE_DAY, after))
    return _cases_of(standing.filter(touched))


def _is_counted_otherwise(before: Clockwork, after: Clockwork) -> bool:
    return before.calendar.first_day != after.calendar.first_day or before.hours != after.hours


def _dates_in(years: Iterable[int], works: Clockwork) -> Q:
    """Clocks that run into one of these years; empty where there is none."""
    found = Q()
    for year in years:
        first, last = (_midnight(date(day, 1, 1), works) for day in (year, year + 1))
        found |= Q(starts_at__lt=last, due_at__gte=first)
    return found


def _midnight(day: date, works: Clockwork) -> datetime:
    return datetime.combine(day, time.min, works.calendar.timezone)


def _changed_days(before: Clockwork, after: Clockwork) -> list[date]:
    """Days that are worked by one of the two and not by the other."""
    old, new = before.calendar, after.calendar
    days = sorted(old.days_off.keys() | new.days_off.keys())
    return [day for day in days if old.is_working_day(day) != new.is_working_day(day)]


def _spans(days: list[date]) -> Iterator[tuple[date, date]]:
    """Days as one span a year: a decree's many days make few conditions."""
    for year in sorted({day.year for day in days}):
        of_year = [day for day in days if day.year == year]
        yield of_year[0], of_year[-1]


def _changed_rules(before: Clockwork, after: Clockwork) -> list[int]:
    """Rules of the procedures in which some term, or the days of one, is not what it was."""

    def terms(works: Clockwork) -> dict[str, set]:
        return {
            procedure: {
                (rule.pk, rule.step, rule.amount, rule.unit, rule.effective_from, rule.effective_until)
                for (of, _step), rules in works.rules.items()
                if of == procedure
                for rule in rules
            }
            for procedure, _step in works.rules
        }

    old, new = terms(before), terms(after)
    changed = {procedure for procedure in old.keys() | new.keys() if old.get(procedure) != new.get(procedure)}
    every = (rule for rules in before.rules.values() for rule in rules)
    return [rule.pk for rule in every if rule.procedure in changed]
