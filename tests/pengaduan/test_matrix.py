"""Every state, every state after it, everybody: what the complaint's table allows, and nothing else."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from cases import history
from cases.actors import Actor, Reporter, Staff, System, Voice
from cases.models import Case
from cases.services.changes import MoveRefused, WordsMissing, change
from cases.workflow import PARENT, REPORTER, REPORTER_BY_VOICE, SYSTEM, Move
from opd_pages.models import Role
from pengaduan.models import Answer
from pengaduan.workflow import COMPLAINT
from tests.factories import member

from .desk import TUESDAY, Desk

STATES = [state.name for state in COMPLAINT.states]
# Roles that mean nothing to a case of their own unit: they keep pages, look at figures, or send reports.
BYSTANDERS = (Role.EDITOR, Role.MONITOR, Role.OBSERVER, Role.PARTNER, Role.ADMINISTRATOR)


@dataclass
class Somebody:
    name: str
    actor: Actor
    # What the table calls them; nothing for whoever is nobody to the case.
    roles: frozenset[str]
    is_accused: bool = False


# Who looks over units works as its desk on what came to their own.
ALSO = {Role.COORDINATOR: Role.OPERATOR, Role.INSPECTOR: Role.OPERATOR}
NOBODY = frozenset()


def everybody(desk: Desk) -> list[Somebody]:
    kapas = desk.office.kapas
    people = []
    for role in Role:
        section = desk.office.order_section if role == Role.SECTION_HEAD else None
        user = member(f"semua-{role}", kapas, role, section=section)
        roles = NOBODY if role in BYSTANDERS else frozenset({role, ALSO.get(role, role)})
        people.append(Somebody(role, Staff.of(user), roles))
    above = Staff.of(member("kepala-kabupaten", desk.office.regency, Role.HEAD))
    elsewhere = Staff.of(member("camat-dander", desk.office.dander, Role.HEAD))
    return [
        *people,
        Somebody("unit above", above, frozenset({PARENT})),
        Somebody("coordinator above", desk.staff("coordinator"), frozenset({str(Role.COORDINATOR)})),
        Somebody("reporter", Reporter(), frozenset({REPORTER})),
        Somebody("voice", Voice(desk.staff("operator")), frozenset({REPORTER_BY_VOICE})),
        Somebody("voice of nobody", Voice(elsewhere), NOBODY),
        Somebody("system", System(), frozenset({SYSTEM})),
        Somebody("other unit", elsewhere, NOBODY),
        Somebody("accused head", desk.staff("head"), NOBODY, is_accused=True),
        Somebody("accused operator", desk.staff("operator"), NOBODY, is_accused=True),
        Somebody("voice of the accused", Voice(desk.staff("head")), NOBODY, is_accused=True),
    ]


def force(case: Case, state: str, *, accused=None) -> None:
    Case.objects.filter(pk=case.pk).update(status=state, concerns_unit=accused)


def fulfil_guards(desk: Desk, case: Case, target: str) -> None:
    """What the guards want to see: an answer approved now, and a question asked in the state to go back to."""
    promised = TUESDAY.date() if (case.status, target) == ("reopen_requested", "answered") else None
    Answer.objects.create(
        case=case,
        text="Papan diganti.",
        outcome="promised" if promised else "done",
        promised_until=promised,
        drafted_by=desk.drafter,
        drafted_at=TUESDAY,
        approved_by=desk.head,
        approved_at=TUESDAY,
    )
    if case.status == "needs_clarification":
        locked = Case.objects.get(pk=case.pk)
        asked = {"from": target, "to": "needs_clarification"}
        history.append(locked, kind="moved", at=TUESDAY, actor=System(), data=asked)
        locked.save()


def stand(case: Case) -> tuple:
    """All that a refused move must leave as it was."""
    now = Case.objects.values().get(pk=case.pk)
    tasks = list(case.tasks.order_by("pk").values_list("pk", "done_at"))
    clocks = list(case.deadlines.order_by("pk").values_list("pk", "due_at", "paused_at", "ended_at"))
    return now, case.events.count(), tasks, clocks


class UndoneError(Exception):
    """Takes an allowed move back, so that the next person meets the same case."""


@pytest.mark.parametrize("origin", STATES)
def test_a_move_is_allowed_exactly_to_whom_the_table_names(desk, origin):
    case = desk.receive()
    people = everybody(desk)
    expected, allowed = set(), set()
    for target in STATES:
        move = COMPLAINT.move(origin, target)
        expected |= {(target, person.name) for person in people if move and is_named(move, person)}
        for accused in (None, desk.office.kapas):
            with transaction.atomic():
                force(case, origin, accused=accused)
                case.refresh_from_db()
                fulfil_guards(desk, case, target)
                before = stand(case)
                present = [person for person in people if person.is_accused == bool(accused)]
                allowed |= {(target, person.name) for person in present if may_move(case, target, person)}
                assert stand(case) == before
                transaction.set_rollback(True)
    assert allowed == expected


def is_named(move: Move, person: Somebody) -> bool:
    """Nobody stands in for a head who is there."""
    stand_ins = (
        {PARENT, Role.COORDINATOR, Role.INSPECTOR}
        if move.target == "answered" and move.origin == "in_progress"
        else set()
    )
    return bool(person.roles & set(move.by) - stand_ins)


def may_move(case: Case, target: str, person: Somebody) -> bool:
    try:
        with change(case.pk, by=person.actor, seen=1, at=TUESDAY) as changing:
            changing.move(target, text="Alasannya jelas.")
            assert changing.case.status == target
            raise UndoneError
    except UndoneError:
        return True
    except MoveRefused:
        return False


WORDED = [(move.origin, move.target) for move in COMPLAINT.moves if move.needs_text]


def test_a_move_that_needs_words_is_refused_without_them(desk):
    case = desk.receive()
    people = {role: person.actor for person in reversed(everybody(desk)) for role in person.roles}
    accepted = []
    for origin, target in WORDED:
        with transaction.atomic():
            force(case, origin)
            case.refresh_from_db()
            fulfil_guards(desk, case, target)
            before = stand(case)
            by = people[COMPLAINT.move(origin, target).by[0]]
            try:
                with change(case.pk, by=by, at=TUESDAY) as changing:
                    changing.move(target, text=" \r\n\x00 ")
            except WordsMissing:
                if stand(case) != before:
                    accepted.append((origin, target, "changed something"))
            else:
                accepted.append((origin, target))
            transaction.set_rollback(True)
    assert accepted == []


def test_a_refusal_in_the_middle_takes_back_what_went_before(desk):
    case = desk.receive()
    before = stand(case)

    def verify_and_close() -> None:
        with change(case, by=desk.staff("operator"), seen=1) as changing:
            changing.move("verified")
            changing.open_task("dispose", role=Role.HEAD)
            changing.notify("desk_task", role=Role.HEAD)
            changing.move("resolved")

    with pytest.raises(MoveRefused):
        verify_and_close()
    assert stand(case) == before
    assert list(case.messages.filter(template="desk_task")) == []


def test_only_the_reporter_can_call_a_report_resolved():
    moves = [move for move in COMPLAINT.moves if move.target == "resolved"]
    assert [(move.origin, move.by) for move in moves] == [("answered", (REPORTER, REPORTER_BY_VOICE))]


def test_the_system_itself_does_nothing_but_close_and_take_up_what_was_put_off():
    moves = {(move.origin, move.target) for move in COMPLAINT.moves if SYSTEM in move.by}
    assert moves == {
        ("answered", "closed_unconfirmed"),
        ("needs_clarification", "deemed_withdrawn"),
        ("postponed", "in_progress"),
    }


def test_the_desk_that_answered_does_not_decide_on_reopening():
    deciding = [move.by for move in COMPLAINT.moves if move.origin == "reopen_requested"]
    assert set(deciding) == {(PARENT, Role.COORDINATOR, Role.INSPECTOR)}


def test_going_on_after_a_question_leads_back_to_where_it_was_asked(desk):
    case = desk.receive()
    with change(case, by=desk.staff("operator"), at=TUESDAY) as changing:
        changing.move("verified")
        changing.move("needs_clarification", text="Di mana?")
    with (
        pytest.raises(MoveRefused, match=r"dilanjutkan dari keadaannya semula"),
        change(case, by=Reporter()) as changing,
    ):
        changing.move("in_progress", text="Di Bakalan.")


def test_an_answer_needs_an_approval_of_this_very_change(desk):
    case = desk.receive()
    force(case, "in_progress")
    case.refresh_from_db()
    fulfil_guards(desk, case, "answered")
    an_hour_later = TUESDAY.replace(hour=10)
    with (
        pytest.raises(MoveRefused, match=r"Belum ada jawaban yang disetujui"),
        change(case, by=desk.staff("head"), at=an_hour_later) as changing,
    ):
        changing.move("answered")
