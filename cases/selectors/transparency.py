"""What anyone may read of the daily roots, and what a reporter is shown of their own case in them."""

import logging
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from ..merkle import path_of
from ..models import Case, DailyRoot, Event
from ..proofs import Proof
from ..services.daily_root import leaf_block, next_root_on

logger = logging.getLogger(__name__)


class ProofBroken(Exception):
    """The events of today no longer give the root that was published."""


def newest_root() -> DailyRoot | None:
    return DailyRoot.objects.order_by("date").last()


def delayed_until(root: DailyRoot | None) -> date | None:
    """The day that begins with the next root, where it is not the coming one: the clock stood ahead at the last."""
    now = timezone.now()
    due = next_root_on(root, now)
    return due if due > timezone.localdate(now) + timedelta(days=1) else None


def proof_of(case: Case, root: DailyRoot) -> Proof | None:
    """The case's proof in the newest root; None for a case that is not in it. 4 queries, one block of leaves.

    Raises ProofBroken where history was changed past its guard.
    """
    first = case.events.filter(seq=1, is_demo=False).values_list("pk", flat=True).first()
    if first is None or first > root.last_event:
        return None
    blocks = list(root.blocks.order_by("position").values_list("first_event", "hash"))
    block = bisect_right([first_event for first_event, _hash in blocks], first) - 1
    if block < 0:
        raise ProofBroken
    following = blocks[block + 1][0] if block + 1 < len(blocks) else root.last_event + 1
    leaves = leaf_block(blocks[block][0], following, root.last_event)
    position = next((place for place, leaf in enumerate(leaves) if leaf.first_event == first), None)
    if position is None:
        raise ProofBroken
    leaf = leaves[position]
    within = path_of([leaf.hash for leaf in leaves], position)
    above = path_of([bytes.fromhex(node) for _first, node in blocks], block)
    proof = Proof(leaf.number, leaf.events, leaf.head, leaf.salt, within + above, root.date, root.root)
    if not proof.holds:
        raise ProofBroken
    return proof


@dataclass(frozen=True)
class Standing:
    """How a case stands in the daily roots: `proof` where it is in one, `is_broken` where it no longer fits,
    `delayed_until` where the next one does not come this night."""

    is_demo: bool = False
    is_broken: bool = False
    proof: Proof | None = None
    delayed_until: date | None = None

    @property
    def is_awaited(self) -> bool:
        return not (self.is_demo or self.is_broken or self.proof)


def standing(case: Case) -> Standing:
    """For the reporter's page and receipt. 5 queries at most, where no new root comes in between."""
    if case.is_demo:
        return Standing(is_demo=True)
    root = newest_root()
    try:
        proof = proof_of(case, root) if root else None
        return Standing(proof=proof, delayed_until=delayed_until(root))
    except ProofBroken:
        if newest_root() != root:
            return standing(case)  # A new root took the place of the one that was being read.
        logger.error("the history of a case does not fit the root of %s", root.date)
        return Standing(is_broken=True)


@dataclass(frozen=True)
class Examined:
    """A pasted proof: the published root that it leads to, and whether the case's history still holds its head."""

    proof: Proof
    root: DailyRoot | None
    is_still_there: bool


def examine(proof: Proof) -> Examined:
    """2 queries, or 1 where it leads nowhere."""
    published = DailyRoot.objects.filter(date=proof.date, root=proof.root).first() if proof.holds else None
    heads = Event.objects.filter(case__number=proof.number, seq=proof.events, hash=proof.head)
    return Examined(proof, published, published is not None and heads.exists())
