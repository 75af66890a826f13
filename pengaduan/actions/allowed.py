"""To whom each button is shown. The verbs check again for themselves."""

from cases.actors import Staff
from cases.allowed import may_move, owes
from cases.models import Case, Task
from cases.workflow import PARENT
from opd_pages.models import Role

from ..guards import accuses_nobody, latest_answer, open_promise
from ..services.desk import HANDED_OVER_IN, PASSING_ON, why_not_shown

DESK = {Role.OPERATOR, Role.HEAD}
BEING_HANDLED = ("verified", "in_progress", "reopened")


def may_dispose(role: Role):
    """A secret report is not given to a section: its people could not see it."""

    def allowed(staff: Staff, case: Case, tasks: list[Task]) -> bool:
        return (
            role in staff.roles_on(case)
            and case.status in BEING_HANDLED
            and not case.is_secret
            and case.complaint.desk_procedure.is_disposed
        )

    return allowed


def may_draft(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    """Whoever owes the wording; and the head at any time, who may need no section for it."""
    if case.status not in BEING_HANDLED:
        return False
    return Role.HEAD in staff.roles_on(case) or owes("draft", or_roles=frozenset({Role.PPID_ASSISTANT}))(
        staff, case, tasks
    )


def waits_for_approval(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return owes("approve")(staff, case, tasks)


def may_check_promise(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    if not staff.roles_on(case) & {*DESK, Role.SECTION_HEAD, Role.COORDINATOR, PARENT}:
        return False
    promise = open_promise(case) if case.status == "answered" else None
    return promise is not None and not promise.was_given_by(staff.user)


def may_pass_on(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in HANDED_OVER_IN and bool(staff.roles_on(case) & PASSING_ON)


def may_keep_from(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    if case.concerns_unit_id is not None or case.status not in HANDED_OVER_IN:
        return False
    return bool(staff.roles_on(case) & {*PASSING_ON, Role.INSPECTOR})


def may_clear_accused(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.concerns_unit_id is not None and Role.COORDINATOR in staff.roles_on(case)


def may_change_public_copy(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    is_shown = case.status != "received" and why_not_shown(case) is None
    return is_shown and bool(staff.roles_on(case) & DESK)


def may_hand_to_ppid(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return may_move(staff, case, "handed_to_ppid") and accuses_nobody(case, None) is None


def may_rate_for_reporter(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    """Nobody is the voice of a reporter whom they answered."""
    answer = latest_answer(case) if case.status == "answered" and staff.roles_on(case) else None
    return bool(answer) and not answer.was_given_by(staff.user)
