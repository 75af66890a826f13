"""The one way to change a case.

A change locks the case, compares the version the person saw, and writes status, history, clocks, tasks and messages
in one transaction. Nothing else writes a status.

    with change(case, by=staff, seen=3) as changing:
        changing.move("verified", text="…")
        changing.open_task("dispose", role=Role.HEAD)
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.freshness import public_content_changed
from opd_pages.models import Section, Unit

from .. import history
from ..actors import Actor, Staff
from ..calendar import NoWorkingDay
from ..kinds import kind_of
from ..models import Case, Deadline, Event, Rule, Task
from .case_clocks import CaseClocks
from .clockwork import NoRule
from .files import Accepted, keep_files
from .outbox import queue_messages
from .refusals import (
    LOOKED,
    CannotBeCounted,
    CaseBusy,
    CaseChanged,
    CaseRefusal,
    MoveRefused,
    WordsMissing,
)
from .staffing import Chair, taker

LOCK_WAIT = "5s"


@dataclass
class CaseChange(CaseClocks):
    case: Case
    actor: Actor
    at: datetime
    roles: frozenset[str]
    _touched: bool = field(default=False, init=False)
    _changed: bool = field(default=False, init=False)
    _was_public: bool = field(init=False)

    def __post_init__(self) -> None:
        self._was_public = self.case.published_at is not None

    # --- What happened ---------------------------------------------------------------------------------------------

    def only_for(self, *roles: str) -> None:
        """For what is no move, and so not in the workflow's table. Raises CaseRefusal for whoever is none of these."""
        if not self.roles & set(roles):
            raise CaseRefusal(
                _("Langkah ini tidak dapat Anda lakukan pada %s ini.") % kind_of(self.case).noun
            )

    def owes(self, *steps: str) -> bool:
        """Whether an open step of these is addressed to whoever makes the change."""
        open_steps = self.case.tasks.filter(step__in=steps, done_at=None)
        is_somebody = bool(self.roles) and isinstance(self.actor, Staff)
        return is_somebody and any(self.actor.may_do(task) for task in open_steps)

    def move(self, target: str, *, text: str = "", internal: bool = False, **data) -> Event:
        """Bring the case into another state. Raises MoveRefused, WordsMissing."""
        kind = kind_of(self.case)
        workflow = kind.workflow
        move = workflow.move(self.case.status, target)
        allowed = sorted(self.roles & set(move.by)) if move else []
        if not allowed:
            raise MoveRefused(_("Langkah ini tidak dapat dilakukan pada keadaan %s sekarang.") % kind.noun)
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
        was_paused, stops = self.case.paused_at is not None, after.stops_clock()
        if stops and not was_paused:
            self.pause_clocks(but=after.runs_on)
        elif was_paused and not stops and not after.ends_clock:
            self.resume_clocks()
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

    def attach(self, event: Event, accepted: Iterable[Accepted], *, by_reporter: bool) -> None:
        keep_files(self.case, event, accepted, by_reporter=by_reporter)

    # --- Steps -----------------------------------------------------------------------------------------------------

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
        not_by: Collection[int] = (),
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

    def finish_tasks(self, *steps: str, section: Section | None = None) -> bool:
        """End the open tasks of these steps, each with a clock of its own; a promise that it shares runs on.

        Whether one was open.
        """
        which = {"step__in": steps, "done_at": None} | ({"section": section} if section else {})
        theirs = {f"tasks__{name}": value for name, value in which.items()}
        own = self.case.deadlines.filter(step=F("tasks__step"), ended_at=None, **theirs)
        own.update(ended_at=self.at)
        return bool(self.case.tasks.filter(**which).update(done_at=self.at, done_by=self.actor.user))

    def reseat(self) -> None:
        """Once others may see the case than before: open steps leave those who may not, for whoever takes them now."""
        for task in self.case.tasks.filter(done_at=None).select_related("unit"):
            chair = taker(self.case, task.unit, task.role, task.section_id)
            if chair != Chair(task.unit_id, task.role, task.section_id):
                self.readdress(task, chair)

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
        if self._was_public or self.case.published_at:
            public_content_changed()


def place(case: Case, unit: Unit) -> None:
    """Write the responsible unit and what lists copy of it."""
    case.responsible_unit, case.area_id, case.lineage = unit, unit.area_id, unit.lineage


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
        try:
            locked = _lock(pk, stack)
        except OperationalError as fault:
            noun = kind_of(case).noun if isinstance(case, Case) else _("perkara")
            busy = _("%s ini sedang disimpan petugas lain. Coba lagi sebentar.") % capfirst(noun)
            raise CaseBusy(busy) from fault
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
    """Begin the transaction and wait for the row. On SQLite beginning is waiting: for everybody."""
    stack.enter_context(transaction.atomic())
    return lock_cases([pk]).get()


def lock_cases(keys: Collection[int]) -> QuerySet[Case]:
    """These cases, for the rest of the transaction. Whoever else holds one is waited for, but not for ever."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
    # Without a join: after the wait PostgreSQL would look for the unit that the case had before it.
    # In one order, or two who lock many would wait for each other.
    return Case.objects.select_for_update().filter(pk__in=keys).order_by("pk")


__all__ = [
    "CannotBeCounted",
    "CaseBusy",
    "CaseChange",
    "CaseChanged",
    "CaseRefusal",
    "MoveRefused",
    "WordsMissing",
    "change",
    "lock_cases",
    "place",
]
