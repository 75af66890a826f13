import pytest

from cases.actors import Staff
from cases.visibility import can_see
from opd_pages.models import Role
from tests.factories import member
from tests.pengaduan.desk import Desk

pytestmark = pytest.mark.django_db


def test_the_cases_of_a_desa_that_moves_are_seen_from_its_new_kecamatan(office):
    desk = Desk.at_kapas(office)
    member("kades", office.bakalan, Role.HEAD)
    case = desk.receive(village=office.bakalan)
    camat_of_dander = Staff.of(member("camat.dander", office.dander, Role.HEAD))
    assert (can_see(desk.staff("head"), case), can_see(camat_of_dander, case)) == (True, False)
    office.bakalan.parent = office.dander
    office.bakalan.save()
    assert (can_see(desk.staff("head"), case), can_see(camat_of_dander, case)) == (False, True)
