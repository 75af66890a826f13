"""Everything the reporter's page of one case shows."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..access_codes import access_code, shown
from ..actions import Action, ActionForm
from ..actors import Reporter
from ..due import days_late, due_state
from ..kinds import CaseKind, kind_of
from ..models import Case
from .timeline import timeline
from .transparency import standing


@dataclass(frozen=True)
class Continued:
    """As what a case goes on under another procedure, with all that opens it."""

    case: Case
    kind: CaseKind
    code: str


@dataclass(frozen=True)
class Choice:
    """A button that the reporter is offered, with its form."""

    action: Action
    form: ActionForm
    is_open: bool


def _continued(case: Case) -> Continued | None:
    later = case.goes_on_as
    if later is None:
        return None
    return Continued(later, kind_of(later), shown(access_code(later.number, later.code_version)))


def tracked_page(
    case: Case, *, done: str = "", opened: str = "", form: ActionForm | None = None
) -> dict[str, Any]:
    """The page's context; `form` is what was just tried, wherever its action is not offered any more."""
    now = timezone.now()
    kind = kind_of(case)
    summary = kind.summary(case)
    choices = []
    for action in kind.reporter_actions:
        if action.allowed(Reporter(), case, []):
            is_tried = action.name == opened
            blank = action.form(case=case, actor=Reporter(), prefix=action.name)
            is_open = is_tried or action.stands_open(case)
            choices.append(Choice(action, form if is_tried and form else blank, is_open))
    is_offered_again = any(choice.form is form for choice in choices)
    running = case.deadlines.filter(ended_at=None, step__in=kind.promised_steps)
    promise = running.select_related("rule").order_by("due_at").first()
    entries = timeline(case, Reporter())
    return {
        "case": case,
        "kind": kind,
        "continued": _continued(case),
        "status": kind.workflow.state(case.status).public,
        "entries": entries,
        "given": [file for entry in entries if entry.flavour == "officer" for file in entry.files],
        "choices": choices,
        "refusals": form.non_field_errors() if form and not is_offered_again else [],
        "typed": form.typed() if form and not is_offered_again else [],
        "promise": promise,
        "promise_state": due_state(promise.due_at, now=now, paused=case.paused_at is not None)
        if promise
        else "",
        "promise_days_late": days_late(promise.due_at, now) if promise and promise.due_at < now else 0,
        "done": next((action.done for action in kind.reporter_actions if action.name == done), ""),
        "standing": standing(case),
        **summary,
    }
