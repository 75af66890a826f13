"""When an office is open, when its desk is looked at, and when a lapsing promise is announced.

Pure, like the calendar. Times are the office's own clock (the calendar's zone).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.calendar import LONGEST_BREAK, ONE_DAY, Calendar, Due, NoWorkingDay

Weekly = Mapping[int, tuple[time, time]]  # weekday (Monday is 0) -> opens, closes


@dataclass(frozen=True)
class HoursPeriod:
    """Other hours between two days, both included, such as in Ramadan; weekdays not named keep theirs."""

    start: date
    end: date
    weekly: Weekly


@dataclass(frozen=True)
class OfficeHours:
    weekly: Weekly
    exceptions: tuple[HoursPeriod, ...] = ()

    def hours_on(self, day: date) -> tuple[time, time] | None:
        """Opening and closing time by weekday and period, whether or not it is a working day.

        Of periods that overlap the shorter speaks: one half day within Ramadan.
        """
        periods = [period for period in self.exceptions if period.start <= day <= period.end]
        for period in sorted(periods, key=lambda period: period.end - period.start):
            if day.weekday() in period.weekly:
                return period.weekly[day.weekday()]
        return self.weekly.get(day.weekday())

    def closes_at(self, day: date) -> time | None:
        hours = self.hours_on(day)
        return hours and hours[1]

    def is_open(self, moment: datetime, calendar: Calendar) -> bool:
        """From the opening minute until just before the closing one, on working days."""
        local = calendar.local(moment)
        hours = self.hours_on(local.date())
        return bool(hours) and calendar.is_working_day(local.date()) and hours[0] <= local.time() < hours[1]

    def openings(
        self, day: date, calendar: Calendar, first: time, before_closing: timedelta
    ) -> tuple[datetime, ...]:
        """The moments at which the desk is opened: `first`, and a while before that day's own closing hour.

        None on a day that is not worked; one where the day is too short for two.
        """
        hours = self.hours_on(day)
        if not hours or not calendar.is_working_day(day):
            return ()
        opens, closes = (datetime.combine(day, hour, calendar.timezone) for hour in hours)
        morning = max(opens, datetime.combine(day, first, calendar.timezone))
        afternoon = closes - before_closing
        return (morning, afternoon) if morning < afternoon else (morning,)

    def next_opening(
        self, moment: datetime, calendar: Calendar, first: time, before_closing: timedelta
    ) -> datetime:
        """The first opening of the desk after the moment. Raises NoWorkingDay if a year brings none."""
        today = calendar.local_date(moment)
        for n in range(LONGEST_BREAK + 1):
            for opening in self.openings(today + n * ONE_DAY, calendar, first, before_closing):
                if opening > moment:
                    return opening
        raise NoWorkingDay(
            "Meja layanan tidak dibuka dalam setahun ke depan. Periksa jam kerja dan hari libur."
        )


def warning_day(due: Due, calendar: Calendar) -> date:
    """The last working day on or before the due date, when a promise that lapses over a weekend is announced.

    It may lie before the receipt itself (received on Saturday, due on Sunday): then tell at once.
    """
    return calendar.previous_working_day(calendar.local_date(due.at) + ONE_DAY)
