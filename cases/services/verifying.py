"""Histories compared with their hashes, and every fault told."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection
from django.db.models import Avg, QuerySet

from ..faults import Fault
from ..history import check, emptied, grown_since, strays
from ..models import Case
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


def walk_new(since: int, tell: Tell) -> Walked:
    """Check the histories that grew after this event, of all others what is kept outside them, and that no case is gone or
    without its events."""
    grown = grown_since(since)
    walked = walk(grown, tell) + walk(emptied(), tell)
    others = walk(Case.objects.exclude(pk__in=grown.values("pk")), tell, chains=False)
    return walked + Walked(faults=others.faults + _told(missing_cases(), tell))


def walk_all(tell: Tell) -> Walked:
    """Check all histories and what is kept outside them, that every event belongs to one, and that no case is gone."""
    # PostgreSQL computes in a process for each connection. SQLite computes in this one, where two would wait for each other.
    is_shared = connection.vendor == "postgresql" and Case.objects.count() >= MANY
    walked = _walk_halves(tell) if is_shared else walk(Case.objects.all(), tell)
    astray = _told(strays(), tell)
    return walked + Walked(events=astray, faults=astray + _told(missing_cases(), tell))


def walk(cases: QuerySet[Case], tell: Tell, *, chains: bool = True) -> Walked:
    """Check the histories of these cases and what is kept outside them, and tell of every fault. Without `chains` only what
    is kept outside."""
    _read_through()
    walked = Walked()
    for checked in check(cases, chains=chains):
        for fault in checked.faults:
            tell(str(fault))
        walked.cases += checked.cases
        walked.events += checked.events
        walked.faults += len(checked.faults)
    return walked


def _read_through() -> None:
    """What is read once from end to end need not stay at hand."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-2000")


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
        return walk(Case.objects.filter(pk__lte=middle), tell) + upper.result()


def _walk_above(middle: int, tell: Tell) -> Walked:
    try:
        return walk(Case.objects.filter(pk__gt=middle), tell)
    finally:
        connection.close()  # this thread's own
