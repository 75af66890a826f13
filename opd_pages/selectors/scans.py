"""How often a unit's poster was scanned lately."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from ..models import Unit

LATELY = 30  # days, today among them


@dataclass(frozen=True)
class Scans:
    days: int
    scans: int
    of_old_prints: int


def recent_scans(unit: Unit) -> Scans:
    """1 query."""
    since = timezone.localdate() - timedelta(days=LATELY - 1)
    counted = unit.poster_scans.filter(day__gte=since).aggregate(all=Sum("scans"), old=Sum("of_old_prints"))
    return Scans(LATELY, counted["all"] or 0, counted["old"] or 0)
