"""When units merge their reports follow, and what is about one of them keeps away from those who join."""

import pytest
from django.utils import timezone

from cases.actors import Reporter, Staff
from cases.visibility import can_see
from opd_pages.models import Role
from opd_pages.services.mergers import merge_units
from pengaduan.models import DeskSettings
from pengaduan.procedures import BRIEF
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.factories import member

from . import steps
from .steps import fresh


@pytest.fixture
def camat_of_dander(desk):
    return member("camat.dander", desk.office.dander, Role.HEAD)


def merge(desk) -> None:
    office = desk.office
    for desa in (office.bakalan, office.tanjungharjo):
        desa.parent = office.dander
        desa.save()
    merge_units(office.kapas, office.dander, on=timezone.localdate(), by=desk.head)


def test_an_open_report_is_owed_by_the_new_units_people(desk, camat_of_dander):
    case = steps.in_progress(desk, desk.receive())
    merge(desk)
    case = fresh(case)
    assert (case.responsible_unit, case.handler, case.complaint.procedure) == (
        desk.office.dander,
        None,
        BRIEF,
    )
    assert {(task.unit, task.role) for task in case.tasks.filter(done_at=None)} == {
        (desk.office.dander, Role.HEAD)
    }
    assert set(case.deadlines.filter(ended_at=None).values_list("unit", flat=True)) == {desk.office.dander.pk}
    assert case.messages.filter(template="desk_task", unit=desk.office.dander).exists()


def test_a_closed_report_is_reopened_at_the_successor(desk, camat_of_dander):
    case = desk.receive()
    desk_services.end_without_answer(
        case, by=desk.staff("operator"), seen=None, target="archived", reason="Uji coba."
    )
    merge(desk)
    reporter.ask_to_reopen(case, by=Reporter(), reason="Bukan uji coba.")
    desk_services.decide_reopening(
        case, by=desk.staff("coordinator"), seen=None, is_granted=True, reason="Benar."
    )
    task = fresh(case).tasks.get(done_at=None)
    assert (task.unit, task.role) == (desk.office.dander, Role.HEAD)


def test_what_accused_a_unit_accuses_its_successor(desk, camat_of_dander):
    case = desk.receive(accused=desk.office.kapas)
    merge(desk)
    assert fresh(case).concerns_unit == desk.office.dander
    assert not can_see(Staff.of(camat_of_dander), fresh(case))


def test_a_report_about_the_successor_does_not_come_to_it_with_the_old_unit(desk, camat_of_dander):
    case = desk.receive()
    type(case).objects.filter(pk=case.pk).update(concerns_unit=desk.office.dander, is_supervisory=True)
    merge(desk)
    assert fresh(case).responsible_unit == desk.office.regency
    assert not can_see(Staff.of(camat_of_dander), fresh(case))


def test_a_message_that_waits_for_the_old_unit_goes_to_the_new_one(desk, camat_of_dander):
    case = desk.receive()
    merge(desk)
    assert not case.messages.filter(unit=desk.office.kapas, sent_at=None, dropped_at=None).exists()


def test_a_settled_procedure_of_the_successor_is_kept(desk, camat_of_dander):
    DeskSettings.objects.create(unit=desk.office.dander, procedure_code="reaksi_cepat")
    case = desk.receive()
    merge(desk)
    assert fresh(case).complaint.procedure == "reaksi_cepat"


def test_a_request_to_reopen_goes_with_a_desa_that_moves(desk, camat_of_dander):
    kades = Staff.of(member("kades", desk.office.bakalan, Role.HEAD))
    case = desk.receive(village=desk.office.bakalan)
    desk_services.end_without_answer(case, by=kades, seen=None, target="archived", reason="Uji coba.")
    reporter.ask_to_reopen(case, by=Reporter(), reason="Bukan uji coba.")
    assert case.tasks.get(done_at=None).unit == desk.office.kapas
    desk.office.bakalan.parent = desk.office.dander
    desk.office.bakalan.save()
    assert case.tasks.get(done_at=None).unit == desk.office.dander
