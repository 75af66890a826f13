"""A procedure's states and moves as one table that a lawyer could check.

Kinds of case are declared by the rooms above and checked when the process starts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Case

# Who may move a case besides the roles of memberships.
REPORTER = "reporter"
REPORTER_BY_VOICE = (
    "reporter_by_voice"  # an officer writes down what the reporter said; never the one who answered
)
PARENT = "parent"  # head or operator of a unit above the responsible one
SYSTEM = "system"


class WorkflowFault(Exception):
    """The table itself is wrong."""


@dataclass(frozen=True)
class State:
    """`closed` ends the clocks and may be reopened; `final` has no exit. `public` is what the reporter reads.

    `runs_on` names the clocks that a pause does not stop. Whether a state pauses may be the office's to settle: then
    `pauses_clock` is asked whenever a case comes into it.
    """

    name: str
    public: str
    pauses_clock: bool | Callable[[], bool] = False
    runs_on: tuple[str, ...] = ()
    closed: bool = False
    final: bool = False

    @property
    def ends_clock(self) -> bool:
        return self.closed or self.final

    def stops_clock(self) -> bool:
        return self.pauses_clock() if callable(self.pauses_clock) else self.pauses_clock


@dataclass(frozen=True)
class Move:
    """`guard` returns why the move is not possible now, or None; it sees the case and who asks."""

    origin: str
    target: str
    by: tuple[str, ...]
    needs_text: bool = False
    guard: Callable[["Case", object], str | None] | None = None


@dataclass(frozen=True)
class Workflow:
    kind: str
    initial: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    _by_name: dict[str, State] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({state.name: state for state in self.states})
        self._check()

    def state(self, name: str) -> State:
        """Raises KeyError for a state the table does not have."""
        return self._by_name[name]

    def move(self, origin: str, target: str) -> Move | None:
        return self._moves.get((origin, target))

    def moves_from(self, origin: str) -> Iterator[Move]:
        return (move for move in self.moves if move.origin == origin)

    @cached_property
    def _moves(self) -> dict[tuple[str, str], Move]:
        return {(move.origin, move.target): move for move in self.moves}

    def _check(self) -> None:
        faults = list(self._faults())
        if faults:
            raise WorkflowFault(f"{self.kind}: " + "; ".join(faults))

    def _faults(self) -> Iterable[str]:
        names = [state.name for state in self.states]
        yield from (f"state {name} twice" for name in set(names) if names.count(name) > 1)
        if self.initial not in names:
            yield f"initial state {self.initial} unknown"
        pairs = [(move.origin, move.target) for move in self.moves]
        yield from (f"move {a} → {b} twice" for a, b in set(pairs) if pairs.count((a, b)) > 1)
        for move in self.moves:
            for end in (move.origin, move.target):
                if end not in names:
                    yield f"move {move.origin} → {move.target}: state {end} unknown"
            if not move.by:
                yield f"move {move.origin} → {move.target}: nobody may make it"
            if move.origin in names and self.state(move.origin).final:
                yield f"final state {move.origin} has an exit"
        reached, front = set(), [self.initial]
        while front:
            name = front.pop()
            if name not in reached:
                reached.add(name)
                front += [move.target for move in self.moves if move.origin == name]
        yield from (f"state {name} unreachable" for name in names if name not in reached)
        yield from (
            f"state {state.name} is a dead end"
            for state in self.states
            if not state.ends_clock and not any(move.origin == state.name for move in self.moves)
        )
