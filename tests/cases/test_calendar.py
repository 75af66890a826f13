from datetime import UTC, date, datetime, timedelta

import pytest

from cases.calendar import (
    Calendar,
    DayOff,
    DayOffKind,
    Due,
    NoWorkingDay,
    Term,
    TermUnit,
    day_words,
    deadline,
    joint,
    moment_words,
    short_day_words,
)
from cases.reference.vectors import clock_vectors, vectors
from tests.cases.joint_decrees import DAYS_OFF, JAKARTA, JOINT_LEAVE_OFF, JOINT_LEAVE_WORKED

HK, HARI, JAM = TermUnit.WORKING_DAYS, TermUnit.DAYS, TermUnit.HOURS
NATIONAL, JOINT_LEAVE, LOCAL = DayOffKind


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def end_of(text: str) -> datetime:
    return at(f"{text}T23:59:59")


MONDAY_BEFORE_LEBARAN = at("2026-03-16T10:15")


# Dates and their explanations, counted by hand


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: f"{vector.start} {vector.note}")
def test_a_term_ends_where_the_wall_calendar_says(vector):
    counted = deadline(vector.starts_at, vector.term, vector.calendar)
    assert (counted.at, counted.because) == (vector.due_at, vector.because)


@pytest.mark.parametrize("clock", clock_vectors(), ids=lambda clock: f"{clock.start} {clock.note}")
def test_a_clock_that_is_cut_paused_or_prolonged_ends_where_the_wall_calendar_says(clock):
    assert (clock.counted_left(), clock.course().due.at) == (clock.left, clock.due_at)


def test_what_is_corrected_afterwards_has_moved_most_of_the_clocks_worked_by_hand():
    corrected = [clock for clock in clock_vectors() if clock.late_days_off or clock.before]
    moved = [clock for clock in corrected if clock.course_before().due.at != clock.due_at]
    assert (len(corrected), len(moved)) == (12, 10)


def test_an_explanation_names_each_weekday_holiday_and_no_weekend():
    assert deadline(MONDAY_BEFORE_LEBARAN, Term(10, HK), JOINT_LEAVE_OFF).because == (
        "10 hari kerja sejak 16 Maret 2026; tidak dihitung: 18 Mar (cuti bersama Nyepi), "
        "19 Mar (Hari Suci Nyepi), 20 Mar (cuti bersama Idul Fitri), 23 Mar (cuti bersama Idul Fitri), "
        "24 Mar (cuti bersama Idul Fitri), 3 Apr (Wafat Yesus Kristus)"
    )


def test_joint_leave_that_is_worked_is_not_called_skipped():
    skipped = deadline(MONDAY_BEFORE_LEBARAN, Term(10, HK), JOINT_LEAVE_WORKED).skipped
    assert skipped == (DayOff(date(2026, 3, 19), "Hari Suci Nyepi", NATIONAL),)


def test_calendar_days_skip_nothing():
    due = deadline(MONDAY_BEFORE_LEBARAN, Term(3, HARI), JOINT_LEAVE_OFF)
    assert (due.because, due.skipped) == ("3 hari sejak 16 Maret 2026", ())


def test_hours_are_explained_from_their_minute():
    due = deadline(datetime(2026, 3, 16, 3, 15, tzinfo=UTC), Term(24, JAM), JOINT_LEAVE_OFF)
    assert due.because == "24 jam sejak Senin, 16 Maret 2026 pukul 10.15 WIB"


def test_the_procedure_that_promises_is_named_last():
    due = deadline(at("2026-11-21T09:00"), Term(3, HARI), JOINT_LEAVE_OFF, basis="prosedur Kecamatan Kapas")
    assert due.because == "3 hari sejak 21 November 2026; prosedur Kecamatan Kapas"


def test_the_name_of_joint_leave_is_not_doubled():
    off = DayOff(date(2026, 3, 18), "Cuti Bersama Hari Suci Nyepi", JOINT_LEAVE)
    assert str(off) == "cuti bersama Hari Suci Nyepi"


def test_a_local_day_off_is_skipped_and_named():
    regency_day = DayOff(date(2026, 10, 20), "Hari Jadi Bojonegoro", LOCAL)
    calendar = Calendar.of([regency_day], JAKARTA, confirmed_years=frozenset({2026}))
    due = deadline(at("2026-10-19T08:00"), Term(1, HK), calendar)
    assert (due.at, due.because) == (
        end_of("2026-10-21"),
        "1 hari kerja sejak 19 Oktober 2026; tidak dihitung: 20 Okt (Hari Jadi Bojonegoro)",
    )


# Years without a joint decree


def test_a_count_into_an_undecided_year_says_so_in_its_last_sentence():
    due = deadline(at("2027-12-29T08:00"), Term(3, HK), JOINT_LEAVE_OFF, basis="UU 14/2008 Pasal 22 ayat (7)")
    assert due.because == (
        "3 hari kerja sejak 29 Desember 2027; UU 14/2008 Pasal 22 ayat (7). "
        "Hari libur tahun 2028 belum ditetapkan, jadi tanggal ini dapat bergeser"
    )


def test_every_undecided_year_of_a_long_count_is_listed():
    calendar = Calendar.of([], JAKARTA, confirmed_years=frozenset({2028}))
    assert deadline(at("2027-12-29T08:00"), Term(300, HK), calendar).unconfirmed_years == (2027, 2029)


def test_a_year_is_undecided_only_once_a_day_of_it_is_counted():
    assert deadline(at("2027-12-29T08:00"), Term(2, HK), JOINT_LEAVE_OFF).unconfirmed_years == ()


def test_the_year_of_receipt_is_not_counted_in_on_its_last_day():
    calendar = Calendar.of([], JAKARTA, confirmed_years=frozenset({2027}))
    assert deadline(at("2026-12-31T08:00"), Term(2, HK), calendar).unconfirmed_years == ()


def test_calendar_days_do_not_wait_for_a_decree():
    assert deadline(at("2027-12-31T08:00"), Term(3, HARI), JOINT_LEAVE_OFF).unconfirmed_years == ()


def test_no_year_counts_as_decreed_unless_the_office_says_so():
    due = deadline(MONDAY_BEFORE_LEBARAN, Term(10, HK), Calendar.of(DAYS_OFF, JAKARTA))
    assert due.unconfirmed_years == (2026,)


# Inner limits


def test_an_inner_limit_is_cut_at_the_outer_one_and_says_so():
    outer = deadline(MONDAY_BEFORE_LEBARAN, Term(3, HARI), JOINT_LEAVE_OFF)
    inner = deadline(
        at("2026-03-17T23:59:59"), Term(2, HK), JOINT_LEAVE_OFF, outer=outer, basis="prosedur Kecamatan Kapas"
    )
    assert inner == Due(
        at=end_of("2026-03-19"),
        because="2 hari kerja sejak 17 Maret 2026; tidak dihitung: 18 Mar (cuti bersama Nyepi), "
        "19 Mar (Hari Suci Nyepi); dipotong sampai batas jawaban 19 Maret 2026; prosedur Kecamatan Kapas",
        skipped=(
            DayOff(date(2026, 3, 18), "Nyepi", JOINT_LEAVE),
            DayOff(date(2026, 3, 19), "Hari Suci Nyepi", NATIONAL),
        ),
        clipped=True,
    )


def test_an_inner_limit_that_fits_is_left_alone():
    outer = deadline(MONDAY_BEFORE_LEBARAN, Term(3, HARI), JOINT_LEAVE_OFF)
    inner = deadline(MONDAY_BEFORE_LEBARAN, Term(1, HARI), JOINT_LEAVE_OFF, outer=outer)
    assert inner == Due(end_of("2026-03-17"), "1 hari sejak 16 Maret 2026")


def test_a_limit_cut_at_an_hour_names_the_hour():
    outer = deadline(MONDAY_BEFORE_LEBARAN, Term(24, JAM), JOINT_LEAVE_OFF)
    inner = deadline(MONDAY_BEFORE_LEBARAN, Term(1, HARI), JOINT_LEAVE_OFF, outer=outer)
    assert inner.because == (
        "1 hari sejak 16 Maret 2026; dipotong sampai batas jawaban Selasa, 17 Maret 2026 pukul 10.15 WIB"
    )


def test_an_outer_limit_read_back_in_utc_is_named_on_jakartas_clock():
    outer = Due(datetime(2026, 7, 13, 20, 30, tzinfo=UTC), "")
    cut = deadline(at("2026-07-10T09:00"), Term(5, HARI), JOINT_LEAVE_OFF, outer=outer)
    assert cut.because == (
        "5 hari sejak 10 Juli 2026; dipotong sampai batas jawaban Selasa, 14 Juli 2026 pukul 03.30 WIB"
    )


def test_a_limit_cut_before_an_undecided_year_does_not_doubt_its_date():
    outer = deadline(at("2027-12-29T08:00"), Term(1, HARI), JOINT_LEAVE_OFF)
    inner = deadline(at("2027-12-29T08:00"), Term(5, HK), JOINT_LEAVE_OFF, outer=outer)
    assert inner.unconfirmed_years == ()


# The stricter of two


def test_sixty_days_are_stricter_than_sixty_working_days():
    working = deadline(at("2026-07-06T09:00"), Term(60, HK), JOINT_LEAVE_OFF)
    calendar_days = deadline(at("2026-07-06T09:00"), Term(60, HARI), JOINT_LEAVE_OFF)
    assert joint(working, calendar_days) == Due(
        end_of("2026-09-04"),
        "60 hari sejak 6 Juli 2026; lebih awal daripada 30 September 2026, yaitu 60 hari kerja sejak "
        "6 Juli 2026; tidak dihitung: 17 Agu (Hari Kemerdekaan), 25 Agu (Maulid Nabi)",
    )


def test_two_limits_on_one_day_are_both_named():
    working = deadline(at("2026-07-06T09:00"), Term(1, HK), JOINT_LEAVE_OFF)
    calendar_days = deadline(at("2026-07-06T09:00"), Term(1, HARI), JOINT_LEAVE_OFF)
    assert joint(working, calendar_days).because == (
        "1 hari kerja sejak 6 Juli 2026; sama dengan 1 hari sejak 6 Juli 2026"
    )


def test_the_stricter_limit_keeps_its_doubt_as_the_last_sentence():
    strict = deadline(at("2027-12-29T08:00"), Term(3, HK), JOINT_LEAVE_OFF)
    lax = deadline(at("2027-12-29T08:00"), Term(60, HARI), JOINT_LEAVE_OFF)
    assert joint(lax, strict).because == (
        "3 hari kerja sejak 29 Desember 2027; lebih awal daripada 27 Februari 2028, yaitu 60 hari sejak "
        "29 Desember 2027. Hari libur tahun 2028 belum ditetapkan, jadi tanggal ini dapat bergeser"
    )


# The calendar itself


@pytest.mark.parametrize(
    ("kinds", "winner"),
    [
        ((LOCAL, NATIONAL), NATIONAL),
        ((NATIONAL, LOCAL), NATIONAL),
        ((NATIONAL, JOINT_LEAVE), NATIONAL),
        ((LOCAL, JOINT_LEAVE), JOINT_LEAVE),
    ],
)
def test_the_national_holiday_wins_a_shared_date(kinds, winner):
    day = date(2026, 8, 17)
    calendar = Calendar.of([DayOff(day, "", kind) for kind in kinds], JAKARTA)
    assert calendar.day_off(day).kind == winner


def test_a_local_day_off_stands_where_joint_leave_is_worked():
    day = date(2026, 12, 24)
    calendar = Calendar.of([DayOff(day, "", LOCAL), DayOff(day, "", JOINT_LEAVE)], JAKARTA, False)
    assert calendar.day_off(day).kind == LOCAL


def test_a_weekend_is_no_holiday_and_no_working_day():
    saturday = date(2026, 7, 11)
    assert (JOINT_LEAVE_OFF.day_off(saturday), JOINT_LEAVE_OFF.is_working_day(saturday)) == (None, False)


def test_the_last_working_day_before_the_end_of_lebaran():
    assert JOINT_LEAVE_OFF.previous_working_day(date(2026, 3, 25)) == date(2026, 3, 17)


@pytest.mark.parametrize(("utc", "day"), [("16:59", 5), ("17:00", 6), ("23:59", 6)])
def test_the_day_changes_at_midnight_in_jakarta(utc, day):
    moment = datetime.fromisoformat(f"2026-07-05T{utc}+00:00")
    assert JOINT_LEAVE_OFF.local_date(moment) == date(2026, 7, day)


def test_a_term_says_its_unit():
    assert [str(Term(10, HK)), str(Term(3, HARI)), str(Term(24, JAM))] == [
        "10 hari kerja",
        "3 hari",
        "24 jam",
    ]


@pytest.mark.parametrize("amount", [-1, 3_651])
def test_a_term_that_nobody_meant_is_refused(amount):
    with pytest.raises(ValueError, match="Jangka waktu harus antara 0 dan 3650"):
        Term(amount, HK)


def test_a_naive_start_is_refused():
    with pytest.raises(ValueError, match="Waktu harus menyebut zona waktunya"):
        deadline(datetime(2026, 7, 6, 9, 0), Term(1, HK), JOINT_LEAVE_OFF)


def test_a_calendar_without_working_days_is_refused_instead_of_searched_for_ever():
    new_year = date(2026, 1, 1)
    closed = Calendar.of([DayOff(new_year + timedelta(n), "", LOCAL) for n in range(800)], JAKARTA)
    with pytest.raises(NoWorkingDay, match="Periksa daftar hari libur"):
        deadline(at("2026-01-01T09:00"), Term(1, HK), closed)


# Words


def test_a_day_is_named_as_people_name_it():
    assert [day_words(date(2026, 11, 24)), short_day_words(date(2026, 3, 18))] == [
        "Selasa, 24 November 2026",
        "18 Mar",
    ]


def test_every_weekday_and_month_has_its_name():
    days = [day_words(date(2026, 1, 4) + timedelta(n * 32)) for n in range(12)]
    assert days == [
        "Minggu, 4 Januari 2026",
        "Kamis, 5 Februari 2026",
        "Senin, 9 Maret 2026",
        "Jumat, 10 April 2026",
        "Selasa, 12 Mei 2026",
        "Sabtu, 13 Juni 2026",
        "Rabu, 15 Juli 2026",
        "Minggu, 16 Agustus 2026",
        "Kamis, 17 September 2026",
        "Senin, 19 Oktober 2026",
        "Jumat, 20 November 2026",
        "Selasa, 22 Desember 2026",
    ]


def test_a_moment_is_told_with_hour_and_zone():
    assert moment_words(at("2026-11-24T15:30")) == "Selasa, 24 November 2026 pukul 15.30 WIB"
