"""The clocks of invented complaints, counted by the office's own calendar and rules. Each moment is counted once."""

from datetime import datetime

from cases.services.clockwork import Clockwork
from cases.services.receipt import Clock

from ..models import DeskSettings, ReportClass
from ..procedures import BY_LAW
from ..services.receiving import answer_due, first_look, law_due


class Clocks:
    def __init__(self, works: Clockwork) -> None:
        self._works = works
        self._first: dict[tuple, tuple[Clock, ...]] = {}
        self._confirmations: dict[datetime, Clock] = {}

    def first(self, desk: DeskSettings, at: datetime) -> tuple[Clock, ...]:
        """The law's, the promise's and the first look's, for a complaint that came in at a desk at this moment."""
        key = (desk.procedure_code, desk.first_opening, desk.minutes_before_closing, at)
        if key not in self._first:
            law_rule, law = law_due(ReportClass.COMPLAINT, False, at, self._works)
            answer_rule, answer = answer_due(desk, at, law, self._works)
            look = first_look(desk, at, answer, self._works)
            self._first[key] = (
                Clock("law", law, law_rule),
                Clock("answer", answer, answer_rule, "law"),
                look,
            )
        return self._first[key]

    def confirmation(self, at: datetime) -> Clock:
        """How long the reporter of a complaint that was answered at this moment is waited for."""
        if at not in self._confirmations:
            rule = self._works.rule(BY_LAW, "confirm", self._works.calendar.local_date(at))
            self._confirmations[at] = Clock("confirm", self._works.due(rule, at), rule)
        return self._confirmations[at]
