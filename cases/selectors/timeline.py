"""A case's history as people read it."""

from dataclasses import dataclass, field
from datetime import datetime

from opd_pages.models import Role

from ..kinds import kind_of
from ..models import Case, CaseFile
from ..models.history import ActorKind


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


def timeline(case: Case, *, for_reporter: bool) -> list[Entry]:
    """The case's events, oldest first: all of them for officers, the reporter's own view without what is internal.

    3 queries whatever the number of events.
    """
    kind = kind_of(case)
    events = case.events.select_related("actor", "words").prefetch_related("files").order_by("seq")
    entries = []
    for event in events:
        words = getattr(event, "words", None)
        internal_words = words is not None and words.is_internal
        title = _title(kind, event)
        if for_reporter and event.kind in kind.internal_events:
            continue
        entries.append(
            Entry(
                seq=event.seq,
                at=event.at,
                title=title,
                text=words.text if words and not (for_reporter and internal_words) else "",
                flavour={ActorKind.REPORTER: "reporter", ActorKind.SYSTEM: "system"}.get(
                    event.actor_kind, "officer"
                ),
                who=_who(event, for_reporter),
                is_internal=internal_words or event.kind in kind.internal_events,
                files=list(event.files.all()),
            )
        )
    return entries


def _title(kind, event) -> str:
    if event.kind == "moved":
        return str(kind.workflow.state(event.data["to"]).public)
    title = str(kind.event_titles.get(event.kind, event.kind))
    return title.format_map(_Known(event.data))


class _Known(dict):
    def __missing__(self, name: str) -> str:
        return "…"


def _who(event, for_reporter: bool) -> str:
    if event.actor_kind == ActorKind.REPORTER:
        return "Anda" if for_reporter else "Pelapor"
    if event.actor_kind == ActorKind.SYSTEM or event.actor is None:
        return "Sistem"
    role = dict(Role.choices).get(event.role, "")
    # Officers sign with their office to the outside, with their name among themselves.
    return str(role or "Petugas") if for_reporter else f"{event.actor} ({role})" if role else str(event.actor)
