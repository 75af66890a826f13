"""What somebody reports by word of mouth, written down by an officer at /meja/laporan/baru/."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from opd_pages.models import Role
from tests.browsers import browser, code_of, report_form, words
from tests.factories import make_unit, member
from tests.pengaduan.desk import JAKARTA

FORM = "/meja/laporan/baru/"


@pytest.fixture
def told(desk):
    """What the operator of Kapas types in at the counter."""

    def typed(**changes):
        form = report_form(desk.office, desk=str(desk.office.kapas.pk), channel="phone")
        return form | {"received_on": "2026-11-20", "received_time": "15:30"} | changes

    return typed


@pytest.fixture
def at_the_counter(desk):
    return browser(desk.operator)


def test_a_report_told_on_the_telephone_is_written_down_as_told_then(told, at_the_counter, desk):
    response = at_the_counter.post(FORM, told())
    case = Case.objects.get()
    assert response.url == reverse("desk_receipt", args=[case.number])
    assert case.received_at == datetime(2026, 11, 20, 15, 30, tzinfo=JAKARTA)
    assert (case.complaint.channel, case.events.get(seq=1).actor) == ("phone", desk.operator)


def test_its_promise_counts_from_when_it_was_told(told, at_the_counter):
    at_the_counter.post(FORM, told())
    answer = Case.objects.get().deadlines.get(step="answer")
    assert timezone.localtime(answer.due_at, JAKARTA).date().isoformat() == "2026-11-23"


def test_the_officer_prints_the_receipt_with_the_reporters_code(told, at_the_counter):
    receipt = at_the_counter.get(at_the_counter.post(FORM, told()).url)
    assert code_of(Case.objects.get()) in words(receipt)


def test_nobody_else_prints_it_nor_the_officer_an_hour_later(told, at_the_counter, desk, monkeypatch):
    address = at_the_counter.post(FORM, told()).url
    assert browser(desk.head).get(address).status_code == 404
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("cases.views.counter.timezone.now", lambda: later)
    assert at_the_counter.get(address).status_code == 404


def test_whoever_stands_at_the_counter_needs_no_telephone(told, at_the_counter):
    response = at_the_counter.post(FORM, told(channel="counter", phone=""))
    assert (response.status_code, Case.objects.count()) == (302, 1)


def test_sent_twice_it_makes_one_report(told, at_the_counter):
    form = told()
    addresses = {at_the_counter.post(FORM, form).url for _again in range(2)}
    assert (len(addresses), Case.objects.count()) == (1, 1)


def test_nothing_is_told_tomorrow_and_what_was_typed_stays(told, at_the_counter):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    response = at_the_counter.post(FORM, told(received_on=tomorrow))
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert "Waktu diterima tidak dapat sesudah sekarang." in words(response)
    assert "Lampu jalan depan balai desa padam sejak Senin." in words(response)


def test_a_report_about_the_own_office_is_left_to_the_reporter(told, at_the_counter, desk):
    """The officer would hold the code to a report that accuses the officer's own unit."""
    form = told(is_about_officer="yes", accused=str(desk.office.kapas.pk))
    response = at_the_counter.post(FORM, form)
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert "Persilakan pelapor mengisinya sendiri" in words(response)


def test_whistle_blowing_is_written_down_by_the_inspectorate_only(told, at_the_counter, desk):
    whistle = told(report_class="whistleblowing")
    assert at_the_counter.post(FORM, whistle).status_code == 422
    inspector = browser(member("inspektur", desk.office.inspectorate, Role.HEAD))
    form = whistle | {"desk": str(desk.office.inspectorate.pk)}
    assert inspector.post(FORM, form).status_code == 302
    case = Case.objects.get()
    # Whoever receives it is not whom it accuses.
    assert (case.responsible_unit, case.concerns_unit) == (desk.office.inspectorate, None)


def test_a_report_for_an_office_the_officer_does_not_see_still_has_its_receipt(told, at_the_counter, desk):
    form = told(is_about_officer="yes", accused=str(desk.office.dander.pk))
    receipt = at_the_counter.get(at_the_counter.post(FORM, form).url)
    case = Case.objects.get()
    assert (case.responsible_unit, receipt.status_code) == (desk.office.regency, 200)
    assert at_the_counter.get(reverse("desk_case", args=[case.number])).status_code == 404


def test_it_is_addressed_to_a_desk_of_ones_own(told, at_the_counter, desk):
    response = at_the_counter.post(FORM, told(desk=str(desk.office.dander.pk)))
    assert (response.status_code, Case.objects.count()) == (422, 0)


def test_an_officer_without_a_desk_has_no_counter(desk):
    make_unit("MITRA.1", "RADIO", "Radio Contoh", "mitra")
    regent = browser(member("bupati", desk.office.regency, Role.REGENT))
    assert regent.get(FORM).status_code == 404
