"""The clocks of invented complaints, counted by the office's own calendar and rules. Each moment is counted once."""

from datetime import datetime
from typing import NamedTuple

from cases.canonical import canonical
from cases.services.bulk import written
from cases.services.clockwork import Clockwork
from cases.services.receipt import Clock

from ..models import Channel, DeskSettings, ReportClass
from ..procedures import BY_LAW
from ..services.receiving import answer_due, first_look, law_due


class Ticking(NamedTuple):
    """A clock as it is written down, but for its case and unit and for when it ends."""

    step: str
    rule: int | None
    starts_at: str
    due_at: str
    because: str
    outer_step: str


class Clocks:
    def __init__(self, works: Clockwork) -> None:
        self._works = works
        self._first: dict[tuple, tuple[tuple[Ticking, ...], str]] = {}
        self._confirmations: dict[datetime, Ticking] = {}

    def first(self, desk: DeskSettings, at: datetime) -> tuple[tuple[Ticking, ...], str]:
        """The law's, the promise's and the first look's, for a complaint that came in at a desk at this moment; and what
        its history says of them and it, as canonical JSON."""
        key = (desk.procedure_code, desk.first_opening, desk.minutes_before_closing, at)
        if key not in self._first:
            law_rule, law = law_due(ReportClass.COMPLAINT, False, at, self._works)
            answer_rule, answer = answer_due(desk, at, law, self._works)
            look = first_look(desk, at, answer, self._works)
            clocks = (Clock("law", law, law_rule), Clock("answer", answer, answer_rule, "law"), look)
            said = {
                "channel": Channel.WEB.value,
                "class": ReportClass.COMPLAINT.value,
                "clocks": {clock.step: clock.due.because for clock in clocks},
            }
            self._first[key] = tuple(_ticking(clock, at) for clock in clocks), canonical(said)
        return self._first[key]

    def confirmation(self, at: datetime) -> Ticking:
        """How long the reporter of a complaint that was answered at this moment is waited for."""
        if at not in self._confirmations:
            rule = self._works.rule(BY_LAW, "confirm", self._works.calendar.local_date(at))
            self._confirmations[at] = _ticking(Clock("confirm", self._works.due(rule, at), rule), at)
        return self._confirmations[at]


def _ticking(clock: Clock, at: datetime) -> Ticking:
    rule, due = clock.rule and clock.rule.pk, clock.due
    return Ticking(clock.step, rule, written(at), written(due.at), due.because, clock.outer_step)
