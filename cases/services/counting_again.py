"""What date each open clock of a case has by a calendar, rules and hours: by those in force, or by others.

Each is counted from its start, through its pauses and its extension (cases.course). Dates that a person named (a promise,
a postponement) stay, but for a pause that they stand in.
"""

from datetime import datetime
from typing import TypeVar

from ..calendar import Due, NoWorkingDay, Term, TermUnit, remaining
from ..course import Course, Extension, Pause, course
from ..kinds import kind_of
from ..models import Rule
from .clockwork import Clockwork, NoRule, term_of

Counted = tuple[Rule | None, Due]
# A Deadline, or a row with its fields (cases.services.clock_rows.ClockRow).
Clock = TypeVar("Clock")


def recounted(
    clocks: list[Clock], works: Clockwork, *, going_on: datetime | None = None
) -> dict[int, Counted]:
    """By key, the rule and date of each open clock of one case; the outer ones first.

    What stands still has the date with which it stopped, or that with which it goes on at a moment.
    """
    # Of several clocks of a step the latest stands around the inner ones, also where it has ended.
    latest = {clock.step: clock for clock in clocks}
    outer_steps = {clock.step: clock.outer_step for clock in clocks}
    courses: dict[int, Course] = {}
    found: dict[int, Counted] = {}
    for clock in sorted(clocks, key=lambda clock: depth(clock, outer_steps)):
        if clock.ended_at is not None:
            continue
        outer = latest.get(clock.outer_step)
        around = outer and (courses.get(outer.id) or _as_it_stands(outer))
        try:
            rule, courses[clock.id] = _count(clock, works, around, going_on)
        except NoWorkingDay:
            rule, courses[clock.id] = clock.rule, _as_it_stands(clock)
        found[clock.id] = rule, courses[clock.id].due
    return found


def depth(clock: Clock, outer_steps: dict[str, str]) -> int:
    """How many clocks stand around this one: 0 for the outermost."""
    depth, step = 0, clock.outer_step
    while step in outer_steps and depth < len(outer_steps):
        depth, step = depth + 1, outer_steps[step]
    return depth


def pauses_of(clock: Clock, *, going_on: datetime | None = None) -> list[Pause]:
    """When it was told to stand still; the last of them ends where it goes on at a moment."""
    return [
        Pause(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else going_on)
        for since, until in clock.pauses or ()
    ]


def is_told_to_stop(clock: Clock) -> bool:
    """Whether it stands still, or would if it were not late."""
    return bool(clock.pauses) and clock.pauses[-1][1] is None


def stopped_at(clock: Clock) -> datetime | None:
    """Since when it stands still by the date that it has."""
    if not is_told_to_stop(clock):
        return None
    since = datetime.fromisoformat(clock.pauses[-1][0])
    return since if clock.due_at >= since else None


def left_of(clock: Clock, counted: Counted, works: Clockwork) -> Term:
    """What a clock has left that stands still on this date."""
    rule, due = counted
    return remaining(due, clock.paused_at, _unit(rule), works.calendar)


def _count(
    clock: Clock, works: Clockwork, outer: Course | None, going_on: datetime | None
) -> tuple[Rule | None, Course]:
    first = _at_start(clock, works, outer)
    rule, due = first or (clock.rule, Due(clock.due_at, clock.because))
    if not (clock.pauses or clock.extended_at):
        return rule, Course(((clock.starts_at, due),))
    pauses, extension = pauses_of(clock, going_on=going_on), _extension(clock, works)
    if first is None:
        # The date that it has holds all but the pause it stands in.
        pauses, extension = [pause for pause in pauses if pause.until == going_on], None
    return rule, course(
        clock.starts_at, due, _unit(rule), works.calendar, pauses=pauses, extension=extension, outer=outer
    )


def _as_it_stands(clock: Clock) -> Course:
    return Course(((clock.starts_at, Due(clock.due_at, clock.because)),))


def _at_start(clock: Clock, works: Clockwork, outer: Course | None) -> Counted | None:
    """None where its date was named, or no rule is in force any longer for the day it began."""
    count = kind_of(clock.case).recounts.get(clock.step, by_rule)
    try:
        return count(clock, works, outer and outer.at(clock.starts_at))
    except NoRule:
        return None


def by_rule(clock: Clock, works: Clockwork, outer: Due | None) -> Counted | None:
    """Counted by the rule that is in force for the clock's step on the day it began; None without a rule."""
    if clock.rule is None:
        return None
    rule = works.rule(clock.rule.procedure, clock.rule.step, works.calendar.local_date(clock.starts_at))
    return rule, works.due(rule, clock.starts_at, outer=outer)


def _extension(clock: Clock, works: Clockwork) -> Extension | None:
    """By the rule in force when it was prolonged; where there is none any longer, by that which it was prolonged by."""
    if not clock.extended_at:
        return None
    by = clock.extension_rule
    try:
        by = works.rule(by.procedure, by.step, works.calendar.local_date(clock.extended_at))
    except NoRule:
        pass
    return Extension(clock.extended_at, term_of(by), by.legal_basis)


def _unit(rule: Rule | None) -> TermUnit:
    return TermUnit(rule.unit) if rule else TermUnit.DAYS
