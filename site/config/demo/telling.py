"""Tells all tales at once, in the order of time, so that numbers, histories and nights fall as they would have."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cases.calendar import Due
from cases.desk_hours import warning_day
from cases.intake import accept_image
from cases.kinds import all_kinds
from cases.models import Case, Deadline, OutboxMessage
from cases.services.clockwork import clockwork
from cases.services.sweep import note_broken_promise
from opd_pages.models import Unit
from opd_pages.services.importing import Progress

from .cast import Cast
from .drawings import SCENES, scene
from .office_time import DAY, OfficeTime
from .plots import Moments
from .requests import cases_of, inquiries, wishes
from .script import parts
from .setting import Storyteller
from .tale import Stage

SAID_EVERY = 100  # steps
JUST_AFTER_MIDNIGHT = time(0, 1)
LONGEST_AGO = timedelta(days=60)


@transaction.atomic
def tell(count: int, *, seed: int, now: datetime, progress: Progress) -> None:
    """Make so many cases, spread over the two months before `now`: all of them or none.

    In one transaction, or the worker's sweep would look at tales that are only half told.
    """
    stage = _stage(now)
    storyteller = Storyteller(stage)
    tales: list[Moments] = [_nights(now), *inquiries(stage, count, _dice(f"{seed}-ppid"))]
    for number, part in enumerate(parts(count - cases_of(wishes(count)), _dice(seed)), start=1):
        tale = storyteller.tale(part, number, _dice(f"{seed}-{number}"))
        tales.append(part.plot(tale))
    _play(tales, now, lambda: progress(_cases().count(), count))
    _count_messages_as_sent()


def _dice(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311


def _cases() -> QuerySet[Case]:
    return Case.objects.filter(is_demo=True)


def _stage(now: datetime) -> Stage:
    units = Unit.objects.filter(is_demo=True).select_related("kind")
    by_id = {unit.pk: unit for unit in units}
    for unit in units:
        if unit.parent_id:
            unit.parent = by_id[unit.parent_id]
    pictures = {name: accept_image(scene(name)) for name in SCENES}
    return Stage(Cast(), OfficeTime(), pictures, {unit.code: unit for unit in units}, now)


def _play(tales: list[Moments], until: datetime, say_how_far: Callable[[], None]) -> None:
    """Let whoever is next in time take a step, until nobody has one left before the end."""
    waiting = [(next(tale), number, tale) for number, tale in enumerate(tales)]
    heapify(waiting)
    steps = 0
    while waiting and waiting[0][0] <= until:
        _moment, number, tale = heappop(waiting)
        if moment := next(tale, None):
            heappush(waiting, (moment, number, tale))
        steps += 1
        if steps % SAID_EVERY == 0:
            say_how_far()
    say_how_far()


def _count_messages_as_sent() -> None:
    """Nobody is written to: in the story the messages went out when they were due."""
    waiting = OutboxMessage.objects.filter(case__is_demo=True, sent_at=None, dropped_at=None)
    waiting.update(sent_at=F("created_at"), tries=1)


def _nights(now: datetime) -> Iterator[datetime]:
    """What the sweep would have done each night: silence ends clocks, broken promises are noted, reminders go out."""
    day = timezone.localdate(now - LONGEST_AGO)
    while (moment := datetime.combine(day, JUST_AFTER_MIDNIGHT, settings.OFFICE_ZONE)) < now:
        yield moment
        _pass_time(moment)
        day += DAY
    yield now
    _pass_time(now)


def _pass_time(at: datetime) -> None:
    running = Deadline.objects.filter(case__is_demo=True, ended_at=None, paused_at=None).select_related(
        "case"
    )
    for kind in all_kinds():
        for clock in running.filter(case__kind=kind.kind, step__in=kind.on_lapse, due_at__lt=at):
            kind.on_lapse[clock.step](clock.case, at)
    steps = {step for kind in all_kinds() for step in kind.promised_steps}
    promises = running.filter(step__in=steps, case__closed_at=None)
    for clock in promises.filter(due_at__lt=at, overdue_noted_at=None):
        note_broken_promise(clock, at)
    calendar, today = clockwork().calendar, timezone.localdate(at)
    for clock in promises.filter(reminded_at=None, due_at__gte=at):
        if warning_day(Due(clock.due_at, clock.because), calendar) <= today:
            Deadline.objects.filter(pk=clock.pk).update(reminded_at=at)
