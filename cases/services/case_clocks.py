"""The clocks of one case, within a change of it: started, prolonged, ended, stopped and set going again."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Unit

from .. import history
from ..calendar import Due, extend
from ..models import Case, Deadline, Event, Rule
from .clockwork import clockwork, term_of
from .counting_again import is_told_to_stop, recounted, stopped_at
from .refusals import CaseRefusal, WordsMissing


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
        """Stop the running clocks. What is late already stays late; should counting again find that it was not, it stands."""
        self.case.paused_at = self.at
        for clock in self.case.deadlines.filter(ended_at=None, paused_at=None).exclude(step__in=but):
            clock.pauses = [*(clock.pauses or ()), [self.at.isoformat(), None]]
            clock.paused_at = stopped_at(clock)
            clock.save(update_fields=["pauses", "paused_at"])

    def resume_clocks(self) -> None:
        """Let them run on. Nothing where none stands."""
        if self.case.paused_at is None:
            return
        self.case.paused_at = None
        clocks = {
            clock.id: clock
            for clock in self.case.deadlines.order_by("pk").select_related("rule", "unit", "extension_rule")
        }
        counted = recounted(list(clocks.values()), clockwork(), going_on=self.at)
        for key, (rule, due) in counted.items():
            clock = clocks[key]
            if not is_told_to_stop(clock):
                continue
            if clock.paused_at:
                self.record_shift(clock.step, Due(clock.due_at, clock.because), due)
                clock.rule, clock.due_at, clock.because, clock.reminded_at = rule, due.at, due.because, None
            clock.pauses[-1][1], clock.paused_at = self.at.isoformat(), None
            clock.save(update_fields=["rule", "due_at", "because", "pauses", "paused_at", "reminded_at"])


def shift_of(step: str, old: Due, new: Due) -> dict[str, str]:
    """What the history says of a clock that moved."""
    return {"step": step, "old": _iso(old.at), "new": _iso(new.at), "because": new.because}


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
