"""All histories compared with their hashes; where there are very many cases, by two processes with one half each."""

import gc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from django.db import connections
from django.db.models import Avg, QuerySet

from ..history import check
from ..models import Case

# Fewer are walked sooner than another process is there.
MANY = 20_000

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Walked:
    cases: int = 0
    events: int = 0
    faults: int = 0

    def __add__(self, other: "Walked") -> "Walked":
        return Walked(self.cases + other.cases, self.events + other.events, self.faults + other.faults)


def walk(cases: QuerySet[Case], tell: Tell) -> Walked:
    """Walk through the chains of these cases, and tell of every fault."""
    walked = Walked()
    for checked in check(cases):
        for fault in checked.faults:
            tell(str(fault))
        walked += Walked(1, checked.events, len(checked.faults))
    return walked


def walk_all(tell: Tell) -> Walked:
    """Walk through all chains. What the other process found is told at the end."""
    cases = Case.objects.all()
    if cases.count() < MANY:
        return walk(cases, tell)
    middle = int(cases.aggregate(middle=Avg("pk"))["middle"])
    # A child must not share its parent's connection.
    connections.close_all()
    # Forked, since it shares what its parent has in memory as long as neither tidies it. Of one that was killed the
    # executor says so.
    gc.freeze()
    with ProcessPoolExecutor(1, get_context("fork")) as other:
        upper = other.submit(_walk_above, middle)
        walked = walk(cases.filter(pk__lte=middle), tell)
        found, lines = upper.result()
    for line in lines:
        tell(line)
    return walked + found


def _walk_above(middle: int) -> tuple[Walked, list[str]]:
    lines: list[str] = []
    return walk(Case.objects.filter(pk__gt=middle), lines.append), lines
