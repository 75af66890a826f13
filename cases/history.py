"""The chain of a case's events: what is hashed, and how it is checked.

Each event's hash is SHA-256 over canonical JSON of its content and of the hash before it. Words are in the chain only
as a salted hash, so that the law may have them erased without breaking it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from .canonical import canonical
from .comparing import compare
from .faults import Fault
from .hashing import SALT_LENGTH, fits, hash_of, in_utc, new_salt, words_hash
from .kinds import kind_of
from .links import Link, links_of
from .models import Case, Erasable, Event, EventWords
from .vouching import faults_of_vouched

# A statement that compares so many cases is worth its planning, and lets others write in between.
PAGE = 5_000
REASONS = frozenset(subject.event_kind for subject in Erasable)
WORDS_ERASED = Erasable.WORDS.event_kind
COPY_CHANGED = "kata-kata peristiwa ini terbaca lain di luar riwayat"
COPY_GONE = "kata-kata peristiwa ini tidak ada lagi di luar riwayat"
COPY_UNTOLD = "ada kata-kata di luar riwayat yang tidak dicatat peristiwa mana pun"


def cut_to_milliseconds(moment: datetime) -> datetime:
    """A moment as every database and dump keeps it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def clean_words(text: str) -> str:
    """Text without what a database would refuse or change: NUL, lone surrogates, foreign line ends."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "ignore").decode("utf-8").strip()


def event_hash(event: Event, case_number: str) -> str:
    """64 hex digits over everything the event says and its predecessor's hash."""
    said = (event.seq, in_utc(event.at), event.kind, event.actor_kind, event.actor_id, event.role)
    return hash_of(case_number, *said, canonical(event.data), event.is_demo, event.prev)


def _fault_of_words(link: Link, erased_before: int) -> str | None:
    """What is wrong with an event's words. They may be gone where the case says later on that they were erased, all at
    once (cases.services.erasure); but never the reason for erasing.
    """
    said = json.loads(link.data).get("words")
    if link.text is not None:
        does_fit = len(link.salt) == SALT_LENGTH and words_hash(link.text, link.salt) == said
        return None if does_fit else "kata-kata tidak cocok dengan sidiknya"
    if said is None or (link.seq < erased_before and link.kind not in REASONS):
        return None
    return "kata-kata hilang, dan riwayatnya tidak mencatat penghapusannya"


def faults_of_chain(case: Case, events: list[Link]) -> Iterator[Fault]:
    """Compare a case's events, ordered by seq, with their hashes and with the head the case remembers."""
    if not events:
        yield Fault(case.number, 1, "peristiwa penerimaan tidak ada")
        return
    erased_before = max((event.seq for event in events if event.kind == WORDS_ERASED), default=0)
    prev = ""
    for position, event in enumerate(events, start=1):
        if event.seq != position:
            yield Fault(case.number, position, "urutan terputus")
            return
        if event.prev != prev:
            yield Fault(case.number, event.seq, "tidak menyambung dengan peristiwa sebelumnya")
        if not fits(case.number, *event[: Link._fields.index("text")]):
            yield Fault(case.number, event.seq, "isi tidak cocok dengan sidiknya")
        elif fault := _fault_of_words(event, erased_before):
            yield Fault(case.number, event.seq, fault)
        prev = event.hash
    if len(events) != case.chain_length or prev != case.chain_head:
        yield Fault(case.number, case.chain_length, "akhir riwayat tidak cocok dengan perkaranya")


@dataclass(frozen=True)
class Checked:
    """Chains that were compared, with the number of their events."""

    cases: int
    events: int
    faults: tuple[Fault, ...]


def verify() -> Iterator[Fault]:
    """The faults in every case's history, and in what is kept outside it. Read-only."""
    for checked in check(Case.objects.all()):
        yield from checked.faults
    yield from strays()


def check(cases: QuerySet[Case], *, chains: bool = True) -> Iterator[Checked]:
    """Compare the chains of these cases, the copies of their words and what they vouch for, some thousand in a statement;
    those that do not fit are walked through. Without `chains` the hashes of the events are not worked out.
    """
    keys, last = cases.order_by("pk").values_list("pk", flat=True), 0
    while page := list(keys.filter(pk__gt=last)[:PAGE]):
        events, misfits, said = compare(page, chains=chains)
        faults = [fault for case in misfits for fault in _faults_alone(case)]
        yield Checked(len(page), events, (*faults, *faults_of_vouched(page, said)))
        last = page[-1]


def faults_of_copies(case: Case, events: list[Link]) -> Iterator[Fault]:
    """Compare what a procedure keeps of words once more with the words; an event whose words were erased has none."""
    for kind, (model, column) in kind_of(case).copied.items():
        copies = list(model.objects.filter(case=case).order_by("pk").values_list(column, flat=True))
        told = [event for event in events if event.kind == kind]
        for event, copy in zip(told, copies, strict=False):
            if copy != (event.text or ""):
                yield Fault(case.number, event.seq, COPY_CHANGED)
        for event in told[len(copies) :]:
            yield Fault(case.number, event.seq, COPY_GONE)
        for _copy in copies[len(told) :]:
            yield Fault(case.number, None, COPY_UNTOLD)


def strays() -> Iterator[Fault]:
    """Events of cases that are not there: no chain holds them."""
    belonging = Case.objects.filter(pk=OuterRef("case_id"))
    for case, seq in Event.objects.filter(~Exists(belonging)).values_list("case_id", "seq").iterator():
        yield Fault(f"perkara {case}", seq, "perkaranya tidak ada")


def emptied() -> QuerySet[Case]:
    """The cases without any event, of which nothing says that they ever grew."""
    return Case.objects.filter(~Exists(Event.objects.filter(case=OuterRef("pk"))))


def grown_since(event: int) -> QuerySet[Case]:
    """The cases with an event after this one."""
    return Case.objects.filter(pk__in=Event.objects.filter(pk__gt=event).values("case_id"))


def _faults_alone(pk: int) -> list[Fault]:
    """Walk through a chain while nobody writes: what only this database's way of comparing took amiss is no fault."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        events = links_of(pk)
        return [*faults_of_chain(case, events), *faults_of_copies(case, events)]


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
        words = EventWords(text=text, salt=new_salt(), is_internal=internal)
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
