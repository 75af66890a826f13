"""What citizens said of contacts that led nowhere."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ..models import Fault, Unit

# So many open reports of one contact make it one to look at before its time.
MANY = 3


@dataclass(frozen=True)
class Unreached:
    """Open reports of one contact; `faults` are (words, how many), the most frequent first."""

    count: int
    last_on: date
    faults: list[tuple[str, int]]


def unreached(unit: Unit) -> dict[int | None, Unreached]:
    """Open reports by the contact's id; None stands for contacts that are no longer on the list. 1 query."""
    days: dict[int | None, date] = {}
    told: dict[int | None, Counter] = {}
    reports = unit.unreachable_reports.filter(settled_at=None).order_by("reported_on")
    for contact, fault, day in reports.values_list("contact", "fault", "reported_on"):
        days[contact] = day
        told.setdefault(contact, Counter())[fault] += 1
    return {
        contact: Unreached(
            count=faults.total(),
            last_on=days[contact],
            faults=[(str(Fault(fault).label), count) for fault, count in faults.most_common()],
        )
        for contact, faults in told.items()
    }
