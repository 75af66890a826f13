"""Receiving a request for information: number, clocks from receipt, who looks first, in how few statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actors import Reporter
from cases.models import Case, NumberSeries, Party, Rule
from opd_pages.models import Role
from ppid.models import InformationRequest, PpidSettings
from ppid.services.receiving import NoUnit, Request, receive_request
from tests.factories import member
from tests.pengaduan.test_receiving import PHOTO, statements

from .desk import APPLICANT, MONDAY, messages_of, open_steps


def day(moment) -> str:
    return timezone.localdate(moment).isoformat()


def test_it_is_registered_in_the_same_moment_under_a_series_of_its_own(desk):
    case = desk.receive()
    assert case.number == "2026-PIP-KPS-000001"
    assert NumberSeries.objects.get(kind="PIP").last == 1


def test_the_notice_is_due_ten_working_days_after_receipt(desk):
    notice = desk.receive().deadlines.get(step="notice")
    assert day(notice.due_at) == "2026-04-07"
    assert notice.rule.legal_basis == "UU 14/2008 Ps 22(7)"


def test_the_first_look_is_never_later_than_the_notice(desk):
    Rule.objects.filter(procedure="information_request", step="assign").update(amount=30)
    case = desk.receive()
    look, notice = (case.deadlines.get(step=step) for step in ("assign", "notice"))
    assert look.due_at == notice.due_at


def test_what_was_received_earlier_is_due_from_then_and_recorded_now(desk):
    case = desk.receive(at=MONDAY + timedelta(days=2), received_at=MONDAY)
    assert case.received_at == MONDAY
    assert case.events.get().at == MONDAY + timedelta(days=2)
    assert day(case.deadlines.get(step="notice").due_at) == "2026-04-07"


def test_the_operator_looks_first_and_the_applicant_hears_of_the_receipt(desk):
    case = desk.receive()
    task = case.tasks.get()
    assert (task.step, task.role, task.unit) == ("assign", Role.OPERATOR, desk.office.kapas)
    assert messages_of(case) == ["request_received"]


def test_an_office_with_nobody_but_its_ppid_is_looked_after_by_that_one(desk):
    member("ppid-bakalan", desk.office.bakalan, Role.PPID_ASSISTANT)
    task = desk.receive(body=desk.office.bakalan).tasks.get()
    assert (task.role, task.unit) == (Role.PPID_ASSISTANT, desk.office.bakalan)


def test_what_is_asked_of_an_office_without_a_desk_goes_to_the_one_above(desk):
    assert desk.receive(body=desk.office.tanjungharjo).responsible_unit == desk.office.kapas


def test_a_request_to_nobody_in_particular_goes_to_the_ppid_utama(desk):
    PpidSettings.objects.create(main_unit=desk.office.kapas)
    assert desk.receive(body=None).receiving_unit == desk.office.kapas


def test_without_a_setting_the_kabupaten_is_the_ppid_utama(desk):
    member("petugas-kabupaten", desk.office.regency, Role.OPERATOR)
    assert desk.receive(body=None).receiving_unit == desk.office.regency


@pytest.mark.django_db
def test_a_portal_without_units_receives_nothing():
    with pytest.raises(NoUnit):
        receive_request(Request("Salinan rencana kerja.", APPLICANT), by=Reporter())


@pytest.mark.parametrize("column", ["id_number", "address", "occupation", "represented"])
def test_the_applicants_particulars_lie_encrypted_in_the_database(desk, column):
    case = desk.receive(**{column: "Terbaca 3522140101900001"})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM ppid_informationrequest")
        (stored,) = cursor.fetchone()
    assert "3522140101900001" not in stored
    assert getattr(InformationRequest.objects.get(case=case), column) == "Terbaca 3522140101900001"


def test_the_nik_is_shown_by_its_last_digits_only(desk):
    request = InformationRequest.objects.get(case=desk.receive())
    assert request.masked_id_number == "••••••••••••0001"


def test_the_same_submission_makes_one_request(desk):
    first = desk.receive(submission_key="k" * 43)
    assert desk.receive(submission_key="k" * 43) == first
    assert (Case.objects.count(), Party.objects.count()) == (1, 1)


@pytest.mark.parametrize("images", [[], [PHOTO] * 4], ids=["words-alone", "four-photos"])
def test_a_receipt_is_twelve_statements_at_most_and_reads_no_table_in_its_transaction(
    committed, desk, images
):
    desk.receive()
    with CaptureQueriesContext(connection) as captured:
        desk.receive(images=images)
    done = statements(captured)
    begin = done.index("BEGIN")
    assert done[:begin] == ["SELECT membership", "SELECT sweepmark"]
    assert done[begin:] == [
        "BEGIN",
        "INSERT numberseries",
        "INSERT case",
        "INSERT event",
        "INSERT eventwords",
        "INSERT informationrequest",
        "INSERT party",
        "INSERT deadline",
        "INSERT task",
        "INSERT outboxmessage",
        *(["INSERT casefile"] if images else []),
        "COMMIT",
    ]


def test_a_fresh_request_waits_for_one_step(desk):
    assert open_steps(desk.receive()) == ["assign"]
