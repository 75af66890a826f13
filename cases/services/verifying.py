"""Histories compared with their hashes, and every fault told."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection
from django.db.models import Avg, QuerySet

from ..faults import Fault
from ..history import check, emptied, grown_since, strays
from ..models import Case
from ..vouching import faults_of_vouched
from .missing_cases import missing_cases

# Fewer are compared sooner than a second connection is there.
MANY = 20_000

Tell = Callable[[str], None]


@dataclass
class Walked:
    cases: int = 0
    events: int = 0
    faults: int = 0

    def __add__(self, other: "Walked") -> "Walked":
        return Walked(self.cases + other.cases, self.events + other.events, self.faults + other.faults)


def walk(cases: QuerySet[Case], tell: Tell) -> Walked:
    """Check the chains of these cases and what their events vouch for, and tell of every fault."""
    return _walk_chains(cases, tell) + Walked(faults=_told(faults_of_vouched(cases), tell))


def walk_new(since: int, tell: Tell) -> Walked:
    """Check the chains that grew after this event, what any event vouches for, and that no case is gone or without its
    events."""
    walked = _walk_chains(grown_since(since), tell) + _walk_chains(emptied(), tell)
    return walked + Walked(faults=_told(_vouched_or_missing(), tell))


def walk_all(tell: Tell) -> Walked:
    """Check all chains and what their events vouch for, that every event belongs to one, and that no case is gone."""
    # PostgreSQL computes in a process for each connection. SQLite computes in this one, where two would wait for each other.
    is_shared = connection.vendor == "postgresql" and Case.objects.count() >= MANY
    walked = _walk_halves(tell) if is_shared else _walk_chains(Case.objects.all(), tell)
    astray = _told(strays(), tell)
    return walked + Walked(events=astray, faults=astray + _told(_vouched_or_missing(), tell))


def _vouched_or_missing() -> Iterator[Fault]:
    yield from faults_of_vouched(Case.objects.all())
    yield from missing_cases()


def _walk_chains(cases: QuerySet[Case], tell: Tell) -> Walked:
    walked = Walked()
    for checked in check(cases):
        for fault in checked.faults:
            tell(str(fault))
        walked.cases += checked.cases
        walked.events += checked.events
        walked.faults += len(checked.faults)
    return walked


def _told(faults: Iterable[Fault], tell: Tell) -> int:
    told = 0
    for fault in faults:
        tell(str(fault))
        told += 1
    return told


def _walk_halves(tell: Tell) -> Walked:
    middle = int(Case.objects.aggregate(middle=Avg("pk"))["middle"])
    with ThreadPoolExecutor(1) as beside:
        upper = beside.submit(_walk_above, middle, tell)
        return _walk_chains(Case.objects.filter(pk__lte=middle), tell) + upper.result()


def _walk_above(middle: int, tell: Tell) -> Walked:
    try:
        return _walk_chains(Case.objects.filter(pk__gt=middle), tell)
    finally:
        connection.close()  # this thread's own
