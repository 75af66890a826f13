"""Histories compared with their hashes, and every fault told."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from ..history import check, strays
from ..models import Case

Tell = Callable[[str], None]


@dataclass
class Walked:
    cases: int = 0
    events: int = 0
    faults: int = 0


def walk(cases: QuerySet[Case], tell: Tell) -> Walked:
    """Check the chains of these cases, and tell of every fault."""
    walked = Walked()
    for checked in check(cases):
        for fault in checked.faults:
            tell(str(fault))
        walked.cases += checked.cases
        walked.events += checked.events
        walked.faults += len(checked.faults)
    return walked


def walk_all(tell: Tell) -> Walked:
    """Check all chains, and that every event belongs to one."""
    walked = walk(Case.objects.all(), tell)
    for stray in strays():
        tell(str(stray))
        walked.events += 1
        walked.faults += 1
    return walked
