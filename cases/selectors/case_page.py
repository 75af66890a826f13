"""Everything the desk's page of one case shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from ..actions import Action, ActionForm
from ..actors import Staff
from ..due import days_late, due_in_words, due_state
from ..forms.identity import IdentityForm
from ..kinds import CaseKind, kind_of
from ..models import Case, CaseFile, Deadline, Event, Party, Task
from ..services.identity import CLOSED, identity_access, masked
from ..services.lost_codes import reads_out_code
from .timeline import Entry, sees_inside, timeline


@dataclass(frozen=True)
class Clock:
    deadline: Deadline
    title: str
    state: str
    days_late: int


@dataclass(frozen=True)
class Step:
    task: Task
    title: str
    note: str
    state: str


@dataclass(frozen=True)
class Choice:
    """An action this officer may take now, with its form. `is_owed`: a step that waits for just this officer."""

    action: Action
    form: ActionForm
    is_open: bool
    is_owed: bool


@dataclass
class CasePage:
    case: Case
    kind: CaseKind
    status: str
    summary: Mapping[str, Any]
    entries: list[Entry]
    clocks: list[Clock]
    steps: list[Step]
    # What waits for this officer, and what else they could do.
    owed: list[Choice]
    others: list[Choice]
    # Whether what is still being worked on inside the office is this officer's business.
    is_insider: bool
    identity: str
    party: Party | None
    reporter_photos: list[CaseFile]
    # Whether this officer is to tell the reporter a new access code.
    reads_out_code: bool
    done: str = ""
    # The action that was just tried is still offered, with what was typed in it; else here is what was typed.
    is_offered_again: bool = False
    typed: list[tuple[str, str]] = field(default_factory=list)
    masked: dict[str, str] = field(default_factory=dict)
    refusal: Exception | None = None
    identity_form: IdentityForm = field(default_factory=IdentityForm)
    since: list[Entry] = field(default_factory=list)


def case_page(
    case: Case,
    staff: Staff,
    *,
    opened: str = "",
    done: str = "",
    form: ActionForm | None = None,
    party: Party | None = None,
    refusal: Exception | None = None,
    since: Iterable[Event] = (),
    identity_form: IdentityForm | None = None,
) -> CasePage:
    """The page of a case for one officer; a known number of queries, whatever the length of its history."""
    now = timezone.now()
    kind = kind_of(case)
    summary = kind.summary(case)
    tasks = list(
        case.tasks.select_related("section", "unit__kind", "deadline", "done_by").order_by("opened_at", "pk")
    )
    open_tasks = [task for task in tasks if task.done_at is None]
    entries = timeline(case, staff)
    news = {event.seq for event in since}
    choices = []
    for action in kind.actions:
        if action.allowed(staff, case, open_tasks):
            is_open = action.name == opened
            blank = action.form(case=case, actor=staff, prefix=action.name)
            is_owed = any(task.step in action.steps and staff.may_do(task) for task in open_tasks)
            choices.append(Choice(action, form if is_open and form is not None else blank, is_open, is_owed))
    is_offered_again = form is not None and any(choice.form is form for choice in choices)
    running = case.deadlines.filter(ended_at=None).order_by("due_at")
    stored = getattr(case, "party", None)
    access = identity_access(staff, case) if stored else CLOSED
    return CasePage(
        case=case,
        kind=kind,
        status=str(kind.workflow.state(case.status).public),
        summary=summary,
        entries=entries,
        clocks=[_clock(deadline, kind, now) for deadline in running],
        steps=[_step(task, kind, now) for task in tasks],
        owed=[choice for choice in choices if choice.is_owed],
        others=[choice for choice in choices if not choice.is_owed],
        is_insider=sees_inside(staff, case),
        identity=access,
        party=party,
        # The photos that came with the case stand with its words; later ones with their own line of the history.
        reporter_photos=entries[0].files if entries else [],
        reads_out_code=reads_out_code(staff, case),
        done=next((str(action.done) for action in kind.actions if action.name == done), ""),
        is_offered_again=is_offered_again,
        typed=form.typed() if form is not None and not is_offered_again else [],
        masked={name: masked(getattr(stored, name)) for name in ("name", "phone", "email")} if stored else {},
        refusal=refusal,
        identity_form=identity_form or IdentityForm(),
        since=[entry for entry in entries if entry.seq in news],
    )


def _clock(deadline: Deadline, kind, now: datetime) -> Clock:
    state = due_state(deadline.due_at, now=now, paused=deadline.paused_at is not None)
    late = days_late(deadline.due_at, now) if state == "overdue" else 0
    return Clock(deadline, str(kind.step_titles.get(deadline.step, deadline.step)), state, late)


def _step(task: Task, kind, now: datetime) -> Step:
    clock = _clock(task.deadline, kind, now) if task.deadline else None
    who = str(task.section) if task.section else f"{task.get_role_display()}, {task.unit.full_name}"
    if task.done_at:
        state, when = "done", date_format(timezone.localtime(task.done_at), "j F, H.i")
    else:
        state = "late" if clock and clock.state == "overdue" else "now"
        when = due_in_words(clock.deadline.due_at, now=now, paused=clock.state == "paused") if clock else ""
    note = ", ".join(part for part in (who, when) if part)
    return Step(task, str(kind.step_titles.get(task.step, task.step)), note, state)
