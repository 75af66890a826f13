"""The chain of a case's events: what is hashed, and how it is checked.

Each event's hash is SHA-256 over canonical JSON of its content and of the hash before it. Words are in the chain only
as a salted hash, so that the law may have them erased without breaking it.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from .canonical import canonical
from .links import Link, in_milliseconds, links_of
from .models import Case, Event, EventWords

FORMAT = 1
PAGE = 250
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


def in_utc(moment: datetime) -> str:
    """A moment as it is hashed."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def event_hash(event: Event, case_number: str) -> str:
    """64 hex digits over everything the event says and its predecessor's hash."""
    said = (event.seq, in_utc(event.at), event.kind, event.actor_kind, event.actor_id, event.role)
    return hash_of(case_number, *said, canonical(event.data), event.is_demo, event.prev)


def hash_of(
    case_number: str,
    seq: int,
    at: str,
    kind: str,
    actor_kind: str,
    actor_id: int | None,
    role: str,
    data: str,
    is_demo: bool,
    prev: str,
) -> str:
    """The hash of an event whose moment is written in UTC, and whose data are canonical JSON."""
    actor = "null" if actor_id is None else actor_id
    # Canonical JSON written out, its names in order: made from a dict it takes three times as long.
    written = (
        f'{{"at":"{at}","by":[{_quoted(actor_kind)},{actor},{_quoted(role)}],'
        f'"case":{_quoted(case_number)},"data":{data},'
        f'"demo":{"true" if is_demo else "false"},"kind":{_quoted(kind)},'
        f'"prev":{_quoted(prev)},"seq":{seq},"v":{FORMAT}}}'
    )
    return hashlib.sha256(written.encode()).hexdigest()


def _fits(link: Link, case_number: str) -> bool:
    said = (link.seq, in_milliseconds(link.at), link.kind, link.actor_kind, link.actor_id, link.role)
    return hash_of(case_number, *said, link.data, link.is_demo, link.prev) == link.hash


def _words_fit(link: Link) -> bool:
    """Also where they are there no more."""
    return link.text is None or words_hash(link.text, link.salt) == json.loads(link.data).get("words")


@dataclass(frozen=True)
class Fault:
    """A place where history is not as it was written."""

    case_number: str
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"{self.case_number} #{self.seq}: {self.reason}"


class Head(NamedTuple):
    """What a case remembers of its chain."""

    pk: int
    number: str
    chain_length: int
    chain_head: str


def faults_of_chain(case: Case | Head, events: list[Link]) -> Iterator[Fault]:
    """Compare a case's events, ordered by seq, with their hashes and with the head the case remembers."""
    prev = ""
    for position, event in enumerate(events, start=1):
        if event.seq != position:
            yield Fault(case.number, position, "urutan terputus")
            return
        if event.prev != prev:
            yield Fault(case.number, event.seq, "tidak menyambung dengan peristiwa sebelumnya")
        if not _fits(event, case.number):
            yield Fault(case.number, event.seq, "isi tidak cocok dengan sidiknya")
        elif not _words_fit(event):
            yield Fault(case.number, event.seq, "kata-kata tidak cocok dengan sidiknya")
        prev = event.hash
    if len(events) != case.chain_length or prev != case.chain_head:
        yield Fault(case.number, case.chain_length, "akhir riwayat tidak cocok dengan perkaranya")


@dataclass(frozen=True)
class Checked:
    """A chain that was walked, with the number of its events."""

    events: int
    faults: tuple[Fault, ...]


def verify() -> Iterator[Fault]:
    """The faults in every case's history. Read-only."""
    for checked in check(Case.objects.all()):
        yield from checked.faults


def check(cases: QuerySet[Case]) -> Iterator[Checked]:
    """Walk through the chains of these cases, a few hundred cases in memory at a time."""
    heads, last = cases.order_by("pk").values_list(*Head._fields), 0
    while page := list(map(Head._make, heads.filter(pk__gt=last)[:PAGE])):
        yield from check_page(page)
        last = page[-1].pk


def check_page(cases: Sequence[Case | Head]) -> Iterator[Checked]:
    """Walk through these cases' chains, in the order of their keys, with one case's events in memory at a time."""
    chains = groupby(links_of([case.pk for case in cases]), key=itemgetter(0))
    owner, chain = next(chains, (None, ()))
    for case in cases:
        # Asked per case, not per event: a case whose events are all gone must be noticed too.
        events = []
        if owner == case.pk:
            events = list(chain)
            owner, chain = next(chains, (None, ()))
        checked = Checked(len(events), tuple(faults_of_chain(case, events)))
        yield _check_alone(case.pk) if checked.faults else checked


def grown_since(event: int) -> QuerySet[Case]:
    """The cases with an event after this one."""
    return Case.objects.filter(pk__in=Event.objects.filter(pk__gt=event).values("case_id"))


def _check_alone(pk: int) -> Checked:
    """Look again while nobody writes: perhaps an event came in between reading the case and reading its events."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        events = list(links_of([pk]))
        return Checked(len(events), tuple(faults_of_chain(case, events)))


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


def rows(case: Case, event: Event, words: EventWords | None) -> list[Event | EventWords]:
    """What of a composed event is to be saved. The caller holds the case's row and saves its new chain head."""
    event.case = case
    if words is None:
        return [event]
    words.event = event
    return [event, words]


def append(case: Case, **composed) -> Event:
    """Compose and save in one step, for a case that is saved already."""
    event, words = compose(case, **composed)
    for row in rows(case, event, words):
        row.save(force_insert=True)
    return event
