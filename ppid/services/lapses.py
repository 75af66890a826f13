"""What silence does: clocks of the applicant's that run out."""

from datetime import datetime

from cases.actors import System
from cases.models import Case
from cases.services.changes import CaseChange, change
from opd_pages.models import Role

from ..guards import is_waited_for
from ..workflow import DECIDED


def note_not_completed(case: Case, at: datetime) -> None:
    """The applicant added nothing in time: the desk decides how the request goes on. The law ends it nowhere."""
    with change(case, by=System(), at=at) as changing:
        if changing.case.status == "incomplete" and _has_lapsed(changing, "complete"):
            changing.end_clocks("complete")
            # Waiting is over: what stood still for the applicant's sake runs on, however long the desk takes.
            changing.resume_clocks()
            changing.record("not_completed", internal=False)
            changing.notify("desk_not_completed", role=Role.OPERATOR)


def close_without_objection(case: Case, at: datetime) -> None:
    """The time for an objection went by (UU 14/2008 Ps 36(1)), and nothing is left to hand over or to tell."""
    if is_waited_for(case):
        return
    with change(case, by=System(), at=at) as changing:
        if changing.case.status in DECIDED and _has_lapsed(changing, "objection"):
            changing.move("closed")
            changing.notify_reporter("request_status")


def _has_lapsed(changing: CaseChange, step: str) -> bool:
    return changing.case.deadlines.filter(step=step, ended_at=None, due_at__lt=changing.at).exists()
