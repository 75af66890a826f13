"""Cases and their clocks as plain rows, for counting them by the thousand: models take longer to make than dates to count.

Their fields have the names of the columns they are read from and written to.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from itertools import starmap

from opd_pages.models import Unit

from ..models import Case, Deadline, Rule
from .changes import lock_cases


@dataclass(slots=True)
class CaseRow:
    """What moving a clock reads and writes of its case."""

    id: int
    kind: str
    number: str
    version: int
    is_demo: bool
    chain_length: int
    chain_head: str
    due_at: datetime | None


@dataclass(slots=True)
class ClockRow:
    id: int
    case_id: int
    step: str
    rule_id: int | None
    unit_id: int | None
    starts_at: datetime
    due_at: datetime
    because: str
    outer_step: str
    pauses: list[list[str | None]] | None
    paused_at: datetime | None
    extension_rule_id: int | None
    extended_at: datetime | None
    ended_at: datetime | None
    reminded_at: datetime | None
    overdue_noted_at: datetime | None
    # One object for each case, rule and unit: what a kind asks of a unit is so asked once.
    case: Case | CaseRow | None = None
    rule: Rule | None = None
    unit: Unit | None = None
    extension_rule: Rule | None = None

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and self.paused_at is None


OF_CASE = [field.name for field in fields(CaseRow)]
OF_CLOCK = [field.name for field in fields(ClockRow) if field.default is MISSING]


def locked_cases(keys: Collection[int]) -> dict[int, CaseRow]:
    """By key, for the rest of the transaction."""
    rows = starmap(CaseRow, lock_cases(keys).values_list(*OF_CASE))
    return {row.id: row for row in rows}


def clocks_of(cases: Mapping[int, Case | CaseRow]) -> Iterator[list[ClockRow]]:
    """All clocks of each of these cases, also those that ended, in the order of their keys."""
    found = Deadline.objects.filter(case__in=list(cases)).order_by("case_id", "pk").values_list(*OF_CLOCK)
    clocks = list(starmap(ClockRow, found))
    rules = Rule.objects.in_bulk(
        {key for clock in clocks for key in (clock.rule_id, clock.extension_rule_id)}
    )
    units = Unit.objects.in_bulk({clock.unit_id for clock in clocks})
    by_case: dict[int, list[ClockRow]] = {}
    for clock in clocks:
        clock.case, clock.unit = cases[clock.case_id], units.get(clock.unit_id)
        clock.rule, clock.extension_rule = rules.get(clock.rule_id), rules.get(clock.extension_rule_id)
        by_case.setdefault(clock.case_id, []).append(clock)
    yield from by_case.values()
