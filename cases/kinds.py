"""The kinds of case this installation knows. The rooms above enter theirs; this room only asks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from home.registry import Registry

from .actions import Action
from .wording import RECEIPT
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


# The messages that the kernel itself sends, of a case of any kind.
DESK_MESSAGE_NEEDS = {
    "desk_task": MessageNeeds(is_owed=True),
    "desk_reminder": MessageNeeds(promise=Promise.AHEAD),
    "desk_overdue": MessageNeeds(promise=Promise.LATE),
}


# What those, the one about no case and the one to the reporter cannot do without: their fields, by template.
DESK_MESSAGES = {
    "desk_task": frozenset({"number", "link"}),
    "desk_reminder": frozenset({"number", "due", "link"}),
    "desk_overdue": frozenset({"number", "due", "link"}),
    "contacts_due": frozenset({"unit", "link"}),
    "access_code": RECEIPT,
}


# The events that the kernel itself writes, of a case of any kind.
SHARED_EVENT_TITLES = {
    "code_renewed": _("Kode akses diganti atas permintaan; kode yang lama tidak berlaku lagi"),
    "identity_erased": _("Identitas dihapus menurut {basis}"),
    "words_erased": _("Isi tulisan dihapus menurut {basis}"),
    "files_erased": _("Berkas dihapus menurut {basis}"),
}


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
    card_template: str
    summaries: "Summaries"
    step_titles: Mapping[str, str]
    event_titles: Mapping[str, str]
    # What it and the person behind it are called, in the middle of a sentence.
    noun: str
    person: str
    # The procedures whose rules its clocks run by, with their titles.
    procedure_titles: Mapping[str, str] = field(default_factory=dict)
    # The page that anyone may read; "" for a kind that has none.
    public_template: str = ""
    # Events that the reporter's timeline leaves out.
    internal_events: frozenset[str] = frozenset()
    # Where an officer writes down what somebody says at the counter: name of the route, and the link's words.
    counter_route: str = ""
    counter_label: str = ""
    # Buttons of the desk, and of the tracking page.
    actions: tuple[Action, ...] = ()
    reporter_actions: tuple[Action, ...] = ()
    # Steps whose date is promised to the reporter: announced before it lapses, noted when it has.
    promised_steps: tuple[str, ...] = ()
    # Whether the files that a case came with tell who the person is: callable(case).
    files_identify: Callable[["Case"], bool] = lambda case: False
    # Steps whose owner needs to know who the person is.
    identity_steps: frozenset[str] = frozenset()
    # How a case of another kind goes on as one of this: callable(case, by, at) → the new case. None: it cannot.
    takes_over: Callable[["Case", Any, Any], "Case"] | None = None
    # The role at the kabupaten that hears of a broken promise besides the unit's head.
    watched_by: str = ""
    # Whoever is on duty for the case's unit on days off: callable(case) → user or None.
    on_duty: Callable[["Case"], Any] = lambda case: None
    # What the system does when a clock of this kind runs out: step → callable(case_id, at).
    on_lapse: Mapping[str, Callable] = field(default_factory=dict)
    # How a step's running clock is counted again where that is more than its rule from its start:
    # step → callable(deadline, clockwork, outer due or None) → (rule or None, due), or None where the date stays.
    recounts: Mapping[str, Callable] = field(default_factory=dict)
    # What besides party, words and files is erased with each of them: callable(case) → number of rows. It may change
    # the case, which is saved afterwards.
    erasers: Mapping[str, Callable[["Case"], int]] = field(default_factory=dict)
    # Takes back what anyone may read of a case, its photos and answers too: callable(CaseChange).
    take_copy_back: Callable[[Any], None] = lambda changing: None
    # Closed cases of which something is still owed; nothing of them is erased.
    holds: Q = field(default_factory=Q)
    # What stands in rows of its own, and an event vouches for (cases.vouching): callable(first, last) → pairs of the key of a
    # case from the one to the other, and a hash.
    vouched: Callable[[int, int], Iterable[tuple[int, str]]] = lambda first, last: ()
    # By kind of event, where its words are kept once more: in this column of one row for each, in their order. The row's
    # is emptied when the words are erased.
    copied: Mapping[str, tuple[type[Model], str]] = field(default_factory=dict)
    # By template, what makes its message true; one that is not named is true at any time.
    message_needs: Mapping[str, MessageNeeds] = field(default_factory=dict)
    # The templates that this kind brings, each with the fields that it cannot do without, and what fills fields where an
    # administrator words them.
    own_messages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sample: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.workflow.kind

    @property
    def sample_number(self) -> str:
        """What a number looks like."""
        return f"2026-{self.number_code}-KPS-000123"

    def title_of(self, event_kind: str) -> str:
        return str(self.event_titles.get(event_kind) or SHARED_EVENT_TITLES.get(event_kind, event_kind))

    def needs_of(self, template: str) -> MessageNeeds | None:
        return self.message_needs.get(template) or DESK_MESSAGE_NEEDS.get(template)

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


def kind_named(name: str) -> CaseKind:
    """Raises KeyError for a kind that no room entered."""
    return _kinds[name]


def all_kinds() -> tuple[CaseKind, ...]:
    return tuple(_kinds.values())


def one_of(words: Iterable[str]) -> str:
    return f" {_('atau')} ".join(map(str, words))


def nouns() -> str:
    """What a case is called where it may be of any kind: each kind's own noun."""
    return one_of(kind.noun for kind in all_kinds())


# Callables (staff) -> a sentence for an empty desk, such as when it is opened next, or "".
desk_hints: Registry = Registry()


def procedure_titles() -> dict[str, str]:
    """Every procedure that rules may stand for, by its code."""
    return {code: title for kind in _kinds.values() for code, title in kind.procedure_titles.items()}


def fields_needed_in(template: str) -> frozenset[str]:
    """What a message with this template has to say, in subject or body."""
    brought = (kind.own_messages for kind in all_kinds() if template in kind.own_messages)
    return next(brought, DESK_MESSAGES).get(template, frozenset())
