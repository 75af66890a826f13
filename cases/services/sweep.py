"""What must happen by itself. Level-triggered: each run asks what is due now, however long nobody asked."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from home.registry import Registry
from home.services.link_checks import check_links
from home.services.painting import paint_pictures
from opd_pages.models import Level, Role, Unit
from opd_pages.services.memberships import follow_the_calendar

from ..actors import System
from ..calendar import Due
from ..desk_hours import warning_day
from ..kinds import all_kinds, kind_of
from ..models import Deadline, SweepMark, Task
from ..quarantine import empty_quarantine
from .changes import change
from .clockwork import clockwork
from .daily_root import publish_root
from .erasure import erase_nightly
from .holding import let_go
from .outbox import call_back, deliver_due, judge_refusals, queue_messages
from .recounting import take_up_waiting
from .staffing import Chair, orphans, taker
from .tidying import tidy_files
from .turns import Turn

logger = logging.getLogger(__name__)

MARK, DAILY = "sweep", "daily"
PAGE = 200
MORNING = time(7)
MIDNIGHT = time(0)
# With one message more that waits for the mail server (EMAIL_TIMEOUT), well below the worker's own time-out.
DELIVERY_SECONDS = 10


# Callables (now) of other rooms, once a day.
daily_duties: Registry[Callable[[datetime], None]] = Registry()


def sweep(now: datetime | None = None) -> None:
    """Run every duty once. A duty or a row that fails is logged and does not stop the others."""
    moment = now or timezone.now()
    for duty in (
        take_up_waiting,
        lapse_clocks,
        note_overdue,
        remind,
        readdress,
        once_a_day,
        empty_quarantine,
        let_go,
        erase_nightly,
        publish_root,
        paint_pictures,
        check_links,
    ):
        _guarded(duty, moment)
    SweepMark.objects.update_or_create(name=MARK, defaults={"at": moment})
    # Last: a mail server that hangs costs no other duty its turn, and does not look like a worker that does nothing.
    _guarded(deliver, now)


def _guarded(duty: Callable[..., None], *args) -> None:
    try:
        duty(*args)
    except Exception:
        logger.exception("sweep: %s failed", duty.__name__)


def deliver(now: datetime | None = None) -> None:
    """Send what waits, as far as one turn goes; the rest is sent at the next."""
    stop_at = monotonic() + DELIVERY_SECONDS
    call_back(now or timezone.now())
    turn = Turn()
    while deliver_due(now=now, stop_at=stop_at, turn=turn):
        pass
    judge_refusals(turn)


def once_a_day(now: datetime) -> None:
    """What a day's change of date brings: memberships begin and end, strays are swept away, and what the
    other rooms have entered."""
    mark = SweepMark.objects.filter(name=DAILY).first()
    # A mark of a day to come was made while the clock stood ahead.
    if mark and timezone.localdate(mark.at) == timezone.localdate(now):
        return
    follow_the_calendar(timezone.localdate(now))
    for duty in (tidy_files, *daily_duties):
        _guarded(duty, now)
    SweepMark.objects.update_or_create(name=DAILY, defaults={"at": now})


def _running() -> QuerySet[Deadline]:
    return Deadline.objects.filter(ended_at=None, paused_at=None).select_related(
        "case__responsible_unit__kind"
    )


def _each(clocks: QuerySet[Deadline]) -> Iterator[Deadline]:
    """All of them, a page at a time: what fails and so stays due is passed by, and holds up nothing behind it."""
    last = 0
    while page := list(clocks.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield from page
        last = page[-1].pk


def lapse_clocks(now: datetime) -> None:
    """Clocks whose end does something by itself: silence closes a case, an unanswered question withdraws it."""
    for kind in all_kinds():
        due = _running().filter(case__kind=kind.kind, step__in=kind.on_lapse, due_at__lt=now)
        for clock in _each(due):
            _guarded(kind.on_lapse[clock.step], clock.case, now)


def note_overdue(now: datetime) -> None:
    """A promise that was not kept is written down and told to the head and whoever watches over the kind, once."""
    for clock in _each(_promises().filter(due_at__lt=now, overdue_noted_at=None)):
        _guarded(note_broken_promise, clock, now)


def note_broken_promise(clock: Deadline, now: datetime) -> None:
    with change(clock.case, by=System(), at=now) as changing:
        fresh = Deadline.objects.get(pk=clock.pk)
        if fresh.ended_at or fresh.overdue_noted_at or fresh.due_at >= now:
            return
        fresh.overdue_noted_at = now
        fresh.save(update_fields=["overdue_noted_at"])
        changing.record("overdue", step=clock.step)
        changing.notify("desk_overdue", role=Role.HEAD)
        root = Unit.objects.filter(parent=None, kind__level=Level.ROOT).first()
        if root and (watcher := kind_of(changing.case).watched_by):
            changing.notify("desk_overdue", role=watcher, unit=root)


def remind(now: datetime) -> None:
    """On the last working day before a promise lapses its unit is told: nobody opens the desk on a Saturday."""
    calendar = clockwork().calendar
    morning = calendar.local(now) - timedelta(hours=MORNING.hour)
    # What lapses before the next working day begins has its last working day today, or had it already.
    until = datetime.combine(calendar.next_working_day(morning.date()), MIDNIGHT, calendar.timezone)
    for clock in _each(_promises().filter(reminded_at=None, due_at__gte=now, due_at__lt=until)):
        day = warning_day(Due(clock.due_at, clock.because), calendar)
        _guarded(_remind, clock, now, day != calendar.local_date(clock.due_at))


def _remind(clock: Deadline, now: datetime, lapses_on_day_off: bool) -> None:
    with transaction.atomic():
        if not Deadline.objects.filter(pk=clock.pk, reminded_at=None, ended_at=None).update(reminded_at=now):
            return
        case = clock.case
        for role in (Role.OPERATOR, Role.HEAD):
            queue_messages(case, "desk_reminder", at=now, unit=case.responsible_unit, role=role)
        if lapses_on_day_off and (person := kind_of(case).on_duty(case)):
            queue_messages(case, "desk_reminder", at=now, recipient=person)


def readdress(now: datetime) -> None:
    """What somebody owed who left is owed by whoever stands in for them; people leave without telling the portal."""
    for task in orphans().select_related("case", "unit"):
        chair = taker(task.case, task.unit, task.role, task.section_id)
        if chair != Chair(task.unit_id, task.role, task.section_id):
            _guarded(_readdress, task, chair, now)


def _readdress(task: Task, chair: Chair, now: datetime) -> None:
    with change(task.case_id, by=System(), at=now) as changing:
        if Task.objects.filter(pk=task.pk, done_at=None).exists():
            changing.readdress(task, chair)


def _promises() -> QuerySet[Deadline]:
    steps = {step for kind in all_kinds() for step in kind.promised_steps}
    return _running().filter(step__in=steps, case__closed_at=None)
