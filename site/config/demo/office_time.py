"""When things happen in the demonstration: offices by their hours and days off, citizens whenever they like."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.conf import settings

from cases.services.clockwork import clockwork

DAY = timedelta(days=1)
USUAL_HOURS = (time(7, 30), time(15))
LONGEST_CLOSED = 3  # from Friday afternoon to Monday morning
# How long ago a report may have come and still be in time by the procedure of Kecamatan Kapas.
FRESH = timedelta(days=3)


class OfficeTime:
    def __init__(self) -> None:
        works = clockwork()
        self._calendar, self._hours = works.calendar, works.hours

    def is_worked(self, day: date) -> bool:
        return self._calendar.is_working_day(day)

    def next(self, moment: datetime, dice: Random) -> datetime:
        """The moment itself where an office is open then, else some minutes after the next opening.

        Over holidays longer than a weekend somebody is on duty.
        """
        local = moment.astimezone(settings.OFFICE_ZONE)
        for days in range(LONGEST_CLOSED + 1):
            day = local.date() + days * DAY
            opens, closes = (self._hours and self._hours.hours_on(day)) or USUAL_HOURS
            if self.is_worked(day) and local < _at(day, closes):
                if local >= _at(day, opens):
                    return local
                return _at(day, opens) + timedelta(minutes=dice.uniform(3, 50))
        return _at(local.date() + DAY, time(9)) + timedelta(minutes=dice.uniform(0, 120))

    def daytime(self, day: date, dice: Random) -> datetime:
        """Some time of a day at which people write to an office."""
        return _at(day, time(5, 30)) + timedelta(hours=dice.triangular(0, 16, 4))

    def this_morning(self, now: datetime, dice: Random) -> datetime:
        """When a report came that the head should see this morning: the last working day, unless that is long ago."""
        today = now.astimezone(settings.OFFICE_ZONE).date()
        day = today
        while not self.is_worked(day) or _at(day, time(9)) > now:
            day -= DAY
        if day + FRESH < today:
            day = today - DAY
        return _at(day, time(5)) + timedelta(minutes=dice.uniform(0, 150))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, settings.OFFICE_ZONE)
