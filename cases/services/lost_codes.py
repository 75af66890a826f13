"""A lost access code: voided, and a new one told to whoever left the contact that the case knows."""

from datetime import datetime, timedelta

from ..actors import Staff, System
from ..models import Case
from .changes import change
from .staffing import CALL_REPORTER

RENEWED, CALLED = "code_renewed", "reporter_called"
# Nobody who knows another one's number and contact takes their code away from them all day.
AGAIN_AFTER = timedelta(hours=1)


def renew_code(case: Case, *, at: datetime | None = None) -> None:
    """Void the code, and send another by the channel that reaches the reporter; whom none reaches is called.

    Nothing where that was done within the hour: the message is on its way. Raises CaseBusy.
    """
    with change(case, by=System(), at=at) as changing:
        if changing.case.events.filter(kind=RENEWED, at__gt=changing.at - AGAIN_AFTER).exists():
            return
        changing.case.code_version += 1
        changing.record(RENEWED)
        changing.notify_reporter("access_code")


def reads_out_code(staff: Staff, case: Case) -> bool:
    """Whether this officer is to call the reporter, who has not been called since the code was renewed."""
    if case.code_version == 1:
        return False
    last = (
        case.events.filter(kind__in=(RENEWED, CALLED)).order_by("seq").values_list("kind", flat=True).last()
    )
    calls = case.tasks.filter(step=CALL_REPORTER, done_at=None)
    return last == RENEWED and any(staff.may_do(task) for task in calls)
