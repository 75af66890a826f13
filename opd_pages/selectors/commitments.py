"""How far promises have come."""

from collections.abc import Iterable
from dataclasses import dataclass

from home.shares import shares

from ..models import Commitment, CommitmentsPage, CommitmentState


@dataclass(frozen=True)
class Progress:
    """`states` hold (label, count, share in percent) in the order of a promise's life; the shares add up to 100."""

    total: int
    kept: int
    late: int
    states: list[tuple[str, int, int]]


def progress(commitments: Iterable[Commitment]) -> Progress:
    commitments = list(commitments)
    counts = [sum(each.state == state for each in commitments) for state in CommitmentState.values]
    return Progress(
        total=len(commitments),
        kept=counts[CommitmentState.values.index(CommitmentState.KEPT)],
        late=sum(each.is_late for each in commitments),
        states=list(zip(CommitmentState.labels, counts, shares(counts), strict=True)),
    )


def plan_context(page: CommitmentsPage) -> dict:
    """{"commitments", "progress"}, in the order of the plan: 1 query; a preview shows what was typed."""
    rows = page.commitments.all()
    if hasattr(rows, "select_related"):
        rows = rows.select_related(
            "unit__kind",
            "unit__parent__kind",
            "unit__successor__kind",
            "unit__successor__parent__kind",
            "evidence",
        )
    commitments = list(rows)
    return {"commitments": commitments, "progress": progress(commitments)}
