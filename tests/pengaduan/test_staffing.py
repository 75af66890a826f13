"""Who takes a step where an office has few people, or none: it never waits for an empty chair."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actors import Reporter, Staff, System
from cases.models import Case, IdentityMode
from cases.services.changes import CaseRefusal, change
from cases.services.receipt import Identity
from cases.services.staffing import Chair, taker
from cases.services.sweep import sweep
from cases.visibility import can_see
from opd_pages.models import Membership, Role
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.factories import join, member

from . import steps
from .desk import TUESDAY
from .steps import fresh, open_steps

ANSWER = {"text": "Papan sudah diganti.", "outcome": "done"}


def addressed(case: Case) -> list[tuple]:
    """The open steps with the unit and the role they wait for."""
    tasks = case.tasks.filter(done_at=None).select_related("unit").order_by("pk")
    return [(task.step, task.unit.short_code, task.role) for task in tasks]


def leaves(user) -> None:
    Membership.objects.filter(user=user).update(valid_until=timezone.localdate() - timedelta(days=1))


def carry_to_answer(case: Case, *, desk: Staff, approver: Staff) -> None:
    desk_services.verify(case, by=desk, seen=None, at=TUESDAY)
    answers.draft_answer(case, by=desk, seen=None, at=TUESDAY, **ANSWER)
    answers.publish_answer(case, by=approver, seen=None, at=TUESDAY)


def test_a_coordinator_alone_at_the_kabupaten_carries_a_report_about_a_kecamatan_to_its_answer(desk):
    case = desk.receive(accused=desk.office.kapas)
    assert addressed(case) == [("verify", "BJN", Role.COORDINATOR)]
    coordinator = desk.staff("coordinator")
    carry_to_answer(case, desk=coordinator, approver=coordinator)
    assert fresh(case).status == "answered"


def test_in_a_desa_with_nobody_but_its_head_the_head_looks_first(desk):
    member("kades", desk.office.bakalan, Role.HEAD)
    case = desk.receive(village=desk.office.bakalan)
    assert addressed(case) == [("verify", "KPS-2001", Role.HEAD)]


def test_a_secret_report_for_a_desa_without_a_head_goes_to_the_head_above(desk):
    member("carik", desk.office.bakalan, Role.OPERATOR)
    case = desk.receive(village=desk.office.bakalan, is_secret=True)
    assert addressed(case) == [("verify", "KPS", Role.HEAD)]


def test_where_nobody_heads_the_desa_the_camat_publishes_its_answer(desk):
    clerk = Staff.of(member("carik", desk.office.bakalan, Role.OPERATOR))
    case = desk.receive(village=desk.office.bakalan)
    desk_services.verify(case, by=clerk, seen=None, at=TUESDAY)
    answers.draft_answer(case, by=clerk, seen=None, at=TUESDAY, **ANSWER)
    assert addressed(case) == [("approve", "KPS", Role.HEAD)]
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=TUESDAY)
    assert fresh(case).status == "answered"


def test_a_camat_does_not_publish_over_the_head_of_a_desa(desk):
    clerk = Staff.of(member("carik", desk.office.bakalan, Role.OPERATOR))
    member("kades", desk.office.bakalan, Role.HEAD)
    case = desk.receive(village=desk.office.bakalan)
    with pytest.raises(CaseRefusal, match=r"Jawaban diterbitkan oleh pimpinan unit"):
        carry_to_answer(case, desk=clerk, approver=desk.staff("head"))
    assert open_steps(case) == ["approve"]


def test_a_report_passed_on_to_an_office_where_nobody_is_waits_for_somebody_above_it(desk):
    case = steps.verified(desk, desk.receive())
    desk_services.pass_on(
        case, by=desk.staff("head"), seen=None, unit=desk.office.works, reason="Jalan kabupaten.", at=TUESDAY
    )
    assert addressed(case) == [("verify", "BJN", Role.COORDINATOR)]


def test_what_somebody_owed_who_left_is_owed_by_the_next_in_the_office(desk):
    case = desk.receive(at=timezone.now())
    leaves(desk.operator)
    sweep()
    assert addressed(case) == [("verify", "KPS", Role.HEAD)]
    messages = case.messages.filter(template="desk_task", recipient=desk.head)
    assert messages.count() == 1
    sweep()
    assert messages.count() == 1


def test_what_a_whole_office_owed_that_left_is_owed_above_it(desk):
    case = desk.receive(at=timezone.now())
    for person in (desk.operator, desk.head, desk.builder, desk.order_keeper, desk.drafter):
        leaves(person)
    sweep()
    assert addressed(case) == [("verify", "BJN", Role.COORDINATOR)]
    desk_services.pass_on(
        case, by=desk.staff("coordinator"), seen=None, unit=desk.office.works, reason="Kantor kosong."
    )
    assert fresh(case).responsible_unit == desk.office.works


def test_an_order_to_a_section_without_a_head_comes_back_to_who_gave_it(desk):
    leaves(desk.builder)
    case = steps.in_progress(desk, desk.receive())
    assert ("investigate", "KPS", Role.HEAD) in addressed(case)


def test_nobody_of_the_accused_office_takes_a_step_whatever_else_they_are(desk):
    join(desk.head, desk.office.regency, Role.HEAD)
    case = desk.receive(accused=desk.office.kapas)
    assert addressed(case) == [("verify", "BJN", Role.COORDINATOR)]
    assert taker(case, desk.office.regency, Role.HEAD) == Chair(desk.office.regency.pk, Role.COORDINATOR)


def test_where_everybody_above_is_accused_the_inspectorate_takes_the_step(desk):
    inspector = member("irban", desk.office.inspectorate, Role.INSPECTOR)
    case = desk.receive(accused=desk.office.regency)
    assert can_see(Staff.of(inspector), case)
    assert addressed(case) == [("verify", "INSPEKTORAT", Role.INSPECTOR)]


def test_an_inspectorate_of_inspectors_alone_is_a_desk(desk):
    inspector = Staff.of(member("irban", desk.office.inspectorate, Role.INSPECTOR))
    case = desk.receive(report_class="whistleblowing")
    carry_to_answer(case, desk=inspector, approver=inspector)
    assert fresh(case).responsible_unit == desk.office.inspectorate


def test_who_answered_does_not_decide_on_reopening_even_as_the_unit_above(desk):
    """One person heads the desa and, for the time being, the kecamatan."""
    leaves(desk.head)
    both = member("plt", desk.office.bakalan, Role.HEAD)
    join(both, desk.office.kapas, Role.HEAD)
    case = desk.receive(village=desk.office.bakalan)
    carry_to_answer(case, desk=Staff.of(both), approver=Staff.of(both))
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=TUESDAY)
    assert addressed(case) == [("decide_reopening", "BJN", Role.COORDINATOR)]
    with pytest.raises(CaseRefusal, match=r"oleh orang lain, bukan oleh yang menjawab"):
        desk_services.decide_reopening(
            case, by=Staff.of(both), seen=None, is_granted=False, reason="Sudah baik.", at=TUESDAY
        )


def test_a_request_to_reopen_has_a_date_too(desk):
    case = steps.answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=TUESDAY)
    assert fresh(case).due_at is not None


def test_a_step_that_is_open_already_starts_no_second_clock(desk):
    case = steps.in_progress(desk, desk.receive())
    section = desk.office.building_section
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=section, at=TUESDAY)
    assert case.deadlines.filter(step="investigate", ended_at=None).count() == 1


def test_a_step_given_to_somebody_else_is_told_in_the_history(desk):
    case = desk.receive()
    with change(case, by=System(), at=TUESDAY) as changing:
        changing.readdress(case.tasks.get(), Chair(desk.office.kapas.pk, Role.HEAD))
    assert addressed(case) == [("verify", "KPS", Role.HEAD)]
    assert case.events.filter(kind="step_readdressed").count() == 1


def test_who_stands_in_is_told_of_the_report_too(desk):
    kades = member("kades", desk.office.bakalan, Role.HEAD)
    case = desk.receive(village=desk.office.bakalan, at=timezone.now())
    sweep()
    told = case.messages.filter(template="desk_new_complaint", recipient__isnull=False)
    assert [message.recipient for message in told] == [kades]


def test_the_unit_above_takes_over_what_an_office_does_not_finish(desk):
    sekda = Staff.of(member("sekda", desk.office.regency, Role.HEAD))
    case = steps.in_progress(desk, desk.receive())
    desk_services.pass_on(
        case, by=sekda, seen=None, unit=desk.office.regency, reason="Kami ambil alih.", at=TUESDAY
    )
    assert addressed(case) == [("verify", "BJN", Role.HEAD)]


def test_the_call_to_an_anonymous_reporter_waits_for_the_next_coordinator(desk):
    identity = Identity(IdentityMode.ANONYMOUS, "Warga Uji", "+6281234567890")
    member("sekda", desk.office.regency, Role.HEAD)
    case = desk.receive(identity=identity, at=timezone.now())
    sweep()
    leaves(desk.coordinator)
    sweep()
    assert ("call_reporter", "BJN", Role.COORDINATOR) in addressed(case)


def test_an_accusation_takes_the_step_from_whoever_belongs_to_the_accused(desk):
    """The head of the kabupaten's own desk heads the accused dinas as well."""
    both = member("plt", desk.office.regency, Role.HEAD)
    join(both, desk.office.works, Role.HEAD)
    case = desk.receive(district=desk.office.regency)
    assert addressed(case) == [("verify", "BJN", Role.HEAD)]
    desk_services.keep_from(
        case,
        by=desk.staff("coordinator"),
        seen=None,
        unit=desk.office.works,
        reason="Tentang dinas.",
        at=TUESDAY,
    )
    assert addressed(case) == [("verify", "BJN", Role.COORDINATOR)]
