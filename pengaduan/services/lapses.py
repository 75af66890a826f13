"""What silence does: clocks of the reporter's that run out."""

from datetime import datetime

from cases.actors import System
from cases.models import Case
from cases.services.changes import change

from .desk import take_up_again


def close_unconfirmed(case: Case, at: datetime) -> None:
    """The reporter said nothing to the answer: closed, which is not called resolved, and may be opened again."""
    with change(case, by=System(), at=at) as changing:
        if changing.case.status == "answered" and _has_lapsed(changing, "confirm"):
            changing.move("closed_unconfirmed")
            changing.notify_reporter("complaint_status")


def deem_withdrawn(case: Case, at: datetime) -> None:
    """The reporter did not complete the report (UU 25/2009 Ps 44(3))."""
    with change(case, by=System(), at=at) as changing:
        if changing.case.status == "needs_clarification" and _has_lapsed(changing, "complete"):
            changing.move("deemed_withdrawn")
            changing.notify_reporter("complaint_status")


def end_postponement(case: Case, at: datetime) -> None:
    """The day until which the office had put the report off has come."""
    with change(case, by=System(), at=at) as changing:
        is_due = changing.case.status == "postponed" and _has_lapsed(changing, "postponement")
    if is_due:
        take_up_again(case, by=System(), at=at)


def _has_lapsed(changing, step: str) -> bool:
    return changing.case.deadlines.filter(step=step, ended_at=None, due_at__lt=changing.at).exists()
