"""When a holiday, a rule or an hour has changed: giving the clocks that it moves their other date."""

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from home.models import User

from .. import history
from ..actors import System
from ..calendar import Due
from ..canonical import canonical
from ..models import Case, Deadline, Event, Recount
from ..workflow import SYSTEM
from .bulk import update_rows, write_rows, written
from .case_clocks import shift_of
from .clock_rows import CaseRow, ClockRow, clocks_of, locked_cases
from .clockwork import Clockwork, clockwork, load
from .counting_again import recounted, stopped_at
from .forecasting import clocks_that_may_move

logger = logging.getLogger(__name__)
Written = TypeVar("Written")

# Clocks that are moved while the administrator waits.
AT_ONCE = 25
# Clocks that are moved in one transaction, before the worker writes down how far it came.
STRIDE = 2_000
# One turn of the worker, well below its time-out.
TURN_SECONDS = 10

MOVED = "deadline_moved"
RECOUNTED = ("rule", "due_at", "because", "paused_at", "reminded_at", "overdue_noted_at")
EVENT_COLUMNS = ("case", "seq", "at", "kind", "actor_kind", "role", "data", "is_demo", "prev", "hash")


def carry_out(write: Callable[[], Written], *, why: str, by: User | None) -> tuple[Written, Recount | None]:
    """Make the change; a few clocks are moved at once, many by the worker.

    Returns what `write` returned, and the row that remembers which clocks wait: None where none moves.
    """
    before = load()
    with transaction.atomic():
        written = write()
        after = load()
        clocks = clocks_that_may_move(before, after)
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

    Where only the explanation is another one, it alone changes. A clock that stands still has no other date before it goes
    on. In one transaction, of as many statements for a thousand cases as for one, which is why it is no
    cases.services.changes.change.
    """
    at, works = history.cut_to_milliseconds(now or timezone.now()), clockwork()
    clocks: list[ClockRow] = []
    events: list[tuple] = []
    with transaction.atomic():
        changed = locked_cases(cases)
        for rows in clocks_of(dict(changed)):
            case = changed[rows[0].case_id]
            others = _count_again(rows, cases[case.id], works, at)
            clocks += [clock for clock, _old in others]
            shifts = [
                shift_of(clock.step, old, new)
                for clock, old in others
                if (new := Due(clock.due_at, clock.because)).at != old.at
            ]
            if not shifts:
                del changed[case.id]
                continue
            events += [_event(case, at, canonical(shift | {"why": why})) for shift in shifts]
            case.version += 1
            case.due_at = min((clock.due_at for clock in rows if clock.is_running), default=None)
        write_rows(Event, EVENT_COLUMNS, events)
        update_rows(Deadline, RECOUNTED, clocks)
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


def _count_again(
    rows: list[ClockRow], asked: set[int], works: Clockwork, at: datetime
) -> list[tuple[ClockRow, Due]]:
    """Those of a case's clocks that now say something else, already with it, and what they said before."""
    counted = recounted(rows, works)
    others = []
    for clock in rows:
        if clock.id not in asked or clock.ended_at:
            continue
        rule, due = counted[clock.id]
        old = Due(clock.due_at, clock.because)
        # What stands still has its date when it goes on; what is said of the one it has may be said otherwise now.
        is_other = due.because != old.because if due.at == old.at else clock.is_running
        if not is_other:
            continue
        others.append((clock, old))
        clock.rule_id, clock.due_at, clock.because = rule and rule.pk, due.at, due.because
        if due.at == old.at:
            continue
        clock.paused_at = stopped_at(clock)
        # A date that lies ahead again is announced again, and may be broken again.
        if due.at > at:
            clock.reminded_at = clock.overdue_noted_at = None
    return others


def _strike_off(recount: Recount, clocks: set[int]) -> None:
    with transaction.atomic():
        row = Recount.objects.select_for_update().get(pk=recount.pk)
        row.waiting = [pk for pk in row.waiting if pk not in clocks]
        if not row.waiting and row.done_at is None:
            row.done_at = timezone.now()
        row.save(update_fields=["waiting", "done_at"])
    recount.waiting, recount.done_at = row.waiting, row.done_at
