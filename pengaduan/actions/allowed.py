"""To whom each button is shown. The verbs check again for themselves."""

from cases.actors import Staff, Voice
from cases.models import Case, Task
from cases.workflow import PARENT
from opd_pages.models import Role

from ..guards import latest_answer
from ..workflow import COMPLAINT

DESK = {Role.OPERATOR, Role.HEAD}
BEFORE_ANSWER = {"received", "verified", "in_progress", "reopened"}
BEING_HANDLED = ("verified", "in_progress", "reopened")


def may_move(actor: Staff | Voice, case: Case, target: str) -> bool:
    move = COMPLAINT.move(case.status, target)
    return move is not None and bool(actor.roles_on(case) & set(move.by))


def can_move(target: str):
    return lambda staff, case, tasks: may_move(staff, case, target)


def owes(step: str, *, or_roles: frozenset[str] = frozenset({Role.HEAD})):
    """An open task of this step is this officer's; the head may do whatever their unit owes."""

    def allowed(staff: Staff, case: Case, tasks: list[Task]) -> bool:
        return any(
            task.step == step and (staff.may_do(task) or bool(staff.roles_on(case) & or_roles))
            for task in tasks
        )

    return allowed


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
    return Role.HEAD in staff.roles_on(case) and any(task.step == "approve" for task in tasks)


def may_check_promise(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    if not staff.roles_on(case) & {*DESK, Role.SECTION_HEAD, Role.COORDINATOR, PARENT}:
        return False
    answer = latest_answer(case) if case.status == "answered" else None
    return bool(answer) and answer.is_open_promise and not answer.was_given_by(staff.user)


def may_pass_on(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in BEFORE_ANSWER and bool(staff.roles_on(case) & {*DESK, Role.COORDINATOR})


def may_change_public_copy(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return not case.is_secret and case.status != "received" and bool(staff.roles_on(case) & DESK)


def is_involved(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return bool(staff.roles_on(case))


def may_rate_for_reporter(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    """Nobody is the voice of a reporter whom they answered."""
    answer = latest_answer(case) if case.status == "answered" and staff.roles_on(case) else None
    return bool(answer) and not answer.was_given_by(staff.user)


def voice_may(target: str):
    return lambda staff, case, tasks: may_move(Voice(staff), case, target)
