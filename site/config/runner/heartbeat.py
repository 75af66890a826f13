"""Signs of life of the worker, and the watch over them.

A worker that is killed while it waits may lock its queue for ever: its siblings live on and take nothing. Nothing in
django-q2 notices, so every task leaves a mark when it starts and when it has been booked as done, and a quiet worker is
given a task that does nothing. That says nothing of the process that guards the workers and calls the sweep: it tells
twice a second how it is, for three seconds each (django_q.status.Stat), and is missed when it does not.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, Error, close_old_connections
from django.utils import timezone
from django_q.models import Schedule
from django_q.status import Stat
from django_q.tasks import async_task

from cases.models import SweepMark

logger = logging.getLogger(__name__)

DONE, BEGUN = "worker", "worker_begun"
QUIET = 10  # seconds without a task after which one is asked for
IDLE_LIMIT = 25  # seconds in which a worker without a task must have done the one asked for
SLACK = 15  # seconds beyond the longest task
GUARD_LIMIT = 40  # seconds in which its guard must have told of itself again
LONGEST_WAIT = timedelta(minutes=2)  # no schedule of ours runs more seldom than once a minute


def note_begun(**_signal) -> None:
    _mark(BEGUN, timezone.now())


def note_done(task: dict, **_signal) -> None:
    # When it ended, not when it was booked: by then the next task may have begun.
    _mark(DONE, task["stopped"])


def _mark(name: str, at: datetime) -> None:
    try:
        SweepMark.objects.bulk_create(
            [SweepMark(name=name, at=at)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["at"],
        )
    except DatabaseError:
        # The task itself matters more than the mark.
        logger.warning("no sign of life could be written", exc_info=True)


def ping() -> None:
    """Nothing: that it was done is the sign."""


class Heartbeat:
    """Judges by the marks whether the worker still takes work. `longest_task` in seconds.

    Time is measured here and only the change of a mark counts, so a clock that is set does not matter.
    """

    def __init__(self, longest_task: int, clock: Callable[[], float] = time.monotonic):
        self._busy_limit = longest_task + SLACK
        self._clock = clock
        self._marks: dict[str, datetime] = {}
        self.begin()

    def begin(self) -> None:
        self._last_done = self._pinged_at = self._guarded_at = self._clock()
        # It has yet to load before it can give a first sign.
        self._limit = self._guard_limit = self._busy_limit

    def is_stale(self) -> bool:
        now = self._clock()
        return now - self._last_done > self._limit or now - self._guarded_at > self._guard_limit

    def note_guarded(self) -> None:
        self._guarded_at, self._guard_limit = self._clock(), GUARD_LIMIT

    def note(self, marks: dict[str, datetime]) -> None:
        if marks.get(DONE) != self._marks.get(DONE):
            self._last_done = self._clock()
        if marks != self._marks:
            is_busy = DONE not in marks or marks.get(BEGUN, marks[DONE]) > marks[DONE]
            self._limit = self._busy_limit if is_busy else IDLE_LIMIT
            self._marks = marks

    def is_quiet(self) -> bool:
        return self._clock() - max(self._last_done, self._pinged_at) > QUIET

    def note_ping(self) -> None:
        self._pinged_at = self._clock()


def recall_schedules() -> None:
    """While a clock stood ahead, what runs every minute was put off until then; now nothing would run before that day."""
    now = timezone.now()
    if Schedule.objects.filter(next_run__gt=now + LONGEST_WAIT).update(next_run=now):
        logger.warning("the clock stood ahead: the sweep is called back")


def watch(heartbeat: Heartbeat) -> None:
    """For ever, in a thread of its own: a database that does not answer must not keep the supervisor from its work."""
    while True:
        time.sleep(1)
        close_old_connections()
        try:
            heartbeat.note(dict(SweepMark.objects.filter(name__in=[DONE, BEGUN]).values_list("name", "at")))
            if Stat.get_all():
                heartbeat.note_guarded()
            if heartbeat.is_quiet():
                recall_schedules()
                async_task("config.runner.heartbeat.ping", save=False, group="ping")
                heartbeat.note_ping()
        except Error:
            # Without a database nobody can work: that is no fault of the worker.
            heartbeat.begin()
