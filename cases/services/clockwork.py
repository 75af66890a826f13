"""The office's calendar and rules, from the database into the pure functions of cases.calendar."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache, partial, reduce
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..calendar import Calendar, DayOff, DayOffKind, Due, FirstDay, Term, TermUnit, deadline, joint
from ..desk_hours import HoursPeriod, OfficeHours
from ..models import ClockSettings, Holiday, HolidayDecree, Rule, SweepMark
from ..models import OfficeHours as OfficeHoursRow

STAMP = "reference"
# Terms that are remembered: those of some weeks' receipts.
REMEMBERED = 2_000


class NoRule(LookupError):
    """No rule is in force for this step on this day: an administrator must enter one."""


class Clockwork(NamedTuple):
    """What terms are counted with: kept in memory until somebody changes a holiday, rule or hour."""

    calendar: Calendar
    hours: OfficeHours | None
    rules: dict[tuple[str, str], list[Rule]]
    # cases.calendar.deadline by this calendar. What it was asked before it remembers.
    count: Callable[..., Due]

    @classmethod
    def of(cls, calendar: Calendar, hours: OfficeHours | None, rules: dict) -> "Clockwork":
        return cls(calendar, hours, rules, lru_cache(REMEMBERED)(partial(deadline, calendar=calendar)))

    def rule(self, procedure: str, step: str, on: date) -> Rule:
        """The rule in force on a day. Raises NoRule."""
        for rule in self.rules.get((procedure, step), ()):
            if rule.is_in_force(on):
                return rule
        raise NoRule(
            _("Belum ada aturan waktu untuk %(step)s pada %(day)s.")
            % {"step": f"{procedure}/{step}", "day": on}
        )

    def due(self, rule: Rule, start: datetime, *, outer: Due | None = None) -> Due:
        term = term_of(rule)
        if term.unit != TermUnit.HOURS:
            # What came on one day ends on one day, and is counted once.
            start = self.calendar.local(start).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.count(start, term, outer=outer, basis=rule.legal_basis)

    def strictest(self, procedure: str, steps: Sequence[str], start: datetime) -> tuple[Rule, Due]:
        """Of sources that contradict each other the stricter date, which names both, and its rule. Raises NoRule."""
        rules = [self.rule(procedure, step, self.calendar.local_date(start)) for step in steps]
        dues = [self.due(rule, start) for rule in rules]
        strictest = rules[dues.index(min(dues, key=lambda due: due.at))]
        return strictest, reduce(joint, dues)


def term_of(rule: Rule) -> Term:
    return Term(rule.amount, TermUnit(rule.unit))


_kept: tuple[tuple | None, Clockwork] | None = None


def clockwork() -> Clockwork:
    """The calendar and rules in force; one query while nothing has changed."""
    global _kept
    stamp = _stamp()
    if _kept is None or stamp is None or _kept[0] != stamp:
        _kept = (stamp, load())
    return _kept[1]


def _stamp() -> tuple | None:
    # Asked for every clock there is: Django would be longer over the question than the database over its answer.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT at FROM {SweepMark._meta.db_table} WHERE name = %s", [STAMP])  # noqa: S608
        return cursor.fetchone()


def reference_mark() -> str:
    """Another one as soon as a holiday, a rule or an hour is another."""
    return str(_stamp() or "")


def reference_changed(**_signal) -> None:
    """Tell every process that holidays, rules or hours are not what they were."""
    SweepMark.objects.update_or_create(name=STAMP, defaults={"at": timezone.now()})


def load() -> Clockwork:
    """From the database as it stands, whatever is kept in memory. 5 queries."""
    counting = ClockSettings.objects.first() or ClockSettings()
    calendar = Calendar.of(
        (DayOff(day.date, day.name, DayOffKind(day.kind)) for day in Holiday.objects.all()),
        settings.OFFICE_ZONE,
        joint_leave_is_off=counting.joint_leave_is_off,
        confirmed_years=frozenset(HolidayDecree.objects.values_list("year", flat=True)),
        first_day=FirstDay.NEXT if counting.counts_from_next_day else FirstDay.SAME,
    )
    rules: dict[tuple[str, str], list[Rule]] = {}
    for rule in Rule.objects.order_by("-effective_from"):
        rules.setdefault((rule.procedure, rule.step), []).append(rule)
    return Clockwork.of(calendar, _office_hours(), rules)


def _office_hours() -> OfficeHours | None:
    weekly: dict[int, tuple] = {}
    periods: dict[tuple[date, date], dict[int, tuple]] = {}
    for row in OfficeHoursRow.objects.filter(~Q(weekday=None)):
        week = periods.setdefault((row.valid_from, row.valid_until), {}) if row.valid_from else weekly
        week[row.weekday] = (row.opens, row.closes)
    if not weekly:
        return None
    exceptions = tuple(HoursPeriod(start, end, week) for (start, end), week in periods.items())
    return OfficeHours(weekly, exceptions)
