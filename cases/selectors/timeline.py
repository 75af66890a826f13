"""A case's history as people read it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opd_pages.models import Role

from ..actors import Reporter, Staff
from ..due import day_on_screen
from ..kinds import CaseKind, kind_of
from ..models import Case, CaseFile, Event, EventWords
from ..models.history import ActorKind
from ..workflow import PARENT, REPORTER_BY_VOICE


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `flavour` is who spoke: reporter, officer or system."""

    seq: int
    at: datetime
    title: str
    text: str
    flavour: str
    who: str
    is_internal: bool
    files: list[CaseFile] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What somebody may read of a case's history. Officers with a part in the case read everything.

    A unit that passed it on, or helped with a step, reads what it did itself and what the reporter is told, but
    nothing the reporter wrote after its own part had ended.
    """

    reader: Staff | Reporter
    kind: CaseKind
    is_insider: bool
    part_ended_at: datetime | None = None

    @classmethod
    def of(cls, reader: Staff | Reporter, case: Case) -> "Reading":
        """1 query for an officer who is no insider."""
        kind = kind_of(case)
        if isinstance(reader, Reporter) or reader.roles_on(case):
            return cls(reader, kind, is_insider=isinstance(reader, Staff))
        ends = list(case.tasks.filter(unit__in=reader.unit_ids).values_list("done_at", flat=True))
        return cls(reader, kind, False, part_ended_at=max(ends) if ends and None not in ends else None)

    def is_own(self, event: Event) -> bool:
        return isinstance(self.reader, Staff) and event.actor_id == self.reader.user.pk

    def shows(self, event: Event) -> bool:
        """Whether the event, with what came with it, is this reader's to see."""
        if self.is_insider or self.is_own(event):
            return True
        is_later = self.part_ended_at is not None and event.at > self.part_ended_at
        return not _is_internal(self.kind, event) and not (is_later and _flavour(event) == "reporter")

    def shows_words(self, event: Event, words: EventWords) -> bool:
        return self.is_insider or self.is_own(event) or not words.is_internal


def timeline(case: Case, reader: Staff | Reporter) -> list[Entry]:
    """The case's events, oldest first, as far as they are the reader's business.

    2 queries whatever the number of events, and 1 for an officer who is no insider.
    """
    reading = Reading.of(reader, case)
    events = case.events.select_related("actor", "words").prefetch_related("files").order_by("seq")
    return [_entry(event, reading) for event in events if not _moved_nothing(event) and reading.shows(event)]


def sees_inside(reader: Staff | Reporter, case: Case) -> bool:
    return isinstance(reader, Staff) and bool(reader.roles_on(case))


def _is_internal(kind: CaseKind, event: Event) -> bool:
    if event.kind == "deadline_moved":
        return event.data.get("step") not in kind.promised_steps
    return event.kind in kind.internal_events


def _moved_nothing(event: Event) -> bool:
    """A clock that went on after a pause and still ends in the same minute."""
    return event.kind == "deadline_moved" and event.data["old"] == event.data["new"]


def _entry(event: Event, reading: Reading) -> Entry:
    words = getattr(event, "words", None)
    is_read = words is not None and reading.shows_words(event, words)
    return Entry(
        seq=event.seq,
        at=event.at,
        title=_title(reading.kind, event),
        text=words.text if is_read else _shift(event),
        flavour=_flavour(event),
        who=_who(event, reading),
        is_internal=(words is not None and words.is_internal) or _is_internal(reading.kind, event),
        files=list(event.files.all()),
    )


def _title(kind: CaseKind, event: Event) -> str:
    if event.kind == "moved":
        return str(kind.workflow.state(event.data["to"]).public)
    # What was said aloud and written down by somebody else has a title of its own.
    name = f"{event.kind}_spoken" if event.data.get("spoken") else event.kind
    title = kind.title_of(name)
    step = {"step": kind.step_titles.get(event.data.get("step"), "")}
    return title.format_map(_Known(event.data | step))


class _Known(dict):
    def __missing__(self, name: str) -> str:
        return "…"


def _shift(event: Event) -> str:
    """From which day to which a date moved, and how the new one was counted."""
    if event.kind != "deadline_moved":
        return ""
    old, new = (
        day_on_screen(timezone.localdate(datetime.fromisoformat(event.data[end]))) for end in ("old", "new")
    )
    words = {"old": old, "new": new, "because": event.data["because"], "why": event.data.get("why", "")}
    if words["why"]:
        return _("Dari %(old)s ke %(new)s, karena %(why)s. Dihitung %(because)s.") % words
    return _("Dari %(old)s ke %(new)s. Dihitung %(because)s.") % words


def _flavour(event: Event) -> str:
    if event.actor_kind == ActorKind.REPORTER or event.role == REPORTER_BY_VOICE:
        return "reporter"
    return "system" if event.actor_kind == ActorKind.SYSTEM else "officer"


def _who(event: Event, reading: Reading) -> str:
    for_reporter = isinstance(reading.reader, Reporter)
    if event.actor_kind == ActorKind.REPORTER:
        return _("Anda") if for_reporter else capfirst(reading.kind.person)
    if event.actor_kind == ActorKind.SYSTEM or event.actor is None:
        return _("Sistem")
    if event.role == REPORTER_BY_VOICE:
        if for_reporter:
            return _("Anda, dicatat oleh petugas")
        words = {"person": capfirst(reading.kind.person), "officer": event.actor}
        return _("%(person)s, secara lisan; dicatat oleh %(officer)s") % words
    role = _("pimpinan unit di atasnya") if event.role == PARENT else dict(Role.choices).get(event.role, "")
    # Officers sign with their office to the outside, with their name among themselves.
    if for_reporter:
        return str(role or _("petugas"))
    return f"{event.actor} ({role})" if role else str(event.actor)
