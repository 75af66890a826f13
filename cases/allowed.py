"""To whom a button is shown, whatever the kind of case. The verbs check again for themselves."""

from collections.abc import Callable

from opd_pages.models import Role

from .actors import Staff, Voice
from .kinds import kind_of
from .models import Case, Task

Allowed = Callable[[Staff, Case, list[Task]], bool]


def may_move(actor: Staff | Voice, case: Case, target: str) -> bool:
    move = kind_of(case).workflow.move(case.status, target)
    return move is not None and bool(actor.roles_on(case) & set(move.by))


def can_move(target: str) -> Allowed:
    return lambda staff, case, tasks: may_move(staff, case, target)


def voice_may(target: str) -> Allowed:
    return lambda staff, case, tasks: may_move(Voice(staff), case, target)


def owes(step: str, *, or_roles: frozenset[str] = frozenset({Role.HEAD})) -> Allowed:
    """An open task of this step is this officer's; the head may do whatever their unit owes."""

    def allowed(staff: Staff, case: Case, tasks: list[Task]) -> bool:
        return any(
            task.step == step
            and (
                staff.may_do(task)
                or (task.unit_id == case.responsible_unit_id and bool(staff.roles_on(case) & or_roles))
            )
            for task in tasks
        )

    return allowed


def is_involved(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return bool(staff.roles_on(case))


def may_take_over(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    is_anothers = case.closed_at is None and case.handler_id != staff.user.pk
    return is_anothers and bool(staff.roles_on(case) & {Role.OPERATOR, Role.HEAD})


def may_erase(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.closed_at is not None and Role.COORDINATOR in staff.roles_on(case)


def for_the_reporter(verb: Callable[..., None]) -> Callable[..., None]:
    """The reporter's verb, done by an officer who writes down what was said."""

    def perform(case: Case, *, by: Staff, **said) -> None:
        verb(case, by=Voice(by), **said)

    return perform
