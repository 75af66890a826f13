"""What holds for every clock that stops, goes on and is prolonged, by whatever calendar it is counted afterwards."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.calendar import Calendar, Term, TermUnit, deadline, extend
from cases.course import Course, Extension, Pause, course

from .test_calendar_properties import amounts, calendars, next_day_calendars, starts, units

HK, HARI, JAM = TermUnit.WORKING_DAYS, TermUnit.DAYS, TermUnit.HOURS
ONE_DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

for_all = settings(max_examples=150)

# How long it runs, and then stands still, in turn.
stretches = st.lists(
    st.tuples(st.timedeltas(timedelta(0), timedelta(days=12)), st.timedeltas(MINUTE, timedelta(days=20))),
    max_size=4,
)
extensions = st.none() | st.tuples(st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(0, 20))


def pauses_after(start: datetime, lengths: list[tuple[timedelta, timedelta]]) -> list[Pause]:
    found, moment = [], start
    for runs, stands in lengths:
        found.append(Pause(moment + runs, moment + runs + stands))
        moment = found[-1].until
    return found


def run(start: datetime, amount: int, unit: TermUnit, calendar: Calendar, **more) -> Course:
    return course(start, deadline(start, Term(amount, unit), calendar), unit, calendar, **more)


def walked(start: datetime, amount: int, unit: TermUnit, calendar: Calendar, pauses: list[Pause]) -> date:
    """The last day, found by going from one day to the next. The day on which it stops is used up; the day on which it
    goes on is not counted, but where nothing was left it ends there, or on the next day that counts."""
    day, left, waiting = start.date(), amount, list(pauses)
    while True:
        while waiting and waiting[0].since.date() == day:
            day = waiting.pop(0).until.date()
            if left == 0:
                day, left = day - ONE_DAY, 1
                break
        else:
            if left == 0:
                return day
        day += ONE_DAY
        if unit == HARI or calendar.is_working_day(day):
            left -= 1


@for_all
@given(starts, st.integers(1, 40), st.sampled_from([HK, HARI]), next_day_calendars, stretches)
def test_a_clock_ends_where_a_walk_from_day_to_day_ends(start, amount, unit, calendar, lengths):
    pauses = pauses_after(start, lengths)
    # A day on which it stops twice is walked over once.
    assume(all(one.until.date() < other.since.date() for one, other in pairwise(pauses)))
    due = run(start, amount, unit, calendar, pauses=pauses).due
    assert due.at == calendar.end_of(walked(start, amount, unit, calendar, pauses))


@for_all
@given(starts, st.integers(1, 200), stretches, calendars)
def test_hours_stand_still_as_long_as_the_clock_does_and_a_begun_hour_each_time(
    start, hours, lengths, calendar
):
    pauses = pauses_after(start, lengths)
    counted = run(start, hours, JAM, calendar, pauses=pauses)
    stood = [pause for pause in pauses if pause.since <= counted.at(pause.since).at]
    whole = counted.dates[0][1].at + sum((pause.until - pause.since for pause in stood), timedelta(0))
    assert -len(stood) * MINUTE <= counted.due.at - whole < timedelta(hours=1) * max(len(stood), 1)


@for_all
@given(
    starts, amounts, units, calendars, stretches, extensions, st.timedeltas(timedelta(0), timedelta(days=90))
)
def test_a_clock_that_stops_and_goes_on_in_one_moment_is_as_if_it_never_stopped(
    start, amount, unit, calendar, lengths, prolonged, later
):
    pauses, extension = pauses_after(start, lengths), extension_of(start, unit, prolonged)
    moment = start + later
    without = run(start, amount, unit, calendar, pauses=pauses, extension=extension)
    more = [*pauses, Pause(moment, moment)]
    assert run(start, amount, unit, calendar, pauses=more, extension=extension) == without


def extension_of(
    start: datetime, unit: TermUnit, prolonged: tuple[timedelta, int] | None
) -> Extension | None:
    return prolonged and Extension(start + prolonged[0], Term(prolonged[1], unit))


@for_all
@given(
    starts, amounts, units, calendars, stretches, extensions, st.timedeltas(timedelta(0), timedelta(days=90))
)
def test_the_date_at_a_moment_is_what_was_counted_then(
    start, amount, unit, calendar, lengths, prolonged, later
):
    pauses, extension = pauses_after(start, lengths), extension_of(start, unit, prolonged)
    moment = start + later
    then = [
        Pause(pause.since, pause.until if pause.until <= moment else None)
        for pause in pauses
        if pause.since <= moment
    ]
    counted_then = run(
        start,
        amount,
        unit,
        calendar,
        pauses=then,
        extension=extension if extension and extension.at <= moment else None,
    )
    whole = run(start, amount, unit, calendar, pauses=pauses, extension=extension)
    assert whole.at(moment) == counted_then.due


@for_all
@given(starts, amounts, units, calendars, st.integers(0, 20), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_an_extension_counts_from_the_date_it_prolongs(start, amount, unit, calendar, more, later):
    counted = run(start, amount, unit, calendar, extension=Extension(start + later, Term(more, unit), "uji"))
    first = deadline(start, Term(amount, unit), calendar)
    assert counted.due == extend(first, Term(more, unit), calendar, basis="uji")


@for_all
@given(starts, amounts, amounts, units, units, calendars, stretches)
def test_however_often_both_stop_no_inner_clock_passes_its_outer(
    start, amount, inner_amount, unit, inner_unit, calendar, lengths
):
    pauses = pauses_after(start, lengths)
    outer = run(start, amount, unit, calendar, pauses=pauses)
    first = deadline(start, Term(inner_amount, inner_unit), calendar, outer=outer.at(start))
    inner = course(start, first, inner_unit, calendar, pauses=pauses, outer=outer)
    assert [since for since, due in inner.dates if due.at > outer.at(since).at] == []


@for_all
@given(starts, st.integers(1, 40), units, calendars, stretches)
def test_what_is_late_when_it_is_told_to_stop_stays_late(start, amount, unit, calendar, lengths):
    first = deadline(start, Term(amount, unit), calendar)
    pauses = pauses_after(first.at + MINUTE, lengths)
    assert run(start, amount, unit, calendar, pauses=pauses).dates == ((start, first),)
