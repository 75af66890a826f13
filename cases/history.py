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
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast

from .models import Case, Event, EventWords

FORMAT = 1
PAGE = 500
# Made once: json.dumps would make another one for each event.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode
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
    """What the chain holds of an event, and its words while they are there, as both databases can say it without further
    ado: read by the million, models, moments and dicts are too heavy."""

    case_id: int
    seq: int
    # As SQLite keeps it: in UTC, with or without microseconds.
    at: str
    kind: str
    actor_kind: str
    actor_id: int | None
    role: str
    # JSON as the database writes it.
    data: str
    is_demo: bool
    prev: str
    hash: str = ""
    text: str | None = None
    salt: str | None = None


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


def _in_milliseconds(at: str) -> str:
    """A moment of a Link as it is hashed. What is written in another way stays so, and fits no hash."""
    if len(at) == 26:
        at = at[:23]
    elif len(at) == 19:
        at += ".000"
    return f"{at[:10]}T{at[11:]}+00:00"


def _hash_of_link(link: Link, case_number: str, data: str) -> str:
    said = (link.seq, _in_milliseconds(link.at), link.kind, link.actor_kind, link.actor_id, link.role)
    return hash_of(case_number, *said, data, link.is_demo, link.prev)


@lru_cache(maxsize=1000)
def _read(data: str) -> tuple[str, object]:
    """An event's data as canonical JSON, and the hash of the words in them. Many events say the same."""
    read = json.loads(data)
    return canonical(read), read.get("words")


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
        data, words = _read(event.data)
        if _hash_of_link(event, case.number, data) != event.hash:
            yield Fault(case.number, event.seq, "isi tidak cocok dengan sidiknya")
        if event.text is not None and words_hash(event.text, event.salt) != words:
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
    written = {
        "at": _at_as_text(),
        "data": Cast("data", TextField()),
        "text": F("words__text"),
        "salt": F("words__salt"),
    }
    columns = [written.get(name, name) for name in Link._fields]
    return map(Link._make, events.values_list(*columns).iterator(chunk_size=PAGE))


def _at_as_text() -> Func | Cast:
    """An event's moment in UTC and in one form: as SQLite keeps it."""
    if connection.vendor == "postgresql":
        in_utc = Func(Value("UTC"), "at", function="timezone")
        form = Value("YYYY-MM-DD HH24:MI:SS.US")
        return Func(in_utc, form, function="to_char", output_field=CharField())
    return Cast("at", TextField())


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
