"""Which clocks a change of holidays, rules or hours would move, and where to, before anything is saved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..calendar import ONE_DAY, Due, NoWorkingDay, Term, TermUnit
from ..models import Case, Deadline
from .case_clocks import run_on, unit_of
from .clock_rows import ClockRow, clocks_of
from .clockwork import Clockwork, load
from .counting_again import recounted

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
    keys, is_whole = _first_of(_touched(before, after).union(_touched_later(before, after, timezone.now())))
    return Forecast(tuple(_shifts_of(keys, before, after)), is_whole)


def whole_forecast(before: Clockwork, after: Clockwork) -> Iterator[list[Shift]]:
    """What the difference moves in every case, as it is found."""
    touched = _touched(before, after).union(_touched_later(before, after, timezone.now()))
    return _shifts_of(list(touched.order_by("case_id")), before, after)


def clocks_that_may_move(before: Clockwork, after: Clockwork) -> list[int]:
    """The running clocks that the difference moves; where they are of many cases, all of those cases."""
    touched = _touched(before, after)
    keys, are_all = _first_of(touched)
    if are_all:
        shifts = (shift for found in _shifts_of(keys, before, after) for shift in found)
        return [shift.clock.id for shift in shifts if shift.left is None]
    return list(_running().filter(case__in=touched).order_by("case_id", "pk").values_list("pk", flat=True))


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
    # What no rule counted before stands on a date that a rule gave it once.
    moved = {key: due for key, (_rule, due) in new.items() if key not in old or old[key][1].at != due.at}
    running = [
        Shift(clock, clock.due_at, moved[clock.id].at)
        for clock in clocks
        if clock.id in moved and moved[clock.id].at != clock.due_at
    ]
    stayed, later = _set_going(clocks, before, {}, now), _set_going(clocks, after, moved, now)
    standing = [
        Shift(clock, stayed[clock.id].at, later[clock.id].at, Term(clock.left, unit_of(clock)))
        for clock in clocks
        if clock.id in stayed and clock.id in later and stayed[clock.id].at != later[clock.id].at
    ]
    return running + standing


def _set_going(
    clocks: list[ClockRow], works: Clockwork, moved: dict[int, Due], now: datetime
) -> dict[int, Due]:
    """By key, when those of a case that stand still would end if it went on now."""
    standing = [clock for clock in clocks if clock.ended_at is None and clock.paused_at]
    running = {clock.step: clock for clock in reversed(clocks) if clock.is_running}

    def due_of(step: str) -> Due | None:
        outer = running.get(step)
        return outer and (moved.get(outer.id) or Due(outer.due_at, outer.because))

    try:
        return {clock.id: due for clock, due in run_on(standing, now, works.calendar, due_of)}
    except NoWorkingDay:
        return {}


def _running() -> QuerySet[Deadline]:
    return Deadline.objects.filter(ended_at=None, paused_at=None)


def _cases_of(clocks: QuerySet[Deadline]) -> QuerySet[Deadline, int]:
    return clocks.order_by().values_list("case_id", flat=True).distinct()


def _touched(before: Clockwork, after: Clockwork) -> QuerySet[Deadline, int]:
    """The cases of running clocks that the difference may move: by the days it concerns, or by their rule."""
    old, new = before.calendar, after.calendar
    if old.first_day != new.first_day or before.hours != after.hours:
        return _cases_of(_running())
    touched = Q(rule__in=_changed_rules(before, after))
    for first, last in _spans(_changed_days(before, after)):
        touched |= Q(
            starts_at__lt=datetime.combine(last + ONE_DAY, time.min, new.timezone),
            due_at__gte=datetime.combine(first, time.min, new.timezone),
        )
    return _cases_of(_running().filter(touched))


def _touched_later(before: Clockwork, after: Clockwork, now: datetime) -> QuerySet[Deadline, int]:
    """The cases of clocks that stand still and, set going now, would run over a day that the difference concerns."""
    standing = Deadline.objects.filter(ended_at=None, paused_at__isnull=False)
    today = after.calendar.local_date(now)
    first = next((day for day in _changed_days(before, after) if day >= today), None)
    if first is None:
        return _cases_of(standing.none())
    until_then = after.calendar.working_days(today, first - ONE_DAY)
    return _cases_of(standing.filter(rule__unit=TermUnit.WORKING_DAYS.value, left__gte=until_then))


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
