"""Once a day: the Merkle root over the heads of all cases, and what a proof needs of its tree.

The cases stand in the order of their first events, so that a new one is always added at the end and every root can be
worked out again from the events alone.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from ..history import cut_to_milliseconds
from ..lasting_keys import ROOT_LEAF, lasting_hash
from ..merkle import canonical, leaf_hash, root_of
from ..models import DailyRoot, Event, RootBlock

FORMAT = 1
# A power of two, so that the root over the blocks' roots is the root over all leaves.
BLOCK = 512
LOCK_WAIT = "5s"


@dataclass(frozen=True)
class Leaf:
    """A case as a root holds it."""

    first_event: int
    number: str
    events: int
    head: str

    @property
    def salt(self) -> str:
        """Known to the portal and to whoever is shown the proof. Another one for every head: an old proof does not tell
        whether the case has gone on since."""
        return lasting_hash(ROOT_LEAF, f"{self.number}:{self.head}")

    @property
    def hash(self) -> bytes:
        return leaf_hash(self.number, self.events, self.head, self.salt)


def real_events() -> QuerySet[Event]:
    """Events of demonstrations are outside every root: they may be deleted."""
    return Event.objects.filter(is_demo=False)


def leaf_page(after: int, last_event: int) -> list[Leaf]:
    """The next block of cases whose first event comes after this one, as they stood at `last_event`. 2 queries."""
    return _leaves(_first_events(last_event).filter(pk__gt=after)[:BLOCK], last_event)


def leaf_block(first: int, before: int, last_event: int) -> list[Leaf]:
    """The cases whose first events lie between these, the second not included, as they stood at `last_event`. 2 queries."""
    # One bound above: of two, SQLite may walk up to the farther one.
    return _leaves(_first_events(min(before - 1, last_event)).filter(pk__gte=first), last_event)


def leaf_pages(last_event: int) -> Iterator[list[Leaf]]:
    """All blocks, one in memory at a time."""
    after = 0
    while page := leaf_page(after, last_event):
        yield page
        after = page[-1].first_event


def _first_events(last_event: int) -> QuerySet[Event]:
    return real_events().filter(seq=1, pk__lte=last_event).order_by("pk")


def _leaves(firsts: QuerySet[Event], last_event: int) -> list[Leaf]:
    page = list(firsts.values_list("pk", "case_id", "case__number"))
    events = real_events().filter(case__in=[case for _pk, case, _number in page]).order_by("case_id", "seq")
    # Later events are left out here: told to, the database would walk along all the earlier ones instead.
    heads = {
        case: (seq, head)
        for pk, case, seq, head in events.values_list("pk", "case_id", "seq", "hash")
        if pk <= last_event
    }
    return [Leaf(first, number, *heads[case]) for first, case, number in page]


def published(root: DailyRoot) -> dict:
    """What anyone may read of a root, and what its own hash covers."""
    return {
        "v": FORMAT,
        "date": root.date.isoformat(),
        "root": root.root,
        "leaves": root.leaves,
        "last_event": root.last_event,
        "computed_at": root.computed_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "prev": root.prev,
    }


def root_hash(root: DailyRoot) -> str:
    """64 hex digits over everything that is published of a root; the hash of the one before is in it."""
    return hashlib.sha256(canonical(published(root))).hexdigest()


def settled_event() -> int:
    """The last event below which nothing is being written any more; 0 where there is none.

    On PostgreSQL a later event may be there before an earlier one: waiting for who writes just now, and holding others
    off for the length of one look, makes sure. Raises OperationalError where somebody writes for too long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
            cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE MODE")
        return real_events().aggregate(last=Max("pk"))["last"] or 0


def next_root_on(before: DailyRoot | None, now: datetime) -> date:
    """The day that begins with the next root, at the latest.

    The coming one, but where the clock stood ahead when the root before was published: none comes until that one's day
    is over, for roots are neither changed nor put in between.
    """
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return max(tomorrow, before.date + timedelta(days=2)) if before else tomorrow


def publish_root(now: datetime) -> DailyRoot | None:
    """The root of the day that ended, once. Days that were missed have none: what happened in them is in this one.

    Returns None where it is there already.
    """
    day = timezone.localdate(now) - timedelta(days=1)
    before = DailyRoot.objects.order_by("date").last()
    if before and before.date >= day:
        return None
    last_event = settled_event()
    # Outside the transaction, for what is settled stays as it is, and nobody waits for the counting.
    blocks = list(_blocks(before, last_event))
    root = DailyRoot(
        date=day,
        root=root_of([bytes.fromhex(block.hash) for block in blocks]).hex(),
        leaves=sum(block.leaves for block in blocks),
        last_event=last_event,
        computed_at=cut_to_milliseconds(now),
        prev=before.hash if before else "",
    )
    root.hash = root_hash(root)
    return root if _write(root, blocks) else None


def _blocks(before: DailyRoot | None, last_event: int) -> Iterator[RootBlock]:
    """The tree's blocks at `last_event`: full ones in which nothing happened since the root before are taken over."""
    kept = _untouched(before, last_event) if before else {}
    position = after = 0
    while True:
        if position in kept:
            leaves, first_event, node, after = BLOCK, *kept[position]
        elif page := leaf_page(after, last_event):
            leaves, first_event, after = len(page), page[0].first_event, page[-1].first_event
            node = root_of([leaf.hash for leaf in page]).hex()
        else:
            return
        yield RootBlock(position=position, first_event=first_event, leaves=leaves, hash=node)
        position += 1


def _untouched(before: DailyRoot, last_event: int) -> dict[int, tuple[int, str, int]]:
    """By position: the first event of a block, its hash, and the event before the next block."""
    since = real_events().filter(pk__gt=before.last_event, pk__lte=last_event).values("case")
    touched = list(_first_events(before.last_event).filter(case__in=since).values_list("pk", flat=True))
    blocks = list(before.blocks.order_by("position"))
    if any(block.leaves != BLOCK for block in blocks[:-1]):
        return {}  # Written with blocks of another size.
    return {
        block.position: (block.first_event, block.hash, following.first_event - 1)
        for block, following in pairwise(blocks)
        if bisect_left(touched, block.first_event) == bisect_left(touched, following.first_event)
    }


def _write(root: DailyRoot, blocks: list[RootBlock]) -> bool:
    """Save the root and its blocks in place of the ones before; False where another process was first."""
    try:
        with transaction.atomic():
            root.save(force_insert=True)
            RootBlock.objects.all().delete()
            for block in blocks:
                block.root = root
            RootBlock.objects.bulk_create(blocks, batch_size=BLOCK)
    except IntegrityError:
        if DailyRoot.objects.filter(prev=root.prev).exists():
            return False
        raise
    return True
