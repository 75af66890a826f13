"""Office hours, and the procedure of Kecamatan Kapas for a report that comes at any hour of any weekday."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cases.calendar import Calendar, Due, NoWorkingDay, Term, TermUnit, deadline
from cases.desk_hours import HoursPeriod, OfficeHours, warning_day
from tests.cases.joint_decrees import JAKARTA, JOINT_LEAVE_OFF, JOINT_LEAVE_WORKED

EIGHT, QUARTER_HOUR = time(8), timedelta(minutes=15)
DESK = (JOINT_LEAVE_OFF, EIGHT, QUARTER_HOUR)
MONDAY, FRIDAY = 0, 4
USUAL = {day: (time(7, 30), time(15)) for day in range(4)} | {FRIDAY: (time(7, 30), time(11))}
RAMADAN = HoursPeriod(
    date(2026, 2, 18),
    date(2026, 3, 17),
    {day: (time(8), time(14)) for day in range(4)} | {FRIDAY: (time(8), time(10, 30))},
)
HALF_DAY = HoursPeriod(date(2026, 3, 17), date(2026, 3, 17), {1: (time(8), time(12))})
KAPAS = OfficeHours(USUAL, (RAMADAN, HALF_DAY))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "closes"),
    [
        ("2026-11-16", time(15)),
        ("2026-11-20", time(11)),
        ("2026-02-18", time(14)),
        ("2026-02-20", time(10, 30)),
        ("2026-03-16", time(14)),
        ("2026-03-17", time(12)),
        ("2026-03-25", time(15)),
        ("2026-11-21", None),
    ],
)
def test_the_office_closes_by_weekday_and_earlier_in_ramadan(on, closes):
    assert KAPAS.closes_at(day(on)) == closes


def test_a_period_changes_only_the_weekdays_it_names():
    short_fridays = HoursPeriod(day("2026-11-01"), day("2026-11-30"), {FRIDAY: (time(8), time(10))})
    assert OfficeHours(USUAL, (short_fridays,)).closes_at(day("2026-11-16")) == time(15)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-16T07:29:59", False),
        ("2026-11-16T07:30", True),
        ("2026-11-16T14:59:59", True),
        ("2026-11-16T15:00", False),
        ("2026-11-20T11:00", False),
        ("2026-11-21T10:00", False),
        ("2026-03-18T10:00", False),
    ],
)
def test_the_office_is_open_in_its_hours_on_working_days(moment, is_open):
    assert KAPAS.is_open(at(moment), JOINT_LEAVE_OFF) == is_open


def test_opening_hours_are_the_offices_own_clock():
    assert KAPAS.is_open(datetime(2026, 11, 16, 0, 30, tzinfo=UTC), JOINT_LEAVE_OFF)


@pytest.mark.parametrize(
    ("on", "openings"),
    [
        ("2026-11-16", ["2026-11-16T08:00", "2026-11-16T14:45"]),
        ("2026-11-20", ["2026-11-20T08:00", "2026-11-20T10:45"]),
        ("2026-03-13", ["2026-03-13T08:00", "2026-03-13T10:15"]),
        ("2026-03-17", ["2026-03-17T08:00", "2026-03-17T11:45"]),
        ("2026-11-21", []),
        ("2026-03-18", []),
    ],
)
def test_the_desk_is_opened_twice_a_working_day(on, openings):
    assert list(KAPAS.openings(day(on), *DESK)) == [at(moment) for moment in openings]


def test_the_desk_is_opened_on_joint_leave_that_is_worked():
    openings = KAPAS.openings(day("2026-12-24"), JOINT_LEAVE_WORKED, EIGHT, QUARTER_HOUR)
    assert openings == (at("2026-12-24T08:00"), at("2026-12-24T14:45"))


def test_the_desk_waits_for_an_office_that_opens_late():
    late = OfficeHours({MONDAY: (time(9), time(15))})
    assert late.openings(day("2026-11-16"), *DESK) == (at("2026-11-16T09:00"), at("2026-11-16T14:45"))


def test_a_day_too_short_for_two_openings_has_one():
    short = OfficeHours({MONDAY: (time(8), time(8, 15))})
    assert short.openings(day("2026-11-16"), *DESK) == (at("2026-11-16T08:00"),)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-16T07:59", "2026-11-16T08:00"),
        ("2026-11-16T08:00", "2026-11-16T14:45"),
        ("2026-11-16T14:45", "2026-11-17T08:00"),
        ("2026-11-20T10:45", "2026-11-23T08:00"),
        ("2026-03-17T11:45", "2026-03-25T08:00"),
        ("2026-12-31T20:00", "2027-01-04T08:00"),
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(moment, opening):
    assert KAPAS.next_opening(at(moment), *DESK) == at(opening)


def test_a_desk_that_is_never_opened_is_refused_instead_of_searched_for_ever():
    with pytest.raises(NoWorkingDay, match="Periksa jam kerja dan hari libur"):
        OfficeHours({}).next_opening(at("2026-11-16T08:00"), *DESK)


@pytest.mark.parametrize(
    ("due", "warned"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21", "2026-11-20"),
        ("2026-11-22", "2026-11-20"),
        ("2026-03-22", "2026-03-17"),
        ("2027-01-03", "2026-12-31"),
    ],
)
def test_a_promise_that_lapses_on_a_day_off_is_announced_on_the_last_working_day(due, warned):
    assert warning_day(Due(at(f"{due}T23:59:59"), ""), JOINT_LEAVE_OFF) == day(warned)


def test_the_day_of_warning_is_jakartas_and_not_utcs():
    monday_0330_wib = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    assert warning_day(Due(monday_0330_wib, ""), JOINT_LEAVE_OFF) == day("2026-11-23")


# The procedure of Kecamatan Kapas: told at the next opening of the desk, findings by the next day, a decision
# within two working days, and an answer the reporter can read within three days of the report.


def kapas_limits(received: datetime, calendar: Calendar, answer_unit: TermUnit) -> tuple[Due, Due, Due]:
    """answer, findings, decision"""
    answer = deadline(received, Term(3, answer_unit), calendar)
    told = KAPAS.next_opening(received, calendar, EIGHT, QUARTER_HOUR)
    findings = deadline(told, Term(1, TermUnit.DAYS), calendar, outer=answer)
    decision = deadline(findings.at, Term(2, TermUnit.WORKING_DAYS), calendar, outer=answer)
    return answer, findings, decision


# Monday 16 to Sunday 22 November 2026, no holiday near. A date followed by * is cut at the answer's.
KAPAS_WEEK = [
    # received          answer  findings decision
    ("2026-11-16T07:00", "19", "17", "19"),
    ("2026-11-16T09:00", "19", "17", "19"),
    ("2026-11-16T15:00", "19", "18", "19*"),
    ("2026-11-17T09:00", "20", "18", "20"),
    ("2026-11-17T15:00", "20", "19", "20*"),
    ("2026-11-18T09:00", "21", "19", "21*"),
    ("2026-11-18T15:00", "21", "20", "21*"),
    ("2026-11-19T09:00", "22", "20", "22*"),
    ("2026-11-19T15:00", "22", "21", "22*"),
    ("2026-11-20T09:00", "23", "21", "23*"),
    ("2026-11-20T11:00", "23", "23*", "23*"),
    ("2026-11-21T09:00", "24", "24", "24*"),
    ("2026-11-22T09:00", "25", "24", "25*"),
]


@pytest.mark.parametrize(("received", "answer", "findings", "decision"), KAPAS_WEEK)
def test_a_week_at_kapas(received, answer, findings, decision):
    dues = kapas_limits(at(received), JOINT_LEAVE_OFF, TermUnit.DAYS)
    assert [f"{due.at:%d}{'*' * due.clipped}" for due in dues] == [answer, findings, decision]


# Every hour of that week: the answer's date in calendar and in working days, and the day the unit is warned.
ANSWER_DAYS = {
    "2026-11-16": ("2026-11-19", "2026-11-19", "2026-11-19"),
    "2026-11-17": ("2026-11-20", "2026-11-20", "2026-11-20"),
    "2026-11-18": ("2026-11-21", "2026-11-23", "2026-11-20"),
    "2026-11-19": ("2026-11-22", "2026-11-24", "2026-11-20"),
    "2026-11-20": ("2026-11-23", "2026-11-25", "2026-11-23"),
    "2026-11-21": ("2026-11-24", "2026-11-25", "2026-11-24"),
    "2026-11-22": ("2026-11-25", "2026-11-25", "2026-11-25"),
}
EVERY_HOUR = [
    (at(received) + timedelta(hours=hour), *days)
    for received, days in ANSWER_DAYS.items()
    for hour in range(24)
]


@pytest.mark.parametrize(("received", "calendar_days", "working_days", "warned"), EVERY_HOUR)
def test_the_answer_is_promised_by_the_day_of_receipt_whatever_the_hour(
    received, calendar_days, working_days, warned
):
    by_days, *_ = kapas_limits(received, JOINT_LEAVE_OFF, TermUnit.DAYS)
    by_working_days, *_ = kapas_limits(received, JOINT_LEAVE_OFF, TermUnit.WORKING_DAYS)
    assert (by_days.at, by_working_days.at, warning_day(by_days, JOINT_LEAVE_OFF)) == (
        at(f"{calendar_days}T23:59:59"),
        at(f"{working_days}T23:59:59"),
        day(warned),
    )


ODD_WEEKS = [
    *("2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18", "2026-03-20", "2026-03-22", "2026-03-24"),
    *("2026-12-23", "2026-12-24", "2026-12-27", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-04"),
]


@pytest.mark.parametrize("answer_unit", [TermUnit.DAYS, TermUnit.WORKING_DAYS])
@pytest.mark.parametrize("calendar", [JOINT_LEAVE_OFF, JOINT_LEAVE_WORKED], ids=["off", "worked"])
def test_no_inner_limit_of_kapas_passes_the_answer(calendar, answer_unit):
    starts = [received for received, *_ in EVERY_HOUR]
    starts += [at(odd) + timedelta(hours=hour) for odd in ODD_WEEKS for hour in range(24)]
    limits = [kapas_limits(received, calendar, answer_unit) for received in starts]
    assert [late for late in limits if max(due.at for due in late) > late[0].at] == []


# Around Lebaran and New Year, with joint leave off.
@pytest.mark.parametrize(
    ("received", "answer", "findings", "decision", "warned"),
    [
        ("2026-03-16T09:00", "03-19", "03-17", "03-19*", "03-17"),
        ("2026-03-17T09:00", "03-20", "03-18", "03-20*", "03-17"),
        ("2026-03-17T20:00", "03-20", "03-20*", "03-20*", "03-17"),
        ("2026-03-22T09:00", "03-25", "03-25*", "03-25*", "03-25"),
        ("2026-03-24T09:00", "03-27", "03-26", "03-27*", "03-27"),
        ("2026-12-23T09:00", "12-26", "12-24", "12-26*", "12-23"),
        ("2026-12-30T09:00", "01-02", "12-31", "01-02*", "12-31"),
        ("2026-12-31T16:00", "01-03", "01-03*", "01-03*", "12-31"),
        ("2027-01-01T09:00", "01-04", "01-04*", "01-04*", "01-04"),
    ],
)
def test_kapas_around_lebaran_and_new_year(received, answer, findings, decision, warned):
    dues = kapas_limits(at(received), JOINT_LEAVE_OFF, TermUnit.DAYS)
    told = [f"{due.at:%m-%d}{'*' * due.clipped}" for due in dues]
    assert (told, f"{warning_day(dues[0], JOINT_LEAVE_OFF):%m-%d}") == ([answer, findings, decision], warned)
