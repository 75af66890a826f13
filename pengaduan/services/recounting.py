"""How the clocks of complaints are counted again whose date is more than a rule's term from its start."""

from cases.calendar import Due
from cases.models import Rule
from cases.services.clock_rows import ClockRow
from cases.services.clockwork import Clockwork
from cases.services.counting_again import by_rule

from ..models import DeskSettings, ReportClass
from ..procedures import BY_LAW
from .receiving import LAW_STEPS, first_look

SUPERVISORY = LAW_STEPS[ReportClass.WHISTLEBLOWING]


def recount_law(clock: ClockRow, works: Clockwork, outer: Due | None) -> tuple[Rule | None, Due] | None:
    """By the sources that it was counted by at receipt, whatever the report has become since."""
    if clock.rule and clock.rule.step in SUPERVISORY:
        return works.strictest(BY_LAW, SUPERVISORY, clock.starts_at)
    return by_rule(clock, works, outer)


def recount_first_look(
    clock: ClockRow, works: Clockwork, outer: Due | None
) -> tuple[Rule | None, Due] | None:
    """Until the desk's next opening after the report came in, where it opens at fixed hours."""
    if clock.rule or outer is None:
        return by_rule(clock, works, outer)
    desk = getattr(clock.unit, "desk_settings", None) or DeskSettings(unit=clock.unit)
    look = first_look(desk, clock.starts_at, outer, works)
    return look.rule, look.due
