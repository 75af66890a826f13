"""Receiving a case: number, code, clocks, first tasks and messages in one transaction, once per submission."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from opd_pages.models import Section, Unit

from .. import history
from ..actors import Actor
from ..calendar import Due
from ..intake import AcceptedImage
from ..kinds import kind_named
from ..models import Case, CaseFile, Deadline, IdentityMode, OutboxMessage, Party, Rule, Task, Urgency
from ..models.numbering import NumberSeries
from .changes import place
from .files import written
from .inserting import insert_together
from .outbox import message_to

SUBJECT_AT_LEAST, SUBJECT_AT_MOST = 20, 90


@dataclass(frozen=True)
class Identity:
    mode: IdentityMode
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Clock:
    """A clock that starts with the case."""

    step: str
    due: Due
    rule: Rule | None = None
    outer_step: str = ""


@dataclass(frozen=True)
class FirstTask:
    """A step owed from the start; `clock` names the clock that it runs on."""

    step: str
    role: str
    section: Section | None = None
    clock: str = ""


@dataclass(frozen=True)
class NewCase:
    kind: str
    unit: Unit
    words: str
    identity: Identity
    clocks: Sequence[Clock]
    tasks: Sequence[FirstTask] = ()
    images: Sequence[AcceptedImage] = ()
    place: str = ""
    concerns_unit: Unit | None = None
    is_secret: bool = False
    is_supervisory: bool = False
    is_vulnerable: bool = False
    urgency: Urgency = Urgency.NORMAL
    submission_key: str | None = None
    # When it was received, where that was before it is written down.
    received_at: datetime | None = None
    is_demo: bool = False
    # Templates of the messages to (the reporter, whoever holds the first task's role).
    reporter_message: str = ""
    desk_message: str = ""
    data: dict = field(default_factory=dict)


def receive(
    new: NewCase,
    *,
    by: Actor,
    at: datetime | None = None,
    details: Callable[[Case], Iterable[Model]] = lambda case: (),
) -> tuple[Case, bool]:
    """Write a case down and return it with True; with False where this submission had been received already.

    `details(case)` gives the procedure's own unsaved rows, written in the same transaction.
    """
    at = at or timezone.now()
    received_at = history.cut_to_milliseconds(new.received_at or at)
    try:
        with transaction.atomic():
            return _write(new, by, at, received_at, details), True
    except IntegrityError:
        earlier = received_before(new.submission_key)
        if earlier is None:
            raise
        return earlier, False


def received_before(submission_key: str | None) -> Case | None:
    """The case that a repeated submission has already made."""
    if not submission_key:
        return None
    return Case.objects.select_related("responsible_unit__kind").filter(submission_key=submission_key).first()


def _write(
    new: NewCase, by: Actor, at: datetime, received_at: datetime, details: Callable[[Case], Iterable[Model]]
) -> Case:
    kind = kind_named(new.kind)
    words = history.clean_words(new.words)
    case = Case(
        kind=new.kind,
        number=next_number(new.unit, kind.number_code, timezone.localtime(at).year, is_demo=new.is_demo),
        submission_key=new.submission_key,
        receiving_unit=new.unit,
        concerns_unit=new.concerns_unit,
        status=kind.workflow.initial,
        subject=subject_of(words),
        place=new.place,
        identity_mode=new.identity.mode,
        is_secret=new.is_secret,
        is_supervisory=new.is_supervisory,
        is_vulnerable=new.is_vulnerable,
        urgency=new.urgency,
        received_at=received_at,
        due_at=min((clock.due.at for clock in new.clocks), default=None),
        is_demo=new.is_demo,
    )
    place(case, new.unit)
    # The case remembers its chain's head, so its first event is composed before it.
    event, event_words = history.compose(
        case,
        kind="received",
        at=at,
        actor=by,
        data={"unit": new.unit.short_code, "clocks": {clock.step: clock.due.because for clock in new.clocks}}
        | new.data,
        text=words,
        internal=False,
    )
    rows = [case, *history.rows(case, event, event_words), *details(case), *_party(case, new.identity)]
    rows += [*_clocks_and_tasks(case, new, at), *_messages(case, new, at)]
    with written(CaseFile, new.images, case=case, event=event, by_reporter=True) as files:
        insert_together([*rows, *files])
    return case


def next_number(unit: Unit, kind: str, year: int, *, is_demo: bool) -> str:
    """YEAR-KIND-UNIT-NNNNNN from an atomic counter: a receipt that fails takes its number back with it."""
    return next_numbers(unit, kind, year, 1, is_demo=is_demo)[0]


def next_numbers(unit: Unit, kind: str, year: int, count: int, *, is_demo: bool) -> list[str]:
    """The next so many numbers of a series, in one statement."""
    table = NumberSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (unit_id, kind, year, is_demo, last) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
            f" ON CONFLICT (unit_id, kind, year, is_demo)"
            f" DO UPDATE SET last = {table}.last + EXCLUDED.last RETURNING last",
            [unit.pk, kind, year, is_demo, count],
        )
        (last,) = cursor.fetchone()
    mark = "DEMO-" if is_demo else ""
    return [
        f"{year}-{kind}-{mark}{unit.short_code}-{number:06d}" for number in range(last - count + 1, last + 1)
    ]


def subject_of(words: str) -> str:
    """What lists show: the first sentence where it says enough, cut at a word."""
    line = " ".join(words.split())
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]
    line = sentence if len(sentence) >= SUBJECT_AT_LEAST else line
    if len(line) <= SUBJECT_AT_MOST:
        return line.rstrip(".")
    return line[:SUBJECT_AT_MOST].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _party(case: Case, identity: Identity) -> Iterator[Party]:
    if identity.mode != IdentityMode.NONE and (identity.name or identity.phone or identity.email):
        yield Party(case=case, name=identity.name, phone=identity.phone, email=identity.email)


def _clocks_and_tasks(case: Case, new: NewCase, at: datetime) -> Iterator[Deadline | Task]:
    clocks = {
        clock.step: Deadline(
            case=case,
            step=clock.step,
            rule=clock.rule,
            unit=new.unit,
            starts_at=case.received_at,
            due_at=clock.due.at,
            because=clock.due.because,
            outer_step=clock.outer_step,
        )
        for clock in new.clocks
    }
    yield from clocks.values()
    for task in new.tasks:
        yield Task(
            case=case,
            step=task.step,
            unit=new.unit,
            role=task.role,
            section=task.section,
            deadline=clocks.get(task.clock),
            opened_at=at,
        )


def _messages(case: Case, new: NewCase, at: datetime) -> Iterator[OutboxMessage]:
    if new.reporter_message and case.identity_mode != IdentityMode.NONE:
        yield message_to(case, new.reporter_message, at=at, to_reporter=True)
    if new.desk_message:
        for role in dict.fromkeys(task.role for task in new.tasks):
            yield message_to(case, new.desk_message, at=at, unit=new.unit, role=role)
