"""Histories compared with their hashes, and every fault told."""

import gc
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from django.db import connections
from django.db.models import Avg, QuerySet

from ..faults import Fault
from ..history import check, emptied, grown_since, strays
from ..models import Case
from .missing_cases import missing_cases

# Fewer are compared sooner than a second process is there.
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
    """Check the histories of these cases and what is kept outside them, and tell of every fault."""
    return _walk(cases, tell)


def walk_new(since: int, tell: Tell) -> Walked:
    """Check the histories that grew after this event, of all others what is kept outside them, and that no case is gone or
    without its events."""
    grown = grown_since(since)
    walked = _walk(grown, tell) + _walk(emptied(), tell)
    others = _walk(Case.objects.exclude(pk__in=grown.values("pk")), tell, chains=False)
    return walked + Walked(faults=others.faults + _told(missing_cases(), tell))


def walk_all(tell: Tell) -> Walked:
    """Check all histories and what is kept outside them, that every event belongs to one, and that no case is gone."""
    walked = _walk_halves(tell) if Case.objects.count() >= MANY else _walk(Case.objects.all(), tell)
    astray = _told(strays(), tell)
    return walked + Walked(events=astray, faults=astray + _told(missing_cases(), tell))


def _walk(cases: QuerySet[Case], tell: Tell, *, chains: bool = True) -> Walked:
    walked = Walked()
    for checked in check(cases, chains=chains):
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
    """One half here, the other in a process beside: on two cores it takes little more than half the time."""
    middle = int(Case.objects.aggregate(middle=Avg("pk"))["middle"])
    # A child must not share its parent's connection.
    connections.close_all()
    # Memory stays shared as long as nobody looks through it for garbage.
    gc.freeze()
    gc.disable()
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("fork")) as beside:
            upper = beside.submit(_walk_above, middle)
            walked = _walk(Case.objects.filter(pk__lte=middle), tell)
            above, told = upper.result()
    finally:
        gc.enable()
        gc.unfreeze()
    for fault in told:
        tell(fault)
    return walked + above


def _walk_above(middle: int) -> tuple[Walked, list[str]]:
    told: list[str] = []
    return _walk(Case.objects.filter(pk__gt=middle), told.append), told
