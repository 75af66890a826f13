"""Cases that are gone with all that was theirs, known by the numbers they had: a series has no gaps. Read-only."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Count
from django.db.models.functions import Left

from ..faults import Fault
from ..models import Case, NumberSeries

GONE = "nomornya pernah diberikan, perkaranya tidak ada"


def missing_cases() -> Iterator[Fault]:
    """A fault for every run of numbers that were given and that no case has. Demonstrations may be deleted."""
    real = Case.objects.filter(is_demo=False)
    # Counted before the series are read, and listed after: who is received meanwhile is never missing.
    begins = Left("number", len("2026-KKK-"))
    kept = real.values_list("receiving_unit", begins).annotate(Count("pk")).order_by()
    counts = {(unit, begin): count for unit, begin, count in kept}
    for series in NumberSeries.objects.filter(is_demo=False).select_related("unit").order_by("pk"):
        begin = f"{series.year}-{series.kind}-"
        if counts.get((series.unit_id, begin), 0) < series.last:
            numbers = real.filter(receiving_unit=series.unit, number__startswith=begin)
            there = sorted(
                int(number.rsplit("-", 1)[1]) for number in numbers.values_list("number", flat=True)
            )
            for before, after in pairwise([0, *there, series.last + 1]):
                if (gone := after - before - 1) > 0:
                    first = f"{begin}{series.unit.short_code}-{before + 1:06d}"
                    yield Fault(first, None, GONE if gone == 1 else f"{GONE}, dan {gone - 1} sesudahnya")
