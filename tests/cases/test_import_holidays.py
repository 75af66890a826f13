"""`manage.py import_holidays`: brings what is missing, and leaves the office's word as it is."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands import import_holidays
from cases.models import Holiday, HolidayDecree
from cases.services.clockwork import clockwork
from tests.pengaduan.desk import TUESDAY

pytestmark = pytest.mark.django_db


def told(*args: str) -> list[str]:
    out = StringIO()
    call_command("import_holidays", *args, stdout=out, no_color=True)
    return out.getvalue().splitlines()


def dates(kind: str, year: int) -> list[str]:
    rows = Holiday.objects.filter(date__year=year, kind=kind).order_by("date")
    return [f"{day:%m-%d}" for day in rows.values_list("date", flat=True)]


@pytest.fixture
def empty_years():
    """As in a portal that was made for other years."""
    from cases.models import HolidayImport

    for model in (Holiday, HolidayDecree, HolidayImport):
        model.objects.all().delete()


@pytest.mark.parametrize(
    ("year", "national", "joint_leave"),
    [
        (
            2026,
            "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25",
            "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24",
        ),
        (
            2027,
            "01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 06-06 08-15 08-17 12-25 "
            "12-26",
            "02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24",
        ),
    ],
)
def test_a_decreed_year_is_brought_day_for_day(empty_years, year, national, joint_leave):
    told(str(year), "--decree", "SKB 3 Menteri")
    assert (dates("nasional", year), dates("cuti_bersama", year)) == (national.split(), joint_leave.split())
    assert HolidayDecree.objects.get(year=year).number == "SKB 3 Menteri"


def test_done_twice_it_adds_nothing(empty_years):
    told("2026")
    assert told("2026")[-1] == "Selesai: 0 hari libur baru, 25 tetap, 0 batas waktu bergeser."


def test_what_the_portal_came_with_is_what_the_import_brings():
    assert [told(year) for year in ("2026", "2027")] == [
        ["Selesai: 0 hari libur baru, 25 tetap, 0 batas waktu bergeser."],
        ["Selesai: 0 hari libur baru, 26 tetap, 0 batas waktu bergeser."],
    ]


def test_what_the_office_worded_or_took_out_stands_and_is_told():
    Holiday.objects.filter(date="2026-08-17").update(name="HUT RI ke-81")
    Holiday.objects.filter(date="2026-12-24").delete()
    Holiday.objects.create(date=date(2026, 8, 18), name="Cuti Bersama HUT RI", kind="cuti_bersama")
    assert told("2026") == [
        "Dibiarkan: 17 Agustus 2026 tercatat HUT RI ke-81 (nasional); menurut sumber "
        "Hari Kemerdekaan Republik Indonesia (nasional).",
        "Dibiarkan: 24 Desember 2026 (Cuti Bersama Hari Raya Natal) sudah dihapus kantor.",
        "Dibiarkan: 18 Agustus 2026 (Cuti Bersama HUT RI) tidak ada dalam sumber.",
        "Selesai: 0 hari libur baru, 23 tetap, 0 batas waktu bergeser.",
    ]
    assert list(Holiday.objects.filter(date__in=["2026-08-17", "2026-12-24"]).values_list("name")) == [
        ("HUT RI ke-81",)
    ]


def test_a_local_holiday_on_the_same_day_is_left_beside_the_national_one(empty_years):
    Holiday.objects.create(date=date(2026, 8, 17), name="Hari Jadi", kind="daerah")
    told("2026")
    assert list(Holiday.objects.filter(date="2026-08-17").order_by("pk").values_list("name", flat=True)) == [
        "Hari Jadi",
        "Hari Kemerdekaan Republik Indonesia",
    ]


def test_a_year_without_a_decree_is_an_estimate_and_says_so():
    lines = told("2028")
    assert [line.split(":")[0] for line in lines if not line.startswith("Baru")] == [
        "Tahun 2028 belum memiliki keputusan bersama",
        "Sumber belum memuat cuti bersama tahun 2028; tambahkan di /admin/.",
        "Cocokkan dengan keputusan",
        "Selesai",
    ]
    assert 2028 not in clockwork().calendar.confirmed_years


def test_a_decree_confirms_its_year():
    told("2028", "--decree", "SKB 1/2027")
    assert 2028 in clockwork().calendar.confirmed_years


def test_a_recorded_decree_is_not_overwritten():
    before = HolidayDecree.objects.get(year=2026).number
    assert told("2026", "--decree", "SKB lain")[0] == (
        f"Dibiarkan: keputusan tahun 2026 tercatat “{before}”. Ubah di /admin/ bila keliru."
    )
    assert HolidayDecree.objects.get(year=2026).number == before


def test_open_cases_move_with_the_days_it_brings(desk, empty_years):
    case = desk.receive(at=TUESDAY.replace(month=12, day=14))
    told("2026")
    event = case.events.get(kind="deadline_moved")
    assert (event.data["step"], event.data["old"][:10], event.data["new"][:10], event.data["why"]) == (
        "law",
        "2027-01-01",
        "2027-01-05",
        "hari libur tahun 2026 dimasukkan",
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(desk, empty_years):
    case = desk.receive(at=TUESDAY.replace(month=12, day=14))
    lines = told("2026", "--decree", "SKB 3 Menteri", "--dry-run")
    assert lines[-3:-1] == [
        f"{case.number} (Kecamatan Kapas)",
        "  Batas menurut peraturan: 1 Jan 2027 → 5 Jan 2027",
    ]
    assert (lines[-1], Holiday.objects.count(), HolidayDecree.objects.count(), case.events.count()) == (
        "Akan ada: 25 hari libur baru, 0 tetap, 1 batas waktu bergeser.",
        0,
        0,
        1,
    )


def test_the_first_cases_are_named_and_the_others_counted(desk, empty_years, monkeypatch):
    monkeypatch.setattr(import_holidays, "SHOWN", 2)
    cases = [desk.receive(at=TUESDAY.replace(month=12, day=14)).number for _ in range(5)]
    line = "  Batas menurut peraturan: 1 Jan 2027 → 5 Jan 2027"
    named = [f"{cases[0]} (Kecamatan Kapas)", line, f"{cases[1]} (Kecamatan Kapas)", line]
    expected = [*named, "dan 3 perkara lagi."]
    assert told("2026", "--dry-run")[-6:] == [
        *expected,
        "Akan ada: 25 hari libur baru, 0 tetap, 5 batas waktu bergeser.",
    ]
    assert told("2026")[-6:] == [*expected, "Selesai: 25 hari libur baru, 0 tetap, 5 batas waktu bergeser."]


@pytest.mark.parametrize("year", ["0", "-5", "1999", "9999"])
def test_a_year_that_nobody_meant_is_refused(year):
    with pytest.raises(CommandError, match="Tahun harus antara 2000 dan 2100"):
        told("--", year)
