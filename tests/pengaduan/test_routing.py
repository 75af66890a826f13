"""Nobody receives a report about themselves, and no report lands where nobody opens the desk."""

import pytest

from cases.actors import Staff
from cases.models import Case
from cases.visibility import cases_for
from opd_pages.models import Role, Unit
from pengaduan.models import ReportClass
from pengaduan.services.routing import NoDesk, Route, route
from tests.factories import member

from .steps import fresh

COMPLAINT, WHISTLE = ReportClass.COMPLAINT, ReportClass.WHISTLEBLOWING


@pytest.fixture
def staffed(desk):
    """Everybody has a desk: Kapas from the start, now also its desa, the inspectorate and the regency."""
    office = desk.office
    for name, unit in (
        ("bakalan", office.bakalan),
        ("insp", office.inspectorate),
        ("regency", office.regency),
    ):
        member(f"{name}-operator", unit, Role.OPERATOR)
        member(f"{name}-head", unit, Role.HEAD)
    return office


def test_a_report_goes_to_the_unit_it_is_addressed_to(staffed):
    way = route(addressed_to=staffed.kapas, accused=None, report_class=COMPLAINT)
    assert way == Route(staffed.kapas, None, is_supervisory=False, first_role=Role.OPERATOR)


def test_a_report_without_address_goes_to_the_kabupaten(staffed):
    assert route(addressed_to=None, accused=None, report_class=COMPLAINT).unit == staffed.regency


@pytest.mark.parametrize(
    ("accused", "target"),
    [
        ("bakalan", "kapas"),
        ("kapas", "regency"),
        ("works", "regency"),
        ("inspectorate", "regency"),
        ("regency", "inspectorate"),
    ],
)
@pytest.mark.parametrize("addressed_to", ["kapas", "bakalan", "regency", None])
def test_a_complaint_about_officers_goes_to_the_unit_above_them(staffed, accused, target, addressed_to):
    addressee = addressed_to and getattr(staffed, addressed_to)
    way = route(addressed_to=addressee, accused=getattr(staffed, accused), report_class=COMPLAINT)
    assert way == Route(
        getattr(staffed, target), getattr(staffed, accused), is_supervisory=True, first_role=Role.OPERATOR
    )


@pytest.mark.parametrize(
    ("accused", "target"),
    [
        (None, "inspectorate"),
        ("kapas", "inspectorate"),
        ("regency", "inspectorate"),
        ("inspectorate", "regency"),
    ],
)
def test_whistle_blowing_goes_to_the_inspectorate_unless_it_is_accused(staffed, accused, target):
    unit = accused and getattr(staffed, accused)
    way = route(addressed_to=staffed.kapas, accused=unit, report_class=WHISTLE)
    assert way == Route(getattr(staffed, target), unit, is_supervisory=True, first_role=Role.OPERATOR)


def test_where_there_is_no_inspectorate_whistle_blowing_goes_to_the_kabupaten(staffed):
    staffed.inspectorate.valid_until = "2021-01-01"
    staffed.inspectorate.save()
    assert route(addressed_to=staffed.kapas, accused=None, report_class=WHISTLE).unit == staffed.regency


def test_a_desa_without_a_desk_is_served_by_its_kecamatan(desk):
    assert (
        route(addressed_to=desk.office.bakalan, accused=None, report_class=COMPLAINT).unit
        == desk.office.kapas
    )


def test_a_kecamatan_without_a_desk_is_served_by_the_kabupaten(desk):
    way = route(addressed_to=desk.office.dander, accused=None, report_class=COMPLAINT)
    assert way.unit == desk.office.regency


def test_a_desk_whose_people_have_left_is_no_desk(desk):
    member("mantan", desk.office.bakalan, Role.HEAD, valid_until="2021-01-01")
    member("penyunting", desk.office.bakalan, Role.EDITOR)
    assert (
        route(addressed_to=desk.office.bakalan, accused=None, report_class=COMPLAINT).unit
        == desk.office.kapas
    )


def test_the_way_up_from_an_empty_desk_never_ends_at_the_accused(desk):
    """The inspectorate has nobody, and the unit above it is the one complained of."""
    way = route(addressed_to=None, accused=desk.office.regency, report_class=COMPLAINT)
    assert way.unit == desk.office.inspectorate


def test_without_any_unit_there_is_no_way(db):
    with pytest.raises(NoDesk):
        route(addressed_to=None, accused=None, report_class=COMPLAINT)


@pytest.mark.parametrize("accused", ["bakalan", "kapas", "works", "inspectorate", "regency"])
@pytest.mark.parametrize("report_class", [COMPLAINT, WHISTLE])
def test_nobody_of_the_accused_unit_sees_it_whatever_else_they_are(desk, staffed, accused, report_class):
    unit: Unit = getattr(staffed, accused)
    people = [member(f"terlapor-{role}", unit, role) for role in Role]
    case = desk.receive(accused=unit, report_class=report_class)
    seeing = [user.username for user in people if cases_for(Staff.of(user)).filter(pk=case.pk).exists()]
    assert seeing == []


@pytest.mark.parametrize("accused", ["bakalan", "kapas", "works", "inspectorate", "regency"])
def test_somebody_can_work_on_every_report_that_accuses(desk, staffed, accused):
    case = desk.receive(accused=getattr(staffed, accused))
    heads = [Staff.of(member.user) for member in case.responsible_unit.memberships.filter(role=Role.HEAD)]
    assert [head.roles_on(case) for head in heads] == [{Role.HEAD}]


def test_a_desa_whose_kecamatan_is_accused_is_not_told(desk, staffed):
    case = desk.receive(accused=staffed.kapas, village=staffed.bakalan)
    assert fresh(case).responsible_unit == staffed.regency
    assert Case.objects.filter(responsible_unit=staffed.bakalan).count() == 0
