"""Deadlines counted by hand on a wall calendar, and the calendar they were counted on.

They test this portal's own counting, and are published at /hitung-batas/vektor.json for whoever counts elsewhere.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ..calendar import Calendar, DayOff, DayOffKind, FirstDay, Term, TermUnit

HERE = Path(__file__).parent
FORMAT = 1
ZONE = "Asia/Jakarta"
FIRST_DAYS = {"next": FirstDay.NEXT, "same": FirstDay.SAME}


@dataclass(frozen=True)
class Vector:
    """One row of golden_deadlines.csv; `note` says how its date was found on paper."""

    start: str
    term: Term
    joint_leave_is_off: bool
    first_day: FirstDay
    due: str
    because: str
    note: str

    @property
    def calendar(self) -> Calendar:
        return Calendar.of(
            (
                DayOff(date.fromisoformat(day["date"]), day["name"], DayOffKind(day["kind"]))
                for day in _read("holidays.json")
            ),
            ZoneInfo(ZONE),
            joint_leave_is_off=self.joint_leave_is_off,
            confirmed_years=frozenset(decree["year"] for decree in _read("holiday_decrees.json")),
            first_day=self.first_day,
        )

    @property
    def starts_at(self) -> datetime:
        return datetime.fromisoformat(self.start)

    @property
    def due_at(self) -> datetime:
        return datetime.fromisoformat(self.due)


@cache
def vectors() -> tuple[Vector, ...]:
    with (HERE / "golden_deadlines.csv").open(newline="", encoding="utf-8") as rows:
        return tuple(
            Vector(
                row["start"],
                Term(int(row["amount"]), TermUnit(row["unit"])),
                row["joint_leave"] == "off",
                FIRST_DAYS[row["first_day"]],
                row["due"],
                row["because"],
                row["note"],
            )
            for row in csv.DictReader(rows)
        )


@cache
def published() -> str:
    """JSON: the days off and decreed years, and rows of start, amount, unit (hk, hari, jam), the calendar's two
    settings, due and because. Moments are ISO 8601 with their zone."""
    rows = [
        {
            "start": vector.start,
            "amount": vector.term.amount,
            "unit": vector.term.unit.value,
            "joint_leave_is_off": vector.joint_leave_is_off,
            "first_day": next(name for name, day in FIRST_DAYS.items() if day == vector.first_day),
            "due": vector.due,
            "because": vector.because,
        }
        for vector in vectors()
    ]
    content = {
        "format": FORMAT,
        "timezone": ZONE,
        "decrees": _read("holiday_decrees.json"),
        "days_off": _read("holidays.json"),
        "rows": rows,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


@cache
def _read(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
