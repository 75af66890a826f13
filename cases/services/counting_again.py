"""What date each running clock of a case has by another calendar, other rules or other hours.

Dates that a person named (a promise, a postponement) stay. What a pause has left of a term is counted on by the new
calendar; a rule's other length does not change it.
"""

from ..calendar import Due, NoWorkingDay, Term, extend, resume
from ..kinds import kind_of
from ..models import Rule
from .case_clocks import depth, unit_of
from .clock_rows import ClockRow
from .clockwork import Clockwork, NoRule, term_of

Counted = tuple[Rule | None, Due]


def recounted(clocks: list[ClockRow], works: Clockwork) -> dict[int, Counted]:
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
