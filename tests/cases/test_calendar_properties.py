"""What holds for every start, term and table of days off."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.calendar import (
    Calendar,
    DayOff,
    DayOffKind,
    FirstDay,
    Term,
    TermUnit,
    deadline,
    extend,
    joint,
    remaining,
    resume,
    short_day_words,
)
from tests.cases.joint_decrees import DAYS_OFF, JAKARTA

HK, HARI, JAM = TermUnit.WORKING_DAYS, TermUnit.DAYS, TermUnit.HOURS
ONE_DAY = timedelta(days=1)

for_all = settings(max_examples=100)

starts = st.datetimes(datetime(2025, 12, 1), datetime(2027, 10, 1), timezones=st.just(JAKARTA))
amounts = st.integers(0, 100)
units = st.sampled_from(TermUnit)
local_days_off = st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=40)
calendars = st.builds(
    lambda local, joint_leave_is_off, decreed, first_day: Calendar.of(
        DAYS_OFF + [DayOff(day, "libur daerah", DayOffKind.LOCAL) for day in local],
        JAKARTA,
        joint_leave_is_off,
        decreed,
        first_day,
    ),
    local_days_off,
    st.booleans(),
    st.frozensets(st.sampled_from([2025, 2026, 2027, 2028])),
    st.sampled_from(FirstDay),
)
next_day_calendars = calendars.filter(lambda calendar: calendar.first_day == FirstDay.NEXT)


def weekdays(after: date, until: date) -> list[date]:
    """Monday to Friday after one date, up to and with the other."""
    days = (after + n * ONE_DAY for n in range(1, (until - after).days + 1))
    return [day for day in days if day.isoweekday() <= 5]


def worked(after: date, until: date, calendar: Calendar) -> list[date]:
    return [day for day in weekdays(after, until) if calendar.day_off(day) is None]


@for_all
@given(starts, st.timedeltas(timedelta(0), timedelta(days=40)), amounts, units, calendars)
def test_a_later_start_never_ends_sooner(start, later, amount, unit, calendar):
    term = Term(amount, unit)
    assert deadline(start, term, calendar).at <= deadline(start + later, term, calendar).at


@for_all
@given(starts, amounts, units, calendars)
def test_a_longer_term_never_ends_sooner(start, amount, unit, calendar):
    longer = deadline(start, Term(amount + 1, unit), calendar)
    assert deadline(start, Term(amount, unit), calendar).at <= longer.at


@for_all
@given(starts, amounts, calendars)
def test_working_days_end_on_a_working_day(start, amount, calendar):
    last = deadline(start, Term(amount, HK), calendar).at.date()
    assert worked(last - ONE_DAY, last, calendar) == [last]


@for_all
@given(starts, st.integers(1, 100), calendars)
def test_as_many_days_are_worked_as_the_term_says(start, amount, calendar):
    last = deadline(start, Term(amount, HK), calendar).at.date()
    day_0 = start.date() - ONE_DAY * (calendar.first_day == FirstDay.SAME)
    assert len(worked(day_0, last, calendar)) == amount


@for_all
@given(starts, st.integers(1, 100), next_day_calendars)
def test_the_calendar_counts_back_what_it_counted(start, amount, calendar):
    last = deadline(start, Term(amount, HK), calendar).at.date()
    assert calendar.working_days(start.date(), last) == amount


@for_all
@given(starts, st.integers(1, 100), next_day_calendars)
def test_the_explanation_lists_exactly_the_weekday_holidays_skipped(start, amount, calendar):
    due = deadline(start, Term(amount, HK), calendar)
    passed = [calendar.day_off(day) for day in weekdays(start.date(), due.at.date())]
    holidays = [f"{short_day_words(off.date)} ({off})" for off in passed if off]
    _, _, listed = due.because.partition(". ")[0].partition("; tidak dihitung: ")
    assert listed == ", ".join(holidays)


@for_all
@given(starts, st.integers(1, 100), next_day_calendars)
def test_every_undecided_year_that_was_counted_in_is_told(start, amount, calendar):
    due = deadline(start, Term(amount, HK), calendar)
    counted_in = {(start.date() + ONE_DAY).year, due.at.year}
    assert due.unconfirmed_years == tuple(sorted(counted_in - calendar.confirmed_years))


@for_all
@given(starts, st.integers(1, 60), st.sampled_from([HK, HARI]), next_day_calendars, st.data())
def test_a_pause_and_resumption_on_one_day_change_nothing(start, amount, unit, calendar, data):
    due = deadline(start, Term(amount, unit), calendar)
    paused = data.draw(st.datetimes(start.replace(tzinfo=None), due.at.replace(tzinfo=None))).replace(
        tzinfo=JAKARTA
    )
    resumed = data.draw(st.sampled_from([paused, calendar.end_of(paused.date())]))
    assert resume(remaining(due, paused, unit, calendar), resumed, calendar).at == due.at


@for_all
@given(starts, st.integers(1, 60), calendars)
def test_the_first_day_rule_is_not_applied_again_after_a_pause(start, amount, calendar):
    due = deadline(start, Term(amount, HK), calendar)
    assume(due.at.date() > start.date())
    assert resume(remaining(due, start, HK, calendar), start, calendar).at == due.at


@for_all
@given(starts, st.integers(1, 60), st.integers(0, 30), st.integers(0, 90), next_day_calendars)
def test_a_resumed_clock_runs_as_many_days_as_were_left(start, amount, before, paused_for, calendar):
    due = deadline(start, Term(amount, HK), calendar)
    paused = start + before * ONE_DAY
    assume(calendar.working_days(paused.date(), due.at.date()) > 0)
    resumed = paused + paused_for * ONE_DAY
    new_due = resume(remaining(due, paused, HK, calendar), resumed, calendar)
    assert len(worked(resumed.date(), new_due.at.date(), calendar)) == len(
        worked(paused.date(), due.at.date(), calendar)
    )


@for_all
@given(starts, st.integers(1, 72), st.timedeltas(timedelta(0), timedelta(days=3)), calendars)
def test_a_pause_costs_no_one_more_than_a_begun_hour(start, amount, elapsed, calendar):
    due = deadline(start, Term(amount, JAM), calendar)
    paused = start + elapsed
    assume(paused < due.at)
    resumed = resume(remaining(due, paused, JAM, calendar), paused, calendar)
    assert due.at <= resumed.at < due.at + timedelta(hours=1)


@for_all
@given(starts, st.integers(1, 100), st.integers(0, 40), units, calendars)
def test_an_extension_is_the_longer_term_from_the_start(start, amount, more, unit, calendar):
    extended = extend(deadline(start, Term(amount, unit), calendar), Term(more, unit), calendar)
    longer = deadline(start, Term(amount + more, unit), calendar)
    assert (extended.at, extended.skipped, extended.unconfirmed_years) == (
        longer.at,
        longer.skipped,
        longer.unconfirmed_years,
    )


@for_all
@given(starts, starts, amounts, amounts, units, units, calendars)
def test_an_inner_limit_is_the_sooner_of_itself_and_the_outer(
    start, inner_start, amount, inner_amount, unit, inner_unit, calendar
):
    outer = deadline(start, Term(amount, unit), calendar)
    free = deadline(inner_start, Term(inner_amount, inner_unit), calendar)
    inner = deadline(inner_start, Term(inner_amount, inner_unit), calendar, outer=outer)
    assert (inner.at, inner.clipped) == (min(free.at, outer.at), outer.at < free.at)


@for_all
@given(starts, amounts, amounts, units, units, calendars)
def test_the_stricter_of_two_is_the_same_whichever_comes_first(start, one, other, unit, other_unit, calendar):
    a, b = (deadline(start, term, calendar) for term in (Term(one, unit), Term(other, other_unit)))
    assert joint(a, b).at == joint(b, a).at == min(a.at, b.at)


@for_all
@given(
    starts,
    amounts,
    units,
    calendars,
    st.sampled_from([UTC, *map(ZoneInfo, ("Asia/Jayapura", "America/New_York", "Pacific/Kiritimati"))]),
)
def test_the_zone_a_start_is_written_in_does_not_matter(start, amount, unit, calendar, zone):
    term = Term(amount, unit)
    assert deadline(start.astimezone(zone), term, calendar) == deadline(start, term, calendar)
