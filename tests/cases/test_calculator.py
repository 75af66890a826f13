"""/hitung-batas/: the portal's own counting, for anyone to try."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Rule
from cases.reference.vectors import vectors
from tests.browsers import browser, received_now, reporters_browser, soup, words

pytestmark = pytest.mark.django_db
PAGE = "/hitung-batas/"


def counted(**asked) -> list[str]:
    """The result's lines: date, explanation, and whatever is said of them."""
    card = soup(browser().get(PAGE, asked)).select_one("section.card")
    return [" ".join(line.get_text(" ", strip=True).split()) for line in card.select("h2, p")]


def errors(response) -> dict[str, str]:
    found = soup(response).select(".field .error")
    return {
        error["id"].removeprefix("id_").removesuffix("_error"): error.p.get_text(strip=True)
        for error in found
    }


def test_working_days_are_counted_and_explained():
    assert counted(mulai="2026-03-16", lama="3", satuan="hk") == [
        "Paling lambat Kamis, 26 Maret 2026",
        "3 hari kerja sejak 16 Maret 2026; tidak dihitung: 18 Mar (cuti bersama Hari Suci Nyepi), "
        "19 Mar (Hari Suci Nyepi), 20 Mar (cuti bersama Hari Raya Idul Fitri), "
        "23 Mar (cuti bersama Hari Raya Idul Fitri), 24 Mar (cuti bersama Hari Raya Idul Fitri).",
    ]


def test_a_rule_names_its_basis_and_that_nobody_has_verified_it():
    assert counted(mulai="2026-11-21", aturan="kapas/answer") == [
        "Paling lambat Selasa, 24 November 2026",
        "3 hari sejak 21 November 2026; prosedur Kecamatan Kapas.",
        "Aturan ini belum diverifikasi Bagian Hukum.",
    ]


def test_a_verified_rule_tells_who_verified_it_when_and_against_what():
    Rule.objects.filter(procedure="kapas", step="answer").update(
        verified_by="Bagian Hukum Setda", verified_on=date(2026, 11, 2), verified_against="SK Camat 5/2026"
    )
    assert counted(mulai="2026-11-21", aturan="kapas/answer")[-1] == (
        "Aturan ini diverifikasi oleh Bagian Hukum Setda pada 2 November 2026, dicocokkan dengan SK Camat 5/2026."
    )


@pytest.mark.parametrize("page", ["tracked", "receipt"])
def test_the_reporter_reads_too_that_nobody_has_verified_the_rule(desk, page):
    response = reporters_browser(received_now(desk)).get(reverse(page))
    assert "Aturan ini belum diverifikasi Bagian Hukum." in words(response)


def test_the_rule_of_the_day_of_receipt_counts():
    old = Rule.objects.get(procedure="kapas", step="answer")
    Rule.objects.filter(pk=old.pk).update(effective_until=date(2026, 6, 30))
    Rule.objects.create(
        procedure="kapas",
        step="answer",
        title=old.title,
        amount=5,
        unit="hari",
        legal_basis="SK Camat 5/2026",
        effective_from=date(2026, 7, 1),
    )
    days = [counted(mulai=day, aturan="kapas/answer")[0] for day in ("2026-06-30", "2026-07-01")]
    assert days == ["Paling lambat Jumat, 3 Juli 2026", "Paling lambat Senin, 6 Juli 2026"]


def test_hours_end_at_a_minute():
    assert counted(mulai="2026-07-10", jam="15:30", lama="24", satuan="jam")[0] == (
        "Paling lambat Sabtu, 11 Juli 2026 pukul 15.30 WIB"
    )


def test_a_year_without_a_decree_is_warned_of():
    assert counted(mulai="2027-12-29", lama="3", satuan="hk")[-1] == (
        "Hari libur tahun 2028 belum ditetapkan dengan keputusan bersama, jadi tanggal ini dapat bergeser."
    )


def test_a_date_as_it_is_written_by_hand_is_understood():
    assert counted(mulai="10/07/2026", jam="15.30", lama="24", satuan="jam")[0] == (
        "Paling lambat Sabtu, 11 Juli 2026 pukul 15.30 WIB"
    )


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        ({"lama": "3"}, "mulai", "Isi tanggalnya."),
        (
            {"mulai": "31/02/2026", "lama": "3"},
            "mulai",
            "Tulis tanggal yang ada di kalender, misalnya 24/11/2026.",
        ),
        (
            {"mulai": "9999-12-31", "lama": "3"},
            "mulai",
            "Pilih tanggal antara 1 Januari 2000 dan 31 Desember 2100.",
        ),
        ({"mulai": "2026-07-06"}, "lama", "Isi lamanya, atau pilih aturan."),
        ({"mulai": "2026-07-06", "lama": "tiga"}, "lama", "Tulis lamanya dengan angka, misalnya 10."),
        ({"mulai": "2026-07-06", "lama": "-1"}, "lama", "Lamanya tidak boleh kurang dari 0."),
        ({"mulai": "2026-07-06", "lama": "99999"}, "lama", "Lamanya paling banyak 3650."),
        (
            {"mulai": "2026-07-06", "lama": "3", "satuan": "tahun"},
            "satuan",
            "Pilih hari kerja, hari, atau jam.",
        ),
        ({"mulai": "2026-07-06", "aturan": "x\x00"}, "aturan", "Pilih salah satu aturan dalam daftar."),
        (
            {"mulai": "2001-07-06", "aturan": "kapas/answer"},
            "aturan",
            "Pada tanggal itu aturan ini belum berlaku. Pilih tanggal lain, atau isi lamanya.",
        ),
        ({"mulai": "2026-07-06", "jam": "25:00", "lama": "3"}, "jam", "Tulis jam dan menit, misalnya 08.30."),
        (
            {"mulai": "2026-07-06", "aturan": "reaksi_cepat/answer"},
            "jam",
            "Isi pukul berapa diterima: jangka waktu ini dihitung per jam.",
        ),
    ],
)
def test_what_cannot_be_counted_is_told_beside_the_field(asked, field, message):
    response = browser().get(PAGE, asked)
    assert (response.status_code, errors(response)) == (422, {field: message})


def test_what_was_typed_stays():
    page = soup(browser().get(PAGE, {"mulai": "2026-07-06", "lama": "tiga", "satuan": "jam"}))
    typed = (page.select_one("#id_mulai")["value"], page.select_one("#id_lama")["value"])
    assert (*typed, page.select_one("#id_satuan option[selected]")["value"]) == ("2026-07-06", "tiga", "jam")


def test_a_foreign_parameter_is_no_question():
    assert browser().get(PAGE, {"utm_source": "radio"}).status_code == 200


def test_rules_are_offered_by_procedure_as_they_are_in_force_today():
    Rule.objects.filter(procedure="ringkas").update(effective_until=date(2026, 1, 1))
    groups = soup(browser().get(PAGE)).select("#id_aturan optgroup")
    assert [group["label"] for group in groups] == [
        "Pengaduan, menurut peraturan",
        "Permohonan informasi, menurut undang-undang",
        "Prosedur Kapas",
        "Prosedur reaksi cepat",
    ]


def test_counting_writes_nothing_and_asks_little():
    browser().get(PAGE)  # the portal's own settings row, made by whichever page is asked for first
    with CaptureQueriesContext(connection) as asked:
        browser().get(PAGE, {"mulai": "2026-07-06", "aturan": "kapas/answer"})
    statements = [query["sql"].split()[0] for query in asked]
    assert (set(statements), len(statements) <= 12) == ({"SELECT"}, True)


def test_the_vectors_are_published_with_the_calendar_they_were_counted_on():
    published = json.loads(browser().get(f"{PAGE}vektor.json").content)
    assert len(published["rows"]) == len(vectors())
    assert published["rows"][19] == {
        "start": "2026-03-16T10:15+07:00",
        "amount": 10,
        "unit": "hk",
        "joint_leave_is_off": True,
        "first_day": "next",
        "due": "2026-04-07T23:59:59+07:00",
        "because": vectors()[19].because,
    }
    assert {row["date"] for row in published["days_off"]} >= {"2026-03-18", "2026-03-19", "2026-04-03"}
    assert [decree["year"] for decree in published["decrees"]] == [2026, 2027]


def test_clocks_that_are_cut_paused_or_prolonged_are_published_too():
    clocks = json.loads(browser().get(f"{PAGE}vektor.json").content)["clocks"]
    assert clocks[0] == {
        "start": "2026-07-06T09:00+07:00",
        "amount": 10,
        "unit": "hk",
        "joint_leave_is_off": True,
        "first_day": "next",
        "before": None,
        "late_days_off": [],
        "outer": None,
        "pauses": [{"since": "2026-07-08T10:00+07:00", "until": "2026-07-15T08:00+07:00", "left": 8}],
        "extended": None,
        "extension": None,
        "due": "2026-07-27T23:59:59+07:00",
    }
    for name in ("outer", "pauses", "extension", "late_days_off"):
        assert len([clock for clock in clocks if clock[name]]) >= 4


def test_everything_in_the_file_is_explained_beside_it():
    published = json.loads(browser().get(f"{PAGE}vektor.json").content)
    pauses = [pause for clock in published["clocks"] for pause in clock["pauses"]]
    used = {*published, *(name for row in published["rows"] + published["clocks"] + pauses for name in row)}
    assert {name.get_text() for name in soup(browser().get(PAGE)).select("dt code")} == used
