"""A case's history as people read it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Role

from ..actors import Reporter, Staff
from ..calendar import day_words
from ..kinds import CaseKind, kind_of
from ..models import Case, CaseFile, Event
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


def timeline(case: Case, reader: Staff | Reporter) -> list[Entry]:
    """The case's events, oldest first, as far as they are the reader's business.

    2 queries whatever the number of events.
    """
    kind = kind_of(case)
    events = case.events.select_related("actor", "words").prefetch_related("files").order_by("seq")
    is_insider = sees_inside(reader, case)
    return [
        _entry(kind, event, reader, is_insider)
        for event in events
        if not _moved_nothing(event) and (is_insider or not is_kept_inside(kind, event, reader))
    ]


def sees_inside(reader: Staff | Reporter, case: Case) -> bool:
    """Officers with a part in the case read everything; a unit that passed it on, what it did itself and the answer."""
    return isinstance(reader, Staff) and bool(reader.roles_on(case))


def is_kept_inside(kind: CaseKind, event: Event, reader: Staff | Reporter) -> bool:
    """Whether an event is the office's own: its work, and clocks that promise the reporter nothing."""
    if isinstance(reader, Staff) and event.actor_id == reader.user.pk:
        return False
    return _is_internal(kind, event)


def _is_internal(kind: CaseKind, event: Event) -> bool:
    if event.kind == "deadline_moved":
        return event.data.get("step") not in kind.promised_steps
    return event.kind in kind.internal_events


def _moved_nothing(event: Event) -> bool:
    """A clock that went on after a pause and still ends in the same minute."""
    return event.kind == "deadline_moved" and event.data["old"] == event.data["new"]


def _entry(kind: CaseKind, event: Event, reader: Staff | Reporter, is_insider: bool) -> Entry:
    words = getattr(event, "words", None)
    internal_words = words is not None and words.is_internal
    is_own = isinstance(reader, Staff) and event.actor_id == reader.user.pk
    is_read = words is not None and (is_insider or is_own or not internal_words)
    return Entry(
        seq=event.seq,
        at=event.at,
        title=_title(kind, event),
        text=words.text if is_read else _shift(event),
        flavour=_flavour(event),
        who=_who(event, reader),
        is_internal=internal_words or _is_internal(kind, event),
        files=list(event.files.all()),
    )


def _title(kind: CaseKind, event: Event) -> str:
    if event.kind == "moved":
        return str(kind.workflow.state(event.data["to"]).public)
    # What was said aloud and written down by somebody else has a title of its own.
    name = f"{event.kind}_spoken" if event.data.get("spoken") else event.kind
    title = str(kind.event_titles.get(name, event.kind))
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
        day_words(timezone.localdate(datetime.fromisoformat(event.data[end]))) for end in ("old", "new")
    )
    return _("Dari %(old)s ke %(new)s. Dihitung %(because)s.") % {
        "old": old,
        "new": new,
        "because": event.data["because"],
    }


def _flavour(event: Event) -> str:
    if event.actor_kind == ActorKind.REPORTER or event.role == REPORTER_BY_VOICE:
        return "reporter"
    return "system" if event.actor_kind == ActorKind.SYSTEM else "officer"


def _who(event: Event, reader: Staff | Reporter) -> str:
    for_reporter = isinstance(reader, Reporter)
    if event.actor_kind == ActorKind.REPORTER:
        return _("Anda") if for_reporter else _("Pelapor")
    if event.actor_kind == ActorKind.SYSTEM or event.actor is None:
        return _("Sistem")
    if event.role == REPORTER_BY_VOICE:
        if for_reporter:
            return _("Anda, dicatat oleh petugas")
        return _("Pelapor, secara lisan; dicatat oleh %(officer)s") % {"officer": event.actor}
    role = _("pimpinan unit di atasnya") if event.role == PARENT else dict(Role.choices).get(event.role, "")
    # Officers sign with their office to the outside, with their name among themselves.
    if for_reporter:
        return str(role or _("petugas"))
    return f"{event.actor} ({role})" if role else str(event.actor)
