"""The ways an invented complaint goes, as rows of what happens to it after its receipt."""

from dataclasses import dataclass
from functools import cached_property

from cases.canonical import canonical
from cases.models.history import ActorKind
from cases.workflow import REPORTER, SYSTEM

from ..models import Outcome
from ..workflow import HEAD, OPERATOR


@dataclass(frozen=True)
class Step:
    """`hours`: how long after the step before, at least and at most. `to`: the state it leads to; "" where it moves nothing.

    `says`: which of the invented words it comes with.
    """

    hours: tuple[int, int]
    to: str = ""
    kind: str = "moved"
    by: str = ActorKind.STAFF.value
    role: str = OPERATOR.value
    says: str = ""
    is_internal: bool = False


@dataclass(frozen=True)
class Life:
    """`weight`: how many of a hundred go this way."""

    weight: int
    steps: tuple[Step, ...] = ()

    @cached_property
    def status(self) -> str:
        return next((step.to for step in reversed(self.steps) if step.to), "received")

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What the history says of each step, as canonical JSON without the hash of its words."""
        said, state = [], "received"
        for step in self.steps:
            data = {"from": state, "to": step.to} if step.to else {}
            if step.says == "answers":
                data["outcome"] = Outcome.DONE.value
            said.append(canonical(data))
            state = step.to or state
        return tuple(said)


RECEIVED = Step((0, 0), kind="received", by=ActorKind.REPORTER.value, role="")
VERIFIED = Step((1, 8), "verified")
BEGUN = Step((1, 30), "in_progress")
DRAFTED = Step((10, 60), kind="answer_drafted", says="answers", is_internal=True)
ANSWERED = Step((1, 12), "answered", role=HEAD.value, says="answers")
UNTIL_ANSWERED = (VERIFIED, BEGUN, DRAFTED, ANSWERED)


def _ends(status: str) -> tuple[Step, ...]:
    return (VERIFIED, Step((1, 48), status, says="reasons"))


CLOSED = (
    # Longer than any reporter is waited for.
    Life(
        45, (*UNTIL_ANSWERED, Step((500, 500), "closed_unconfirmed", by=ActorKind.SYSTEM.value, role=SYSTEM))
    ),
    Life(35, (*UNTIL_ANSWERED, Step((5, 200), "resolved", by=ActorKind.REPORTER.value, role=REPORTER))),
    Life(6, _ends("not_our_authority")),
    Life(5, _ends("duplicate")),
    Life(5, _ends("archived")),
    Life(4, (Step((2, 48), "withdrawn", by=ActorKind.REPORTER.value, role=REPORTER, says="reasons"),)),
)
OPEN = (Life(30), Life(10, (VERIFIED,)), Life(40, (VERIFIED, BEGUN)), Life(20, UNTIL_ANSWERED))
