"""Rules of a step, and hours of a weekday, that hold on the same day although the database refuses such rows by now."""

from django.db import DEFAULT_DB_ALIAS, connections

from ..models import OfficeHours, Rule
from ..periods import HOURS, RULES


def overlapping_periods(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Each two of them in words, as an administrator finds them in /admin/. 2 queries where there are none."""
    return [
        f"{_in_words(rows[one])} dan {_in_words(rows[other])}"
        for periods, model in ((RULES, Rule), (HOURS, OfficeHours))
        if (pairs := periods.standing_overlaps(connections[using]))
        for rows in [model.objects.using(using).in_bulk({key for pair in pairs for key in pair})]
        for one, other in pairs
    ]


def _in_words(row: Rule | OfficeHours) -> str:
    first = row.effective_from if isinstance(row, Rule) else row.valid_from
    return f"“{row}” mulai {first}" if first else f"“{row}”"
