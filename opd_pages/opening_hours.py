"""When offices are open, for whoever knows it to tell."""

from dataclasses import dataclass
from datetime import date, time

from home.registry import Registry


@dataclass(frozen=True)
class OpeningHours:
    """One weekday (Monday is 0), between two days where it is another than usual, such as in Ramadan."""

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None


# Callables () -> list of OpeningHours: of every office of the kabupaten.
opening_hours: Registry = Registry()
