"""Numbers are given in the transaction of receipt: in order, without gaps, one series per unit, kind and year."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.actors import Reporter
from cases.kinds import CaseKind, enter_kind, kind_of
from cases.models import Case, IdentityMode, NumberSeries
from cases.services import inserting
from cases.services.receipt import Identity, next_number
from pengaduan.services import desk as desk_services
from pengaduan.services.receiving import Report, receive_report
from tests.pengaduan.desk import JAKARTA, TUESDAY


def test_a_number_says_year_kind_and_unit(desk):
    assert desk.receive().number == "2026-ADU-KPS-000001"


def test_numbers_follow_each_other(desk):
    assert [desk.receive().number[-6:] for _ in range(3)] == ["000001", "000002", "000003"]


def test_each_unit_kind_and_year_and_the_demo_count_for_themselves(desk):
    kapas, dander = desk.office.kapas, desk.office.dander
    given = [
        next_number(kapas, "ADU", 2026, is_demo=False),
        next_number(dander, "ADU", 2026, is_demo=False),
        next_number(kapas, "PIP", 2026, is_demo=False),
        next_number(kapas, "ADU", 2027, is_demo=False),
        next_number(kapas, "ADU", 2026, is_demo=True),
        next_number(kapas, "ADU", 2026, is_demo=False),
    ]
    assert given == [
        "2026-ADU-KPS-000001",
        "2026-ADU-DDR-000001",
        "2026-PIP-KPS-000001",
        "2027-ADU-KPS-000001",
        "2026-ADU-DEMO-KPS-000001",
        "2026-ADU-KPS-000002",
    ]


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "2026"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "2027"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=JAKARTA), "2027"),
    ],
)
def test_the_year_is_the_offices_own(desk, moment, year):
    assert desk.receive(at=moment).number[:4] == year


def test_a_receipt_that_fails_gives_its_number_back(desk, monkeypatch):
    desk.receive()
    with monkeypatch.context() as broken:
        broken.setattr(inserting, "_statement", fail)
        with pytest.raises(OSError, match="disk"):
            desk.receive()
    assert NumberSeries.objects.get().last == 1
    assert desk.receive().number == "2026-ADU-KPS-000002"


def fail(*_args, **_options):
    raise OSError("disk")


def test_a_case_keeps_the_number_of_the_unit_that_received_it(desk):
    case = desk.receive()
    desk_services.pass_on(
        case, by=desk.staff("head"), seen=1, unit=desk.office.works, reason="Jalan kabupaten."
    )
    moved = Case.objects.get()
    assert (moved.number, moved.receiving_unit, moved.responsible_unit) == (
        "2026-ADU-KPS-000001",
        desk.office.kapas,
        desk.office.works,
    )


def test_a_repeated_submission_is_told_the_number_it_has(desk):
    report = Report(
        words="Lampu jalan mati.",
        identity=Identity(IdentityMode.NONE),
        district=desk.office.kapas,
        submission_key="k" * 43,
    )
    first, is_new = receive_report(report, by=Reporter(), at=TUESDAY)
    again, is_new_again = receive_report(report, by=Reporter(), at=TUESDAY)
    assert (is_new, is_new_again) == (True, False)
    assert (first.number, again.number) == ("2026-ADU-KPS-000001", "2026-ADU-KPS-000001")
    assert NumberSeries.objects.get().last == 1


def test_two_kinds_of_case_cannot_share_a_code(desk):
    complaint: CaseKind = kind_of(desk.receive())
    request = replace(complaint, workflow=replace(complaint.workflow, kind="request"))
    with pytest.raises(ValueError, match="number code ADU belongs to complaint"):
        enter_kind(request)
