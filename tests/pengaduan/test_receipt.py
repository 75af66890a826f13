"""The receipt: number, code and promise, for the browser that sent the report, and for no other."""

import time

import pytest
from django.core import signing
from django.urls import reverse

from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from cases.views.tracking import COOKIE, OPEN_FOR_SECONDS
from opd_pages.models import Role
from pengaduan.services import desk as desk_services
from tests.browsers import (
    browser,
    code_of,
    queries_of,
    received_now,
    report_form,
    reporters_browser,
    soup,
    words,
)

RECEIPT = "/lacak/bukti/"


@pytest.fixture
def sender(desk):
    client = browser()
    client.post("/lapor/", report_form(desk.office))
    return client


def is_shown(client) -> bool:
    response = client.get(RECEIPT)
    if response.status_code == 302:
        assert response.url == reverse("track")
    return response.status_code == 200


def test_it_says_number_and_code_large(sender):
    case = Case.objects.get()
    facts = soup(sender.get(RECEIPT)).select(".receipt .big")
    assert [(fact.dt.get_text(), fact.dd.get_text()) for fact in facts] == [
        ("Nomor", case.number),
        ("Kode akses", code_of(case)),
    ]


def test_it_promises_a_day_and_says_how_it_was_counted(desk):
    case = desk.receive()
    said = words(reporters_browser(case).get(RECEIPT))
    promise = case.deadlines.get(step="answer")
    assert "Kecamatan Kapas menjawab paling lambat Jumat, 27 November 2026." in said
    assert f"Dihitung {promise.because}." in said


def test_the_number_and_code_on_it_open_the_report(sender):
    big = [dd.get_text() for dd in soup(sender.get(RECEIPT)).select(".receipt .big dd")]
    response = browser().post("/lacak/", {"number": big[0], "code": big[1]})
    assert response.url == reverse("tracked")


def test_it_can_be_printed(sender):
    page = soup(sender.get(RECEIPT))
    assert page.select_one("button[data-print]").get_text().strip() == "Cetak tanda terima"
    assert page.select_one('link[media="print"]') is not None


def test_it_warns_whoever_left_no_contact(desk):
    case = received_now(desk, identity=Identity(IdentityMode.NONE))
    assert "Simpan baik-baik kode akses, karena kami tidak dapat mengirimkannya lagi." in words(
        reporters_browser(case).get(RECEIPT)
    )


def test_it_says_that_the_accused_office_does_not_get_the_report(desk):
    case = received_now(desk, accused=desk.office.works)
    assert "Laporan ini tidak dikirim kepada kantor yang Anda laporkan." in words(
        reporters_browser(case).get(RECEIPT)
    )


def test_it_stays_as_it_was_when_the_report_is_passed_on(desk, sender):
    case = Case.objects.get()
    before = soup(sender.get(RECEIPT)).main
    desk_services.pass_on(
        case, by=desk.staff("operator"), seen=None, unit=desk.office.works, reason="Jalan kabupaten."
    )
    assert soup(sender.get(RECEIPT)).main == before


def test_without_the_cookie_there_is_none(sender):
    assert not is_shown(browser())


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "W10:1:1", "%00", "x" * 5000])
def test_a_made_up_cookie_shows_none(sender, forged):
    stranger = browser()
    stranger.cookies[COOKIE] = forged
    assert not is_shown(stranger)


def test_a_cookie_changed_by_hand_shows_none(desk, sender):
    other = received_now(desk)
    value = sender.cookies[COOKIE].value
    payload, rest = value.split(":", 1)
    forged = signing.dumps([other.number, 1], salt="another").split(":", 1)[0]
    sender.cookies[COOKIE] = f"{forged}:{rest}"
    assert payload != forged
    assert not is_shown(sender)


@pytest.mark.parametrize("value", [None, 7, "2026", ["2026-ADU-KPS-000001"], {"number": 1}])
def test_a_signed_cookie_of_another_shape_shows_none(sender, value):
    stranger = browser()
    stranger.cookies[COOKIE] = signing.dumps(value, salt="cases.tracking")
    assert not is_shown(stranger)


def test_it_closes_after_an_hour(sender, monkeypatch):
    an_hour_on = time.time() + OPEN_FOR_SECONDS + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: an_hour_on)
    assert not is_shown(sender)


def test_a_reissued_code_closes_it(sender):
    Case.objects.update(code_version=2)
    assert not is_shown(sender)


def test_a_cookie_opens_its_own_case_only(desk, sender):
    other = received_now(desk)
    assert other.number not in words(sender.get(RECEIPT))
    assert other.number in words(reporters_browser(other).get(RECEIPT))


def test_closing_it_takes_it_from_this_browser(sender):
    sender.post("/lacak/tutup/")
    assert not is_shown(sender)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(sender):
    cookie = sender.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", OPEN_FOR_SECONDS)


def test_nothing_of_it_is_kept_on_the_way(sender):
    assert "no-store" in sender.get(RECEIPT)["Cache-Control"]


def test_an_officer_without_the_code_has_no_receipt(desk, sender):
    assert not is_shown(browser(desk.operator))
    assert Role.OPERATOR in {membership.role for membership in desk.staff("operator").memberships}


def test_its_queries_are_few(sender):
    """The case with its clocks, its words, the portal's own, and whether a published root holds it yet."""
    assert queries_of(sender, RECEIPT) == 7
