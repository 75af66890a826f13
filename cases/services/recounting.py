"""When a holiday, a rule or an hour changes: which running clocks get another date, and giving it to them.

Dates that a person named (a promise, a postponement) stay. What a pause has left of a term is counted on by the new
calendar; a rule's other length does not change it.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from time import monotonic
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from home.models import User

from .. import history
from ..actors import System
from ..calendar import ONE_DAY, Due, NoWorkingDay, Term, extend, resume
from ..canonical import canonical
from ..kinds import kind_of
from ..models import Case, Deadline, Event, Recount, Rule
from ..workflow import SYSTEM
from .bulk import update_rows, write_rows, written
from .case_clocks import depth, shift_of, unit_of
from .clock_rows import CaseRow, ClockRow, clocks_of, locked_cases
from .clockwork import Clockwork, NoRule, clockwork, load, term_of

logger = logging.getLogger(__name__)
Written = TypeVar("Written")

PAGE = 500
# Cases that are looked at while somebody waits for a page; beyond that the worker finds out what moves.
LOOKED_AT = 2_000
# Clocks that are moved while the administrator waits.
AT_ONCE = 25
# Clocks that are moved in one transaction, before the worker writes down how far it came.
STRIDE = 2_000
# One turn of the worker, well below its time-out.
TURN_SECONDS = 10

MOVED = "deadline_moved"
EVENT_COLUMNS = ("case", "seq", "at", "kind", "actor_kind", "role", "data", "is_demo", "prev", "hash")

Counted = tuple[Rule | None, Due]


@dataclass(frozen=True)
class Shift:
    """A running clock that another counting moves to another moment."""

    clock: ClockRow
    new: datetime

    @property
    def old(self) -> datetime:
        return self.clock.due_at


@dataclass(frozen=True)
class Forecast:
    """What a change moves. Not whole where it concerns more cases than can be looked at now."""

    shifts: tuple[Shift, ...]
    is_whole: bool


def rehearse(write: Callable[[], object]) -> Clockwork:
    """Calendar and rules as they would be after a change, which is undone. Raises what the change raises."""
    with transaction.atomic():
        write()
        after = load()
        transaction.set_rollback(True)
    return after


def forecast(before: Clockwork, after: Clockwork) -> Forecast:
    """The running clocks that the difference between the two moves, by case."""
    touched = _touched(before, after)
    found: list[Shift] = []
    for clocks in islice(_cases_with(touched), LOOKED_AT):
        old, new = _recounted(clocks, before), _recounted(clocks, after)
        for clock in clocks:
            if clock.id not in old or clock.id not in new or old[clock.id][1].at == new[clock.id][1].at:
                continue
            if new[clock.id][1].at != clock.due_at:
                found.append(Shift(clock, new[clock.id][1].at))
    return Forecast(tuple(found), is_whole=not _are_many(touched))


def _are_many(touched: QuerySet[Deadline]) -> bool:
    """Whether these clocks are of more cases than can be looked at now."""
    return _cases(touched)[: LOOKED_AT + 1].count() > LOOKED_AT


def carry_out(write: Callable[[], Written], *, why: str, by: User | None) -> tuple[Written, Recount | None]:
    """Make the change; a few clocks are moved at once, many by the worker.

    Returns what `write` returned, and the row that remembers which clocks wait: None where none moves.
    """
    before = load()
    with transaction.atomic():
        written = write()
        after = load()
        touched = _touched(before, after)
        if _are_many(touched):
            clocks = list(_around(touched).values_list("pk", flat=True))
        else:
            clocks = [shift.clock.id for shift in forecast(before, after).shifts]
        if not clocks:
            return written, None
        recount = Recount.objects.create(why=why[:200], asked_by=by, asked_at=timezone.now(), waiting=clocks)
    if len(clocks) <= AT_ONCE:
        take_up(recount)
    return written, recount


def take_up_waiting(now: datetime | None = None) -> None:
    """The worker's turn: move what still waits, as far as the turn goes. Done twice it changes nothing more."""
    stop_at = monotonic() + TURN_SECONDS
    for recount in Recount.objects.filter(done_at=None):
        take_up(recount, now=now, stop_at=stop_at)


def take_up(recount: Recount, *, now: datetime | None = None, stop_at: float | None = None) -> None:
    """Move the clocks of one change, many cases at a time. One that fails waits for the next turn, and holds up none."""
    asked = list(recount.waiting)
    for start in range(0, len(asked), STRIDE):
        if stop_at is not None and monotonic() > stop_at:
            return
        stride = asked[start : start + STRIDE]
        cases: dict[int, set[int]] = {}
        for pk, case in Deadline.objects.filter(pk__in=stride).values_list("pk", "case_id"):
            cases.setdefault(case, set()).add(pk)
        left = _move(cases, why=recount.why, now=now, number=recount.pk)
        _strike_off(recount, set(stride) - left)


def _move(cases: dict[int, set[int]], *, why: str, now: datetime | None, number: int) -> set[int]:
    """All together, and where that fails each case alone. Returns the clocks that must wait."""
    try:
        move_clocks(cases, why=why, now=now)
    except Exception:
        if len(cases) > 1:
            alone = [_move({case: cases[case]}, why=why, now=now, number=number) for case in cases]
            return set().union(*alone)
        logger.exception("recount %s: case %s failed", number, *cases)
        return set().union(*cases.values())
    return set()


def move_clocks(cases: dict[int, set[int]], *, why: str, now: datetime | None = None) -> None:
    """Give these clocks, by case, the date they have by the calendar and rules in force; old and new are written down.

    A clock that ended or stands still meanwhile is left as it is. In one transaction, of as many statements for a
    thousand cases as for one, which is why it is no cases.services.changes.change.
    """
    at, works = history.cut_to_milliseconds(now or timezone.now()), clockwork()
    clocks: list[ClockRow] = []
    events: list[tuple] = []
    with transaction.atomic():
        changed = locked_cases(cases)
        for rows in clocks_of(dict(changed)):
            case = changed[rows[0].case_id]
            shifted = _shift(rows, cases[case.id], works, at)
            if not shifted:
                del changed[case.id]
                continue
            for clock, old in shifted:
                clocks.append(clock)
                shift = shift_of(clock.step, old, Due(clock.due_at, clock.because))
                events.append(_event(case, at, canonical(shift | {"why": why})))
            case.version += 1
            case.due_at = min((clock.due_at for clock in rows if clock.is_running), default=None)
        write_rows(Event, EVENT_COLUMNS, events)
        update_rows(Deadline, ("rule", "due_at", "because", "reminded_at", "overdue_noted_at"), clocks)
        update_rows(Case, ("version", "due_at", "chain_length", "chain_head"), list(changed.values()))


def _event(case: CaseRow, at: datetime, data: str) -> tuple:
    """The next one of the case's chain, as a row; the case in memory already ends with it."""
    seq, prev = case.chain_length + 1, case.chain_head
    said = (seq, history.in_utc(at), MOVED, System.kind, None, SYSTEM, data, case.is_demo, prev)
    case.chain_length, case.chain_head = seq, history.hash_of(case.number, *said)
    return (
        case.id,
        seq,
        written(at),
        MOVED,
        System.kind.value,
        SYSTEM,
        data,
        case.is_demo,
        prev,
        case.chain_head,
    )


def _shift(
    rows: list[ClockRow], asked: set[int], works: Clockwork, at: datetime
) -> list[tuple[ClockRow, Due]]:
    """Those of a case's clocks that move, with their new date already in them, and what they said before."""
    counted = _recounted(rows, works)
    shifted = []
    for clock in rows:
        rule, due = counted.get(clock.id, (None, None))
        if clock.id not in asked or due is None or due.at == clock.due_at:
            continue
        shifted.append((clock, Due(clock.due_at, clock.because)))
        clock.rule_id, clock.due_at, clock.because = rule and rule.pk, due.at, due.because
        # A date that lies ahead again is announced again, and may be broken again.
        if due.at > at:
            clock.reminded_at = clock.overdue_noted_at = None
    return shifted


def _strike_off(recount: Recount, clocks: set[int]) -> None:
    with transaction.atomic():
        row = Recount.objects.select_for_update().get(pk=recount.pk)
        row.waiting = [pk for pk in row.waiting if pk not in clocks]
        if not row.waiting and row.done_at is None:
            row.done_at = timezone.now()
        row.save(update_fields=["waiting", "done_at"])
    recount.waiting, recount.done_at = row.waiting, row.done_at


def _running() -> QuerySet[Deadline]:
    return Deadline.objects.filter(ended_at=None, paused_at=None)


def _around(touched: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """The running clocks of every case that has one of these."""
    return _running().filter(case__in=touched.order_by().values("case_id")).order_by("case_id", "pk")


def _touched(before: Clockwork, after: Clockwork) -> QuerySet[Deadline]:
    """Clocks that the difference may move: by the days it concerns, or by their rule."""
    old, new = before.calendar, after.calendar
    if old.first_day != new.first_day or before.hours != after.hours:
        return _running()
    touched = Q(rule__in=_changed_rules(before, after))
    days = sorted(day for day in old.days_off.keys() | new.days_off.keys() if _differs(old, new, day))
    for first, last in _spans(days):
        touched |= Q(
            starts_at__lt=datetime.combine(last + ONE_DAY, time.min, new.timezone),
            due_at__gte=datetime.combine(first, time.min, new.timezone),
        )
    return _running().filter(touched)


def _differs(old, new, day: date) -> bool:
    return old.is_working_day(day) != new.is_working_day(day)


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


def _cases(touched: QuerySet[Deadline]) -> QuerySet[Deadline, int]:
    """The keys of the cases that have one of these clocks."""
    return touched.order_by("case_id").values_list("case_id", flat=True).distinct()


def _cases_with(touched: QuerySet[Deadline]) -> Iterator[list[ClockRow]]:
    """All clocks of each case that has one of these, since an inner one follows its outer one."""
    cases, last = _cases(touched), 0
    while page := list(cases.filter(case_id__gt=last)[:PAGE]):
        last = page[-1]
        yield from clocks_of(Case.objects.in_bulk(page))


def _recounted(clocks: list[ClockRow], works: Clockwork) -> dict[int, Counted]:
    """By key, the rule and date of each running clock of one case that counting can tell; the outer ones first."""
    # Of several clocks of a step the latest stands around the inner ones, also where it has ended.
    latest = {clock.step: clock for clock in clocks}
    outer_steps = {clock.step: clock.outer_step for clock in clocks}
    found: dict[int, Counted] = {}
    for clock in sorted(clocks, key=lambda clock: depth(clock, outer_steps)):
        if not clock.is_running:
            continue
        outer = latest.get(clock.outer_step)
        outer_due = None
        if outer is not None:
            outer_due = found[outer.id][1] if outer.id in found else Due(outer.due_at, outer.because)
        try:
            counted = _count(clock, works, outer_due)
        except (NoRule, NoWorkingDay):
            continue
        if counted:
            found[clock.id] = counted
    return found


def _count(clock: ClockRow, works: Clockwork, outer: Due | None) -> Counted | None:
    """The clock's date before its extension, and then with it. What a pause left holds an extension before it."""
    counted = _count_unextended(clock, works, outer)
    is_extended = clock.extended_at and not (clock.resumed_at and clock.resumed_at > clock.extended_at)
    if counted is None or not is_extended:
        return counted
    rule, due = counted
    by = clock.extension_rule
    by = works.rule(by.procedure, by.step, works.calendar.local_date(clock.extended_at))
    return rule, extend(due, term_of(by), works.calendar, basis=by.legal_basis)


def _count_unextended(clock: ClockRow, works: Clockwork, outer: Due | None) -> Counted | None:
    if clock.resumed_at:
        if clock.rule is None:
            return None
        left = Term(clock.left, unit_of(clock))
        return clock.rule, resume(left, clock.resumed_at, works.calendar, outer=outer)
    if recount := kind_of(clock.case).recounts.get(clock.step):
        return recount(clock, works, outer)
    return by_rule(clock, works, outer)


def by_rule(clock: ClockRow, works: Clockwork, outer: Due | None) -> Counted | None:
    """Counted by the rule that is in force for the clock's step on the day it began; None without a rule."""
    if clock.rule is None:
        return None
    rule = works.rule(clock.rule.procedure, clock.rule.step, works.calendar.local_date(clock.starts_at))
    return rule, works.due(rule, clock.starts_at, outer=outer)
