"""/lapor/ as an address: what it says already, what is sent twice, what is no report at all, and what it costs."""

import re
from errno import ENOSPC
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from opd_pages.models import Unit
from tests.browsers import browser, photo, queries_of, report_form, soup, words

LAPOR = "/lapor/"


@pytest.fixture
def citizen() -> Client:
    return browser()


def send(client: Client, office, **changes):
    return client.post(LAPOR, report_form(office, **changes))


# --- Sent twice -------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_makes_one_case_and_one_receipt(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    first = citizen.get(reverse("receipt"))
    other = browser()
    other.post(LAPOR, form)
    assert Case.objects.count() == 1
    assert soup(other.get(reverse("receipt"))).main == soup(first).main


def test_another_report_in_the_same_form_is_not_lost(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    citizen.post(LAPOR, form | {"words": "Sampah menumpuk di belakang pasar."})
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_mode": "anonymous"},
        {"is_secret": "on"},
        {"landmark": "depan masjid"},
        {"email": "warga@contoh.test"},
    ],
)
def test_whoever_goes_back_and_changes_an_answer_has_made_another_report(desk, citizen, changes):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    citizen.post(LAPOR, form | changes)
    assert Case.objects.count() == 2


def test_photos_belong_to_what_was_sent(desk, citizen):
    form = report_form(desk.office)
    for colour in ("one", "one", "other"):
        sent = SimpleUploadedFile("1.jpg", photo(size=(8, 8) if colour == "one" else (8, 9)))
        citizen.post(LAPOR, form | {"photos": [sent]})
    assert [case.files.count() for case in Case.objects.all()] == [1, 1]


@pytest.mark.parametrize(
    "key", ["", "x", "a" * 44, "' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaa", "../../etc/passwd/aaaaaaaa"]
)
def test_a_forged_key_receives_the_report_all_the_same(desk, citizen, key):
    assert send(citizen, desk.office, submission_key=key).status_code == 302
    assert Case.objects.get().submission_key is None


def test_somebody_elses_key_shows_nobody_elses_receipt(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    stranger = browser()
    stranger.post(
        LAPOR, report_form(desk.office, submission_key=form["submission_key"], words="Tulisan orang lain.")
    )
    assert Case.objects.count() == 2
    assert Case.objects.first().number not in words(stranger.get(reverse("receipt")))


# --- The unit of the address ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["KPS", "kps", " Kps "])
def test_the_address_of_a_unit_opens_its_own_form(desk, citizen, typed):
    page = soup(citizen.get(LAPOR, {"unit": typed}))
    assert page.h1.get_text() == "Lapor kepada Kecamatan Kapas"
    assert page.select_one("#id_district option[selected]")["value"] == str(desk.office.kapas.pk)


def test_the_address_of_a_desa_chooses_desa_and_kecamatan(desk, citizen):
    page = soup(citizen.get(LAPOR, {"unit": "KPS-2001"}))
    assert page.h1.get_text() == "Lapor kepada Desa Bakalan, Kecamatan Kapas"
    assert page.select_one("#id_village option[selected]")["value"] == str(desk.office.bakalan.pk)


@pytest.mark.parametrize("typed", ["TIDAKADA", "", "' OR 1=1", "\x00", "K" * 5000])
def test_an_unknown_unit_opens_the_general_form(desk, citizen, typed):
    response = citizen.get(LAPOR, {"unit": typed})
    assert (response.status_code, soup(response).h1.get_text()) == (200, "Laporkan masalah")


def test_a_unit_that_is_no_more_is_not_offered(desk, citizen):
    Unit.objects.filter(pk=desk.office.works.pk).update(valid_until="2020-12-31")
    page = soup(citizen.get(LAPOR, {"unit": "DPUBMPR"}))
    assert page.h1.get_text() == "Laporkan masalah"
    assert desk.office.works.name not in page.select_one("#id_accused").get_text()


@pytest.mark.parametrize("forged", ["TIDAKADA", "<script>", "KPS' --"])
def test_a_forged_addressee_falls_back_to_the_place(desk, citizen, forged):
    send(citizen, desk.office, addressed_to=forged)
    assert Case.objects.get().responsible_unit == desk.office.kapas


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("information", "information"), ("x", "complaint"), ("\x00", "complaint"), ("", "complaint")],
)
def test_the_address_can_say_what_kind_of_report_it_is(desk, citizen, typed, chosen):
    page = soup(citizen.get(LAPOR, {"jenis": typed}))
    assert page.select_one("input[name=report_class][checked]")["value"] == chosen


# --- What is no report -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_taken(desk, citizen, method):
    assert getattr(citizen, method)(LAPOR).status_code == 405


def test_a_form_from_another_page_is_refused_in_indonesian(desk):
    response = Client(enforce_csrf_checks=True).post(LAPOR, report_form(desk.office))
    assert (response.status_code, soup(response).h1.get_text()) == (
        403,
        "Halaman ini tidak dapat Anda buka",
    )
    assert Case.objects.count() == 0


def files(count: int) -> dict:
    return {"photos": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(count)]}


TOO_MUCH = [
    ({f"x{n}": "1" for n in range(3001)}, "Isiannya terlalu banyak", "paling banyak 3.000 isian"),
    ({"words": "x" * (6 * 1024 * 1024)}, "Tulisannya terlalu panjang", "lebih dari 5 MB"),
    (files(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1), "Berkasnya terlalu banyak", "lebih dari 40 berkas"),
]


@pytest.mark.parametrize(("form", "heading", "limit"), TOO_MUCH, ids=["fields", "words", "files"])
def test_too_much_at_once_is_turned_away_with_the_limit_and_a_way_back(desk, citizen, form, heading, limit):
    response = citizen.post(LAPOR, form, headers={"referer": f"http://testserver{LAPOR}?jenis=aspiration"})
    page = soup(response)
    assert (response.status_code, page.h1.get_text()) == (413, heading)
    assert limit in page.select_one(".lead").get_text()
    assert page.select_one("main a.button")["href"] == f"http://testserver{LAPOR}?jenis=aspiration"
    assert Case.objects.count() == 0


def disk_is_full(self, name: str, content) -> str:
    half = Path(self.path(name))
    half.parent.mkdir(parents=True, exist_ok=True)
    half.touch()
    raise OSError(ENOSPC, "No space left on device")


def test_where_the_disk_takes_no_photo_the_sender_is_told_and_nothing_is_left(desk, citizen, monkeypatch):
    kept = Path(settings.CASE_FILES_ROOT)
    form = report_form(desk.office)
    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", disk_is_full)
        sent = {"photos": [SimpleUploadedFile("jalan.jpg", photo())]}
        response = citizen.post(LAPOR, form | sent, headers={"referer": f"http://testserver{LAPOR}"})
        page = soup(response)
        assert (response.status_code, page.h1.get_text()) == (503, "Berkas belum dapat disimpan")
        assert page.select_one("main a.button")["href"] == f"http://testserver{LAPOR}"
        assert (Case.objects.count(), [file for file in kept.rglob("*") if file.is_file()]) == (0, [])
        # Without the photo it comes in.
        citizen.post(LAPOR, form)
    assert Case.objects.get().number.endswith("-000001")


def test_a_photo_too_large_for_memory_is_told_of_too_where_the_disk_takes_none(
    desk, citizen, settings, tmp_path
):
    (tmp_path / "berkas").touch()
    settings.QUARANTINE_ROOT = tmp_path / "berkas" / "karantina"
    large = SimpleUploadedFile("jalan.jpg", b"x" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    response = send(citizen, desk.office, photos=[large])
    assert (response.status_code, soup(response).h1.get_text()) == (503, "Berkas belum dapat disimpan")
    assert Case.objects.count() == 0


def test_a_form_with_something_amiss_comes_back_where_the_disk_holds_no_photo(desk, citizen, monkeypatch):
    monkeypatch.setattr(FileSystemStorage, "_save", disk_is_full)
    response = send(citizen, desk.office, words="", photos=[SimpleUploadedFile("jalan.jpg", photo())])
    assert (response.status_code, soup(response).select("[name=held_photos]")) == (422, [])


@pytest.mark.parametrize("address", [LAPOR, "/lacak/", "/masuk/"])
def test_a_form_in_another_encoding_is_refused_with_a_page(desk, address):
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = "x" * 32
    response = stranger.post(address, b"a=b", "application/x-www-form-urlencoded; charset=utf-16")
    assert (response.status_code, len(soup(response).select("h1"))) == (400, 1)


@pytest.mark.parametrize(
    "elsewhere", ["https://lain.test/lapor/", "javascript:alert(1)", "http://[rusak", ""]
)
def test_the_way_back_leads_nowhere_else(desk, citizen, elsewhere):
    response = citizen.post(LAPOR, files(41), headers={"referer": elsewhere})
    assert [link["href"] for link in soup(response).select("main a.button")] == ["/"]


def test_what_cannot_be_read_at_all_is_still_turned_away(desk, citizen):
    response = citizen.post(LAPOR, b"x" * 100, content_type="multipart/form-data")
    assert (response.status_code, soup(response).h1.get_text()) == (400, "Permintaan tidak dapat dibaca")


# --- Queries ----------------------------------------------------------------------------------------------------------

RECEIVING = [
    "SELECT cases_case",  # sent before?
    "SELECT opd_pages_unit",  # the places of the form
    "SELECT opd_pages_membership",  # which desk is staffed, the desa's or one above it?
    "SELECT pengaduan_desksettings",
    "SELECT cases_sweepmark",  # have holidays or rules changed?
    "SAVEPOINT",
    "INSERT cases_numberseries",
    "INSERT cases_case",
    "INSERT cases_event",
    "INSERT cases_eventwords",
    "INSERT pengaduan_complaint",
    "INSERT cases_party",
    "INSERT cases_deadline",
    "INSERT cases_task",
    "INSERT cases_outboxmessage",
    "RELEASE",
]


def test_the_form_takes_as_many_queries_for_400_units_as_for_2(desk, citizen):
    few = queries_of(citizen, LAPOR)
    kapas = desk.office.kapas
    Unit.objects.bulk_create(
        Unit(
            code=f"9.{n}",
            short_code=f"D{n}",
            name=f"Desa {n}",
            kind_id="desa",
            parent=kapas,
            lineage=f"/x/{n}/",
        )
        for n in range(400)
    )
    assert queries_of(citizen, LAPOR) == few == 3


def test_these_are_the_queries_that_receive_a_report(desk, citizen):
    for _warming_up in range(2):  # the first makes the row of settings by which days are counted
        send(citizen, desk.office)
    with CaptureQueriesContext(connection) as captured:
        send(citizen, desk.office)
    statements = [one for query in captured for one in re.split(r"; (?=INSERT )", query["sql"])]
    assert [verb_and_table(statement) for statement in statements] == RECEIVING


def verb_and_table(sql: str) -> str:
    verb, *rest = sql.replace('"', " ").split()
    if verb == "SELECT":
        return f"SELECT {rest[rest.index('FROM') + 1]}"
    return f"INSERT {rest[1]}" if verb == "INSERT" else verb
