"""The one way to change a case.

A change locks the case, compares the version the person saw, and writes status, history, clocks, tasks and messages
in one transaction. Nothing else writes a status.

    with change(case, by=staff, seen=3) as changing:
        changing.move("verified", text="…")
        changing.open_task("dispose", role=Role.HEAD)
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Section, Unit

from .. import history
from ..actors import Actor, Staff
from ..calendar import Due, NoWorkingDay, Term, TermUnit, remaining, resume
from ..intake import AcceptedImage
from ..kinds import kind_of
from ..models import Case, Deadline, Event, Rule, Task
from .clockwork import NoRule, clockwork
from .files import keep_files
from .outbox import queue_messages
from .staffing import Chair, taker

LOCK_WAIT = "5s"
# Written down, but no change: whoever has the case before them sees it as it still is.
LOOKED = "identity_revealed"


class CaseRefusal(Exception):
    """The change is not possible; str() is what the person may read."""


class CaseChanged(CaseRefusal):
    """Somebody else was first. `since` holds what they did."""

    def __init__(self, case: Case, since: list[Event]) -> None:
        super().__init__(_("Petugas lain baru saja memperbarui laporan ini. Periksa dulu perubahannya."))
        self.case, self.since = case, since

    @classmethod
    def of(cls, case: Case, seen: int) -> "CaseChanged":
        """What happened to the case since the version that somebody saw, newest first; never nothing."""
        since, moments = [], set()
        for event in case.events.exclude(kind=LOOKED).select_related("actor", "words").order_by("-seq"):
            moments.add(event.at)  # the events of one change share their moment
            if len(moments) > max(1, case.version - seen):
                break
            since.append(event)
        return cls(case, since)


class CaseBusy(CaseRefusal):
    """The case stayed locked by somebody else for too long."""


class MoveRefused(CaseRefusal):
    """The workflow does not allow this move to this person, now."""


class CannotBeCounted(CaseRefusal):
    """A clock that the change starts has no rule in force, or no working day to end on."""


class WordsMissing(CaseRefusal):
    """The move needs words that were not given."""


@dataclass
class CaseChange:
    case: Case
    actor: Actor
    at: datetime
    roles: frozenset[str]
    _touched: bool = field(default=False, init=False)
    _changed: bool = field(default=False, init=False)

    # --- What happened ---------------------------------------------------------------------------------------------

    def only_for(self, *roles: str) -> None:
        """For what is no move, and so not in the workflow's table. Raises CaseRefusal for whoever is none of these."""
        if not self.roles & set(roles):
            raise CaseRefusal(_("Langkah ini tidak dapat Anda lakukan pada laporan ini."))

    def owes(self, *steps: str) -> bool:
        """Whether an open step of these is addressed to whoever makes the change."""
        open_steps = self.case.tasks.filter(step__in=steps, done_at=None)
        is_somebody = bool(self.roles) and isinstance(self.actor, Staff)
        return is_somebody and any(self.actor.may_do(task) for task in open_steps)

    def move(self, target: str, *, text: str = "", internal: bool = False, **data) -> Event:
        """Bring the case into another state. Raises MoveRefused, WordsMissing."""
        workflow = kind_of(self.case).workflow
        move = workflow.move(self.case.status, target)
        allowed = sorted(self.roles & set(move.by)) if move else []
        if not allowed:
            raise MoveRefused(_("Langkah ini tidak dapat dilakukan pada keadaan laporan sekarang."))
        if move.guard and (reason := move.guard(self.case, self)):
            raise MoveRefused(reason)
        if move.needs_text and not history.clean_words(text):
            raise WordsMissing(_("Tuliskan penjelasannya."))
        before, after = workflow.state(self.case.status), workflow.state(target)
        self.case.status = target
        event = self.record(
            "moved",
            text=text,
            internal=internal,
            role=allowed[0],
            **{"from": before.name, "to": target} | data,
        )
        if after.pauses_clock and not before.pauses_clock:
            self._pause(but=after.runs_on)
        elif before.pauses_clock and not after.pauses_clock and not after.ends_clock:
            self._resume()
        if after.ends_clock:
            self.case.closed_at, self.case.paused_at = self.at, None
            self.end_clocks()
            self.case.tasks.filter(done_at=None).update(done_at=self.at)
        elif before.ends_clock:
            self.case.closed_at = None
        return event

    def record(self, kind: str, *, text: str = "", internal: bool = True, role: str = "", **data) -> Event:
        """Write into the history what is no change of state."""
        self._touched = True
        self._changed |= kind != LOOKED
        return history.append(
            self.case,
            kind=kind,
            at=self.at,
            actor=self.actor,
            role=role or next(iter(sorted(self.roles)), ""),
            data=data,
            text=text,
            internal=internal,
        )

    def attach(self, event: Event, images: Iterable[AcceptedImage], *, by_reporter: bool) -> None:
        keep_files(self.case, event, images, by_reporter=by_reporter)

    # --- Steps and clocks --------------------------------------------------------------------------------------------

    def open_task(
        self,
        step: str,
        *,
        role: str,
        unit: Unit | None = None,
        section: Section | None = None,
        deadline: Deadline | None = None,
        rule: Rule | None = None,
        outer: str = "",
        not_by: Iterable[int] = (),
    ) -> Task:
        """A step that somebody owes now: who holds the role, or the nearest who stands in where nobody does.

        One of the kind that is open already stays as it is, with its clock. `rule` gives a new one a clock of its
        own, never past the outer step's date. `not_by` are the keys of people who must not take it.
        """
        unit = unit or self.case.responsible_unit
        waiting = Task.objects.filter(case=self.case, step=step, done_at=None)
        if section:
            waiting = waiting.filter(section=section)
        if (task := waiting.first()) is not None:
            return task
        chair = taker(self.case, unit, role, section.pk if section else None, not_by=not_by)
        return Task.objects.create(
            case=self.case,
            step=step,
            unit_id=chair.unit_id,
            role=chair.role,
            section_id=chair.section_id,
            deadline=self.start_clock(step, rule=rule, outer=outer) if rule else deadline,
            opened_at=self.at,
        )

    def readdress(self, task: Task, chair: Chair) -> None:
        """Give an open step to somebody else, who hears of it."""
        self.case.tasks.filter(pk=task.pk, done_at=None).update(
            unit=chair.unit_id, role=chair.role, section=chair.section_id
        )
        unit = Unit.objects.select_related("kind").get(pk=chair.unit_id)
        self.record("step_readdressed", step=task.step, to=unit.full_name)
        queue_messages(self.case, "desk_task", at=self.at, unit=unit, role=chair.role)

    def finish_tasks(self, *steps: str, section: Section | None = None) -> list[Task]:
        """End the open tasks of these steps, each with a clock of its own; a promise that it shares runs on.

        Returns what was open.
        """
        tasks = Task.objects.filter(case=self.case, step__in=steps, done_at=None).select_related("deadline")
        if section:
            tasks = tasks.filter(section=section)
        done = list(tasks)
        for task in done:
            task.done_at, task.done_by = self.at, self.actor.user
            task.save(update_fields=["done_at", "done_by"])
            clock = task.deadline
            if clock and clock.step == task.step and not clock.ended_at:
                clock.ended_at = self.at
                clock.save(update_fields=["ended_at"])
        return done

    def reseat(self) -> None:
        """Once others may see the case than before: open steps leave those who may not, for whoever takes them now."""
        for task in self.case.tasks.filter(done_at=None).select_related("unit"):
            chair = taker(self.case, task.unit, task.role, task.section_id)
            if chair != Chair(task.unit_id, task.role, task.section_id):
                self.readdress(task, chair)

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
        return self.record(
            "deadline_moved", step=step, old=_iso(old.at), new=_iso(new.at), because=new.because, **why
        )

    def _pause(self, *, but: tuple[str, ...]) -> None:
        """Stop the running clocks and keep what is left of each. What is late already stays late."""
        self.case.paused_at = self.at
        calendar = clockwork().calendar
        running = self.case.deadlines.filter(ended_at=None, paused_at=None, due_at__gte=self.at)
        running = running.exclude(step__in=but)
        for clock in running.select_related("rule"):
            clock.left = remaining(Due(clock.due_at, clock.because), self.at, unit_of(clock), calendar).amount
            clock.paused_at = self.at
            clock.save(update_fields=["left", "paused_at"])

    def _resume(self) -> None:
        """Let them run on, the outer ones first, so that no inner one passes its outer."""
        self.case.paused_at = None
        calendar = clockwork().calendar
        resumed: dict[str, Due] = {}
        paused = list(
            self.case.deadlines.filter(ended_at=None).exclude(paused_at=None).select_related("rule")
        )
        steps = {clock.step: clock.outer_step for clock in paused}
        for clock in sorted(paused, key=lambda clock: depth(clock, steps)):
            outer = resumed.get(clock.outer_step) or self.due_of(clock.outer_step)
            due = resume(Term(clock.left, unit_of(clock)), self.at, calendar, outer=outer)
            resumed[clock.step] = due
            self.record_shift(clock.step, Due(clock.due_at, clock.because), due)
            clock.due_at, clock.because = due.at, due.because
            clock.paused_at, clock.resumed_at, clock.reminded_at = None, self.at, None
            clock.save(update_fields=["due_at", "because", "paused_at", "resumed_at", "reminded_at"])

    # --- Who must hear of it -----------------------------------------------------------------------------------------

    def notify_reporter(self, template: str) -> None:
        queue_messages(self.case, template, at=self.at, to_reporter=True)

    def notify(
        self, template: str, *, role: str, unit: Unit | None = None, section: Section | None = None
    ) -> None:
        queue_messages(
            self.case,
            template,
            at=self.at,
            unit=unit or self.case.responsible_unit,
            role=role,
            section=section,
        )

    # --- At the end --------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        if not self._touched:
            return
        self.case.version += self._changed
        self.case.due_at = (
            self.case.deadlines.filter(ended_at=None, paused_at=None)
            .order_by("due_at")
            .values_list("due_at", flat=True)
            .first()
        )
        self.case.save()


def place(case: Case, unit: Unit) -> None:
    """Write the responsible unit and what lists copy of it."""
    case.responsible_unit, case.area_id, case.lineage = unit, unit.area_id, unit.lineage


def depth(clock: Deadline, outer_steps: dict[str, str]) -> int:
    """How many clocks stand around this one: 0 for the outermost."""
    depth, step = 0, clock.outer_step
    while step in outer_steps and depth < len(outer_steps):
        depth, step = depth + 1, outer_steps[step]
    return depth


def unit_of(clock: Deadline) -> TermUnit:
    return TermUnit(clock.rule.unit) if clock.rule else TermUnit.DAYS


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


@contextmanager
def change(
    case: Case | int, *, by: Actor, seen: int | None = None, at: datetime | None = None
) -> Iterator[CaseChange]:
    """One person's change of one case: all of it is written, or nothing.

    `seen` is the version the person was looking at; None where nobody was looking (the sweep, a reporter's reply).
    Raises CaseChanged when the case has moved on since, CaseBusy when it stays locked.
    """
    pk = case.pk if isinstance(case, Case) else case
    with ExitStack() as stack:
        locked = _lock(pk, stack)
        if seen is not None and seen != locked.version:
            raise CaseChanged.of(locked, seen)
        changing = CaseChange(locked, by, at or timezone.now(), by.roles_on(locked))
        try:
            yield changing
        except (NoRule, NoWorkingDay) as fault:
            raise CannotBeCounted(
                _("Batas waktu langkah ini tidak dapat dihitung. %s Hubungi administrator portal.") % fault
            ) from fault
        changing._finish()


def _lock(pk: int, stack: ExitStack) -> Case:
    """Begin the transaction and wait for the row, but not for ever. On SQLite beginning is waiting: for everybody."""
    try:
        stack.enter_context(transaction.atomic())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        # Without a join: after the wait PostgreSQL would look for the unit that the case had before it.
        return Case.objects.select_for_update().get(pk=pk)
    except OperationalError as fault:
        raise CaseBusy(_("Laporan ini sedang disimpan petugas lain. Coba lagi sebentar.")) from fault


__all__ = [
    "CannotBeCounted",
    "CaseBusy",
    "CaseChange",
    "CaseChanged",
    "CaseRefusal",
    "MoveRefused",
    "WordsMissing",
    "change",
    "place",
]
