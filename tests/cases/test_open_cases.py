"""The dashboard of a unit counts what its people may see, and tells nobody else that there is anything."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case
from cases.selectors.open_cases import open_cases_of
from opd_pages.models import Role
from opd_pages.selectors.unit_tasks import task_board
from tests.browsers import received_now
from tests.factories import member
from tests.ppid import desk as ppid_desk


def counts(user) -> dict[str, tuple[int, int]]:
    return {str(each.label): (each.open, each.late) for each in open_cases_of(user)}


@pytest.fixture
def cases(desk) -> None:
    """Two reports, one of them late; one that is secret, one that accuses the office, one that is closed; a request."""
    received_now(desk)
    late = received_now(desk)
    Case.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    received_now(desk, is_secret=True)
    received_now(desk, accused=desk.office.kapas)
    closed = received_now(desk)
    Case.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    ppid_desk.Desk.with_the_people_of(desk).receive(at=timezone.now())


def test_the_head_counts_the_secret_ones_too_and_none_that_accuses_the_office(desk, cases):
    assert counts(desk.operator) == {"Pengaduan": (2, 1), "Permohonan informasi": (1, 0)}
    assert counts(desk.head) == {"Pengaduan": (3, 1), "Permohonan informasi": (1, 0)}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.MONITOR, Role.PARTNER])
def test_who_sees_no_case_counts_none(desk, cases, role):
    assert counts(member("lain", desk.office.regency, role)) == {}


def test_the_neighbours_count_nothing_of_it(desk, cases):
    assert counts(member("dander", desk.office.dander, Role.HEAD)) == {}


def test_the_units_dashboard_asks(desk, cases):
    assert [each.open for each in task_board(desk.head).cases] == [3, 1]
