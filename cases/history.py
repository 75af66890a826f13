"""The chain of a case's events: what is hashed, and how it is checked.

Each event's hash is SHA-256 over canonical JSON of its content and of the hash before it. Words are in the chain only
as a salted hash, so that the law may have them erased without breaking it.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from .models import Case, Event, EventWords

FORMAT = 1
PAGE = 500
# Made once: json.dumps would make another one for each event.
_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode
_quoted = json.encoder.encode_basestring_ascii


def cut_to_milliseconds(moment: datetime) -> datetime:
    """A moment as every database and dump keeps it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def clean_words(text: str) -> str:
    """Text without what a database would refuse or change: NUL, lone surrogates, foreign line ends."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "ignore").decode("utf-8").strip()


def words_hash(text: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


class Link(NamedTuple):
    """What the chain holds of an event, and its words while they are there: read by the million, models are too heavy."""

    case_id: int
    seq: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    role: str
    data: dict
    is_demo: bool
    prev: str
    hash: str = ""
    text: str | None = None
    salt: str | None = None


def event_hash(event: Event | Link, case_number: str) -> str:
    """64 hex digits over everything the event says and its predecessor's hash."""
    at = event.at.astimezone(UTC).isoformat(timespec="milliseconds")
    actor = "null" if event.actor_id is None else event.actor_id
    # Canonical JSON written out, its names in order: made from a dict it takes three times as long.
    canonical = (
        f'{{"at":"{at}","by":[{_quoted(event.actor_kind)},{actor},{_quoted(event.role)}],'
        f'"case":{_quoted(case_number)},"data":{_canonical(event.data)},'
        f'"demo":{"true" if event.is_demo else "false"},"kind":{_quoted(event.kind)},'
        f'"prev":{_quoted(event.prev)},"seq":{event.seq},"v":{FORMAT}}}'
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """A place where history is not as it was written."""

    case_number: str
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"{self.case_number} #{self.seq}: {self.reason}"


def faults_of_chain(case: Case, events: list[Link]) -> Iterator[Fault]:
    """Compare a case's events, ordered by seq, with their hashes and with the head the case remembers."""
    prev = ""
    for position, event in enumerate(events, start=1):
        if event.seq != position:
            yield Fault(case.number, position, "urutan terputus")
            return
        if event.prev != prev:
            yield Fault(case.number, event.seq, "tidak menyambung dengan peristiwa sebelumnya")
        if event_hash(event, case.number) != event.hash:
            yield Fault(case.number, event.seq, "isi tidak cocok dengan sidiknya")
        if event.text is not None and words_hash(event.text, event.salt) != event.data.get("words"):
            yield Fault(case.number, event.seq, "kata-kata tidak cocok dengan sidiknya")
        prev = event.hash
    if len(events) != case.chain_length or prev != case.chain_head:
        yield Fault(case.number, case.chain_length, "akhir riwayat tidak cocok dengan perkaranya")


@dataclass(frozen=True)
class Checked:
    """A case whose chain was walked, with the number of its events."""

    case: Case
    events: int
    faults: tuple[Fault, ...]


def verify() -> Iterator[Fault]:
    """The faults in every case's history. Read-only."""
    for checked in check(Case.objects.all()):
        yield from checked.faults


def check(cases: QuerySet[Case]) -> Iterator[Checked]:
    """Walk through the chains of these cases, a few hundred cases in memory at a time."""
    cases, last = cases.order_by("pk").only("number", "chain_length", "chain_head"), 0
    while page := list(cases.filter(pk__gt=last)[:PAGE]):
        yield from check_page(page)
        last = page[-1].pk


def check_page(cases: list[Case]) -> Iterator[Checked]:
    """Walk through these cases' chains, in the order of their keys, with one case's events in memory at a time."""
    chains = groupby(_links_of(cases), key=attrgetter("case_id"))
    owner, chain = next(chains, (None, ()))
    for case in cases:
        # Asked per case, not per event: a case whose events are all gone must be noticed too.
        events = []
        if owner == case.pk:
            events = list(chain)
            owner, chain = next(chains, (None, ()))
        checked = Checked(case, len(events), tuple(faults_of_chain(case, events)))
        yield _check_alone(case.pk) if checked.faults else checked


def grown_since(event: int) -> QuerySet[Case]:
    """The cases with an event after this one."""
    return Case.objects.filter(pk__in=Event.objects.filter(pk__gt=event).values("case_id"))


def _check_alone(pk: int) -> Checked:
    """Look again while nobody writes: perhaps an event came in between reading the case and reading its events."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        events = list(_links_of([case]))
        return Checked(case, len(events), tuple(faults_of_chain(case, events)))


def _links_of(cases: list[Case]) -> Iterator[Link]:
    events = Event.objects.filter(case__in=cases).order_by("case_id", "seq")
    columns = (*Link._fields[:-2], "words__text", "words__salt")
    return map(Link._make, events.values_list(*columns).iterator(chunk_size=PAGE))


def compose(
    case: Case,
    *,
    kind: str,
    at: datetime,
    actor,
    role: str = "",
    data: dict | None = None,
    text: str = "",
    internal: bool = True,
) -> tuple[Event, EventWords | None]:
    """The next event of the case's chain and its words, unsaved; the case in memory already ends with it."""
    data = dict(data or {})
    words = None
    if text := clean_words(text):
        words = EventWords(text=text, salt=secrets.token_hex(16), is_internal=internal)
        data["words"] = words_hash(text, words.salt)
    event = Event(
        seq=case.chain_length + 1,
        at=cut_to_milliseconds(at),
        kind=kind,
        actor_kind=actor.kind,
        actor=actor.user,
        role=role,
        data=data,
        is_demo=case.is_demo,
        prev=case.chain_head,
    )
    event.hash = event_hash(event, case.number)
    case.chain_length, case.chain_head = event.seq, event.hash
    return event, words


def write(case: Case, event: Event, words: EventWords | None) -> Event:
    """Save a composed event. The caller holds the case's row and saves its new chain head."""
    event.case = case
    event.save(force_insert=True)
    if words:
        words.event = event
        words.save(force_insert=True)
    return event


def append(case: Case, **event) -> Event:
    """Compose and write in one step, for a case that is saved already."""
    return write(case, *compose(case, **event))
