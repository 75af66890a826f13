"""A clock that stops and goes on, and the one extension."""

from datetime import UTC, date, datetime

import pytest

from cases.calendar import (
    Calendar,
    DayOff,
    DayOffKind,
    Due,
    Term,
    TermUnit,
    deadline,
    extend,
    remaining,
    resume,
)
from tests.cases.joint_decrees import JAKARTA, JOINT_LEAVE_OFF

HK, HARI, JAM = TermUnit.WORKING_DAYS, TermUnit.DAYS, TermUnit.HOURS
NATIONAL, JOINT_LEAVE = DayOffKind.NATIONAL, DayOffKind.JOINT_LEAVE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def end_of(text: str) -> datetime:
    return at(f"{text}T23:59:59")


MONDAY_BEFORE_LEBARAN = at("2026-03-16T10:15")


@pytest.mark.parametrize(
    ("paused", "unit", "left"),
    [
        ("2026-03-17T08:00", HK, 9),
        ("2026-03-19T08:00", HK, 9),
        ("2026-03-25T23:59", HK, 8),
        ("2026-04-06T08:00", HK, 1),
        ("2026-04-07T08:00", HK, 0),
        ("2026-04-08T08:00", HK, 0),
        ("2026-04-03T08:00", HARI, 4),
        ("2026-04-09T08:00", HARI, 0),
    ],
)
def test_a_pause_keeps_the_counted_days_after_it(paused, unit, left):
    due = deadline(MONDAY_BEFORE_LEBARAN, Term(10, HK), JOINT_LEAVE_OFF)
    assert remaining(due, at(paused), unit, JOINT_LEAVE_OFF) == Term(left, unit)


@pytest.mark.parametrize(
    ("paused", "left"),
    [
        ("2026-07-06T10:15:42", 24),
        ("2026-07-06T10:16", 24),
        ("2026-07-06T11:15:59", 23),
        ("2026-07-07T10:14", 1),
        ("2026-07-07T10:15", 0),
        ("2026-07-07T12:00", 0),
    ],
)
def test_a_begun_hour_is_kept_whole(paused, left):
    due = deadline(at("2026-07-06T10:15:42"), Term(24, JAM), JOINT_LEAVE_OFF)
    assert remaining(due, at(paused), JAM, JOINT_LEAVE_OFF) == Term(left, JAM)


def test_a_pause_is_read_on_the_offices_clock():
    due = deadline(at("2026-07-06T09:00"), Term(5, HK), JOINT_LEAVE_OFF)
    tuesday_0030_wib = datetime(2026, 7, 6, 17, 30, tzinfo=UTC)
    assert remaining(due, tuesday_0030_wib, HK, JOINT_LEAVE_OFF) == Term(4, HK)


TUESDAY_0330_WIB = Due(datetime(2026, 7, 13, 20, 30, tzinfo=UTC), "")


def test_a_due_date_read_back_in_utc_leaves_the_days_of_jakarta():
    assert remaining(TUESDAY_0330_WIB, at("2026-07-10T09:00"), HARI, JOINT_LEAVE_OFF) == Term(4, HARI)


def test_a_due_date_read_back_in_utc_is_extended_from_its_day_in_jakarta():
    assert extend(TUESDAY_0330_WIB, Term(1, HARI), JOINT_LEAVE_OFF).at == end_of("2026-07-15")


def test_a_resumed_clock_counts_what_was_left_from_the_day_after():
    assert resume(Term(3, HK), at("2026-03-17T14:00"), JOINT_LEAVE_OFF) == Due(
        end_of("2026-03-27"),
        "sisa 3 hari kerja sejak dilanjutkan 17 Maret 2026; tidak dihitung: 18 Mar (cuti bersama Nyepi), "
        "19 Mar (Hari Suci Nyepi), 20 Mar (cuti bersama Idul Fitri), 23 Mar (cuti bersama Idul Fitri), "
        "24 Mar (cuti bersama Idul Fitri)",
        skipped=JOINT_LEAVE_OFF.weekday_holidays(date(2026, 3, 17), date(2026, 3, 24)),
    )


def test_a_resumed_clock_stays_within_the_outer_limit():
    outer = Due(end_of("2026-03-26"), "")
    assert resume(Term(3, HK), at("2026-03-17T14:00"), JOINT_LEAVE_OFF, outer=outer).at == outer.at


def test_an_extension_counts_from_the_due_date_and_keeps_the_first_explanation():
    due = deadline(at("2026-12-07T09:00"), Term(10, HK), JOINT_LEAVE_OFF)
    assert extend(due, Term(7, HK), JOINT_LEAVE_OFF) == Due(
        end_of("2027-01-04"),
        "10 hari kerja sejak 7 Desember 2026; diperpanjang 7 hari kerja sejak 21 Desember 2026; "
        "tidak dihitung: 24 Des (cuti bersama Natal), 25 Des (Natal), 1 Jan (Tahun Baru Masehi)",
        skipped=(
            DayOff(date(2026, 12, 24), "Natal", JOINT_LEAVE),
            DayOff(date(2026, 12, 25), "Natal", NATIONAL),
            DayOff(date(2027, 1, 1), "Tahun Baru Masehi", NATIONAL),
        ),
    )


@pytest.mark.parametrize(
    "keep", [lambda due: due, lambda due: Due(due.at, due.because)], ids=["due", "stored"]
)
def test_an_extension_doubts_an_undecided_year_once(keep):
    calendar = Calendar.of([], JAKARTA, confirmed_years=frozenset({2026}))
    due = deadline(at("2026-12-28T09:00"), Term(10, HK), calendar)
    assert extend(keep(due), Term(7, HK), calendar).because == (
        "10 hari kerja sejak 28 Desember 2026; diperpanjang 7 hari kerja sejak 11 Januari 2027. "
        "Hari libur tahun 2027 belum ditetapkan, jadi tanggal ini dapat bergeser"
    )
