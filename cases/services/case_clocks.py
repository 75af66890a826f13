"""The clocks of one case, within a change of it: started, prolonged, ended, stopped and set going again."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Unit

from .. import history
from ..calendar import Calendar, Due, Term, TermUnit, extend, remaining, resume
from ..models import Case, Deadline, Event, Rule
from .clockwork import clockwork, term_of
from .refusals import CaseRefusal, WordsMissing

# A Deadline, or a row with its fields (cases.services.clock_rows.ClockRow).
Clock = TypeVar("Clock")


class CaseClocks:
    """The part of a CaseChange that keeps its clocks."""

    case: Case
    at: datetime

    def start_clock(
        self,
        step: str,
        *,
        rule: Rule | None = None,
        due: Due | None = None,
        unit: Unit | None = None,
        outer: str = "",
    ) -> Deadline:
        """Set a clock running by a rule, or until a date worked out elsewhere; never past the outer step's date."""
        if due is None:
            due = clockwork().due(rule, self.at, outer=self.due_of(outer))
        return Deadline.objects.create(
            case=self.case,
            step=step,
            rule=rule,
            unit=unit or self.case.responsible_unit,
            starts_at=self.at,
            due_at=due.at,
            because=due.because,
            outer_step=outer,
        )

    def extend_clock(self, step: str, *, rule: Rule, reason: str) -> Deadline:
        """Prolong a step's running clock once, counted from its date (UU 14/2008 Ps 22(8)).

        Raises WordsMissing without a reason; CaseRefusal where nothing runs, it stands still, its date is past, or it
        was prolonged before.
        """
        if not history.clean_words(reason):
            raise WordsMissing(_("Tuliskan alasan perpanjangan."))
        clock = self.case.deadlines.filter(step=step, ended_at=None).first()
        if clock is None or clock.paused_at:
            raise CaseRefusal(_("Batas waktu ini tidak sedang berjalan."))
        if clock.extended_at:
            raise CaseRefusal(_("Batas waktu ini sudah pernah diperpanjang. Perpanjangan hanya satu kali."))
        if clock.due_at < self.at:
            raise CaseRefusal(_("Batas waktu ini sudah lewat, sehingga tidak dapat diperpanjang."))
        old = Due(clock.due_at, clock.because)
        due = extend(old, term_of(rule), clockwork().calendar, basis=rule.legal_basis)
        clock.due_at, clock.because, clock.reminded_at = due.at, due.because, None
        clock.extension_rule, clock.extended_at = rule, self.at
        clock.save(update_fields=["due_at", "because", "reminded_at", "extension_rule", "extended_at"])
        self.record("deadline_extended", text=reason, internal=False, step=step)
        self.record_shift(step, old, due)
        return clock

    def end_clocks(self, *steps: str) -> None:
        """End the running clocks of these steps; of all steps where none is named."""
        running = self.case.deadlines.filter(ended_at=None)
        if steps:
            running = running.filter(step__in=steps)
        running.update(ended_at=self.at)

    def due_of(self, step: str) -> Due | None:
        """When the running clock of a step ends, or None."""
        if not step:
            return None
        outer = self.case.deadlines.filter(step=step, ended_at=None).first()
        return Due(outer.due_at, outer.because) if outer else None

    def record_shift(self, step: str, old: Due, new: Due, **why: str) -> Event:
        """Write down that a step's date is another one now, and how that was counted."""
        return self.record("deadline_moved", **shift_of(step, old, new), **why)

    def pause_clocks(self, *, but: tuple[str, ...]) -> None:
        """Stop the running clocks and keep what is left of each. What is late already stays late."""
        self.case.paused_at = self.at
        calendar = clockwork().calendar
        running = self.case.deadlines.filter(ended_at=None, paused_at=None, due_at__gte=self.at)
        running = running.exclude(step__in=but)
        for clock in running.select_related("rule"):
            clock.left = remaining(Due(clock.due_at, clock.because), self.at, unit_of(clock), calendar).amount
            clock.paused_at = self.at
            clock.save(update_fields=["left", "paused_at"])

    def resume_clocks(self) -> None:
        """Let them run on. Nothing where none stands."""
        if self.case.paused_at is None:
            return
        self.case.paused_at = None
        paused = list(
            self.case.deadlines.filter(ended_at=None).exclude(paused_at=None).select_related("rule")
        )
        for clock, due in run_on(paused, self.at, clockwork().calendar, self.due_of):
            self.record_shift(clock.step, Due(clock.due_at, clock.because), due)
            clock.due_at, clock.because = due.at, due.because
            clock.paused_at, clock.resumed_at, clock.reminded_at = None, self.at, None
            clock.save(update_fields=["due_at", "because", "paused_at", "resumed_at", "reminded_at"])


def run_on(
    paused: list[Clock], at: datetime, calendar: Calendar, due_of: Callable[[str], Due | None]
) -> list[tuple[Clock, Due]]:
    """When each stopped clock of a case ends if set going at a moment, the outer ones first, so that no inner one passes
    its outer. `due_of` tells the date of a step that runs already.
    """
    steps = {clock.step: clock.outer_step for clock in paused}
    resumed: dict[str, Due] = {}
    found = []
    for clock in sorted(paused, key=lambda clock: depth(clock, steps)):
        outer = resumed.get(clock.outer_step) or due_of(clock.outer_step)
        due = resume(Term(clock.left, unit_of(clock)), at, calendar, outer=outer)
        resumed[clock.step] = due
        found.append((clock, due))
    return found


def depth(clock: Deadline, outer_steps: dict[str, str]) -> int:
    """How many clocks stand around this one: 0 for the outermost."""
    depth, step = 0, clock.outer_step
    while step in outer_steps and depth < len(outer_steps):
        depth, step = depth + 1, outer_steps[step]
    return depth


def unit_of(clock: Deadline) -> TermUnit:
    return TermUnit(clock.rule.unit) if clock.rule else TermUnit.DAYS


def shift_of(step: str, old: Due, new: Due) -> dict[str, str]:
    """What the history says of a clock that moved."""
    return {"step": step, "old": _iso(old.at), "new": _iso(new.at), "because": new.because}


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
