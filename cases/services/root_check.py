"""Whether the daily roots are still what the events give. Read-only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..merkle import Tree, root_of
from ..models import DailyRoot
from .daily_root import Leaf, leaf_pages, real_events, root_hash

CHUNK = 2000


@dataclass(frozen=True)
class RootFault:
    """A daily root that does not bear out, and why."""

    date: date
    reason: str

    def __str__(self) -> str:
        return f"sidik harian {self.date}: {self.reason}"


def check_all_roots() -> Iterator[RootFault]:
    """Work every root out again in one walk over the events. In memory: 64 bytes and one number for each case."""
    tree, places, upto, prev = Tree(), {}, 0, ""
    for root in DailyRoot.objects.order_by("date").iterator(chunk_size=CHUNK):
        yield from _faults_of_row(root, prev)
        for case, number, seq, head in _events_between(upto, root.last_event):
            place = places.setdefault(case, len(places))
            tree.put(place, Leaf(0, number, seq, head).hash)
        yield from _faults_of_tree(root, tree.root(), len(tree))
        upto, prev = root.last_event, root.hash


def check_newest_root() -> Iterator[RootFault]:
    """That the roots follow each other, and that the newest is what the events give: one block in memory at a time.

    Whoever does this every day has checked every root.
    """
    prev, root = "", None
    for root in DailyRoot.objects.order_by("date").iterator(chunk_size=CHUNK):
        yield from _faults_of_row(root, prev)
        prev = root.hash
    if root:
        nodes, leaves = [], 0
        for page in leaf_pages(root.last_event):
            nodes.append(root_of([leaf.hash for leaf in page]))
            leaves += len(page)
        yield from _faults_of_tree(root, root_of(nodes), leaves)


def _events_between(after: int, upto: int) -> Iterator[tuple[int, str, int, str]]:
    events = real_events().filter(pk__gt=after, pk__lte=upto).order_by("pk")
    return events.values_list("case_id", "case__number", "seq", "hash").iterator(chunk_size=CHUNK)


def _faults_of_row(root: DailyRoot, prev: str) -> Iterator[RootFault]:
    if root.prev != prev:
        yield RootFault(root.date, "tidak menyambung dengan sidik harian sebelumnya")
    if root_hash(root) != root.hash:
        yield RootFault(root.date, "isi tidak cocok dengan sidiknya")


def _faults_of_tree(root: DailyRoot, found: bytes, leaves: int) -> Iterator[RootFault]:
    if leaves < root.leaves:
        yield RootFault(root.date, f"{root.leaves - leaves} perkara di dalamnya tidak ada lagi")
    elif (found.hex(), leaves) != (root.root, root.leaves):
        yield RootFault(root.date, "tidak cocok dengan riwayat perkara")
