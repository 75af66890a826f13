"""Every state, every state after it, everybody: what the table of a request allows, and nothing else."""

import pytest
from django.db import transaction

from cases.actors import Actor, Reporter, Staff, System, Voice
from cases.models import Case, Task
from cases.services.changes import MoveRefused, change
from cases.workflow import PARENT, REPORTER, REPORTER_BY_VOICE, SYSTEM, Move
from opd_pages.models import Role
from ppid.models import Notice
from ppid.workflow import DECIDED, REQUEST
from tests.factories import member

from .desk import MONDAY, Desk, weighed

STATES = [state.name for state in REQUEST.states]
BYSTANDERS = (Role.EDITOR, Role.MONITOR, Role.OBSERVER, Role.PARTNER, Role.ADMINISTRATOR)
# Who looks over units works as its desk on what came to their own.
ALSO = {Role.COORDINATOR: Role.OPERATOR, Role.INSPECTOR: Role.OPERATOR}


def everybody(desk: Desk) -> dict[str, tuple[Actor, frozenset[str]]]:
    """By name: who asks, and what the table calls them; nothing for whoever is nobody to the case."""
    kapas, people = desk.office.kapas, {}
    for role in Role:
        section = desk.office.order_section if role == Role.SECTION_HEAD else None
        user = member(f"semua-{role}", kapas, role, section=section)
        roles = frozenset() if role in BYSTANDERS else frozenset({role, ALSO.get(role, role)})
        people[role] = (Staff.of(user), roles)
    above = Staff.of(member("kepala-kabupaten", desk.office.regency, Role.HEAD))
    elsewhere = Staff.of(member("camat-dander", desk.office.dander, Role.HEAD))
    return people | {
        "unit above": (above, frozenset({PARENT})),
        "reporter": (Reporter(), frozenset({REPORTER})),
        "voice": (Voice(desk.staff("operator")), frozenset({REPORTER_BY_VOICE})),
        "voice of nobody": (Voice(elsewhere), frozenset()),
        "system": (System(), frozenset({SYSTEM})),
        "other unit": (elsewhere, frozenset()),
    }


def owing(case: Case, person: str, desk: Desk) -> None:
    """The answer is addressed to this person, as if nobody nearer held the step."""
    unit = desk.office.regency if person == "unit above" else desk.office.kapas
    role = Role.HEAD if person == "unit above" else person
    Task.objects.create(case=case, step="draft", unit=unit, role=role, opened_at=MONDAY)


def issued_now(case: Case, desk: Desk, decision: str) -> None:
    Notice.objects.create(
        case=case,
        decision=decision,
        consequence_test=weighed(desk),
        letter_number="1",
        drafted_by=desk.assistant,
        drafted_at=MONDAY,
        issued_by=desk.assistant,
        issued_at=MONDAY,
    )


class UndoneError(Exception):
    """Takes an allowed move back, so that the next person meets the same case."""


def may_move(case: Case, target: str, actor: Actor) -> bool:
    try:
        with change(case.pk, by=actor, seen=1, at=MONDAY) as changing:
            changing.move(target, text="Alasannya jelas.")
            raise UndoneError
    except UndoneError:
        return True
    except MoveRefused:
        return False


@pytest.mark.parametrize("origin", STATES)
def test_a_move_is_allowed_exactly_to_whom_the_table_names(desk, origin):
    case, people = desk.receive(), everybody(desk)
    Case.objects.filter(pk=case.pk).update(status=origin)
    expected, allowed = set(), set()
    for target in STATES:
        move = REQUEST.move(origin, target)
        for person, (actor, roles) in people.items():
            if move and roles & set(move.by):
                expected.add((target, person))
            with transaction.atomic():
                owing(case, person, desk)
                if target in DECIDED:
                    issued_now(case, desk, target)
                if may_move(case, target, actor):
                    allowed.add((target, person))
                transaction.set_rollback(True)
    assert allowed == expected


WITH_THE_ANSWER = [move for move in REQUEST.moves if Role.PPID_ASSISTANT in move.by and move.guard]


@pytest.mark.parametrize("move", WITH_THE_ANSWER, ids=lambda move: f"{move.origin}-{move.target}")
def test_whoever_does_not_owe_the_answer_does_not_give_it(desk, move: Move):
    case = desk.receive()
    Case.objects.filter(pk=case.pk).update(status=move.origin)
    if move.target in DECIDED:
        issued_now(case, desk, move.target)
    owing(case, Role.PPID_ASSISTANT, desk)
    assert not may_move(case, move.target, desk.staff("head"))


def test_no_administrator_has_a_part_in_a_request():
    assert [move for move in REQUEST.moves if Role.ADMINISTRATOR in move.by] == []


def test_the_system_itself_only_asks_for_what_is_missing_and_closes_what_is_over():
    moves = {(move.origin, move.target) for move in REQUEST.moves if SYSTEM in move.by}
    assert moves == {("received", "incomplete"), *((state, "closed") for state in DECIDED)}
