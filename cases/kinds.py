"""The kinds of case this installation knows. The rooms above enter theirs; this room only asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from home.registry import Registry

from .actions import Action
from .workflow import Workflow

if TYPE_CHECKING:
    from .models import Case

    Summaries = Callable[[Sequence[Case]], Mapping[int, dict[str, Any]]]


class Promise(StrEnum):
    """How a promise to the reporter stands."""

    AHEAD = "ahead"
    LATE = "late"


@dataclass(frozen=True)
class MessageNeeds:
    """What must still hold when a message goes out. `states`: the case stands in one of them; `promise`: one is
    running, and ahead or late; `is_owed`: the officer written to owes the case a step.
    """

    states: frozenset[str] = frozenset()
    promise: Promise | None = None
    is_owed: bool = False


@dataclass(frozen=True)
class CaseKind:
    """What the shared desk, tracking page and messages need to know of one procedure.

    `number_code` is the KIND of a case's number. `summaries` loads what the templates show of the cases themselves,
    by their keys, for one as for many. `step_titles` and `event_titles` are the words for the steps' and events'
    codes; a title for KIND_spoken stands where the event was said aloud and written down by somebody else.
    """

    workflow: Workflow
    number_code: str
    label: str
    desk_template: str
    tracking_template: str
    receipt_template: str
    public_template: str
    card_template: str
    summaries: "Summaries"
    step_titles: Mapping[str, str]
    event_titles: Mapping[str, str]
    # The procedures whose rules its clocks run by, with their titles.
    procedure_titles: Mapping[str, str] = field(default_factory=dict)
    # Events that the reporter's timeline leaves out.
    internal_events: frozenset[str] = frozenset()
    # Buttons of the desk, and of the tracking page.
    actions: tuple[Action, ...] = ()
    reporter_actions: tuple[Action, ...] = ()
    # Steps whose date is promised to the reporter: announced before it lapses, noted when it has.
    promised_steps: tuple[str, ...] = ()
    # Whoever is on duty for the case's unit on days off: callable(case) → user or None.
    on_duty: Callable[["Case"], Any] = lambda case: None
    # What the system does when a clock of this kind runs out: step → callable(case_id, at).
    on_lapse: Mapping[str, Callable] = field(default_factory=dict)
    # How a step's running clock is counted again where that is more than its rule from its start:
    # step → callable(deadline, clockwork, outer due or None) → (rule or None, due), or None where the date stays.
    recounts: Mapping[str, Callable] = field(default_factory=dict)
    # By template, what makes its message true; one that is not named is true at any time.
    message_needs: Mapping[str, MessageNeeds] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.workflow.kind

    def summary(self, case: "Case") -> dict[str, Any]:
        return self.summaries([case])[case.pk]


_kinds: dict[str, CaseKind] = {}


def enter_kind(kind: CaseKind) -> CaseKind:
    """Called once per kind from `ready()`. Raises ValueError when two kinds share a name or a number code."""
    for known in _kinds.values():
        if known.kind != kind.kind and known.number_code == kind.number_code:
            raise ValueError(f"{kind.kind}: number code {kind.number_code} belongs to {known.kind}")
    _kinds[kind.kind] = kind
    return kind


def kind_of(case: "Case") -> CaseKind:
    """Raises KeyError for a case of a kind that no room entered."""
    return _kinds[case.kind]


def all_kinds() -> tuple[CaseKind, ...]:
    return tuple(_kinds.values())


# Callables (staff) -> a sentence for an empty desk, such as when it is opened next, or "".
desk_hints: Registry = Registry()


def procedure_titles() -> dict[str, str]:
    """Every procedure that rules may stand for, by its code."""
    return {code: title for kind in _kinds.values() for code, title in kind.procedure_titles.items()}
