"""Deadlines counted by hand on a wall calendar, clocks that stop, go on and are prolonged, and the calendar of both.

They test this portal's own counting, and are published at /hitung-batas/vektor.json for whoever counts elsewhere.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ..calendar import (
    Calendar,
    DayOff,
    DayOffKind,
    Due,
    FirstDay,
    Term,
    TermUnit,
    deadline,
    extend,
    remaining,
    resume,
)

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


@dataclass(frozen=True)
class ClockVector(Vector):
    """One row of golden_clocks.csv: never later than `outer`, paused with `left`, resumed, then extended; each "" or None
    where it does not happen."""

    outer: str
    paused: str
    left: int | None
    resumed: str
    extension: int | None

    def course(self) -> tuple[int | None, Due]:
        """What this portal counts: what the pause leaves, and the end."""
        calendar, unit = self.calendar, self.term.unit
        outer = Due(datetime.fromisoformat(self.outer), "") if self.outer else None
        due, left = deadline(self.starts_at, self.term, calendar, outer=outer), None
        if self.paused:
            rest = remaining(due, datetime.fromisoformat(self.paused), unit, calendar)
            due, left = resume(rest, datetime.fromisoformat(self.resumed), calendar, outer=outer), rest.amount
        if self.extension is not None:
            due = extend(due, Term(self.extension, unit), calendar)
        return left, due


# What stands in the published file, for whoever reads it; as HTML, in which values belong to no language.
FIELDS = {
    "format": _("Bentuk berkas ini; naik bila arti sebuah kolom berubah."),
    "timezone": _("Zona waktu tempat hari dihitung."),
    "decrees": _("Tahun yang hari liburnya sudah ditetapkan, dengan nomor keputusannya."),
    "days_off": _(
        "Hari libur yang dipakai: tanggal, nama, dan jenis (<code>nasional</code> atau <code>cuti_bersama</code>)."
    ),
    "rows": _("Batas waktu yang dihitung dari satu saat mulai, satu baris satu hitungan."),
    "clocks": _(
        "Batas waktu yang dibatasi, berhenti sementara, dilanjutkan, atau diperpanjang, menurut urutan itu."
    ),
    "start": _("Saat waktu mulai, misalnya saat perkara diterima (ISO 8601 dengan zonanya)."),
    "amount": _("Lamanya, dalam satuan pada unit."),
    "unit": _("<code>hk</code>: hari kerja; <code>hari</code>: hari kalender; <code>jam</code>: jam."),
    "joint_leave_is_off": _("<code>true</code>: cuti bersama tidak dihitung sebagai hari kerja."),
    "first_day": _(
        "Hari pertama: <code>next</code>, hari sesudah mulai; <code>same</code>, hari mulai itu sendiri."
    ),
    "outer": _(
        "Batas luar yang tidak pernah dilewati; <code>null</code> bila tidak ada. Perpanjangan tidak dibatasi olehnya."
    ),
    "paused": _("Saat waktu berhenti sementara; <code>null</code> bila tidak berhenti."),
    "left": _("Sisa pada saat berhenti: hari sesudah hari itu, atau jam yang sudah dimulai dihitung penuh."),
    "resumed": _("Saat waktu berjalan lagi. Hari pertama sisanya selalu hari berikutnya."),
    "extension": _(
        "Tambahan dalam satuan yang sama, dihitung dari batas waktunya; <code>null</code> bila tidak diperpanjang."
    ),
    "due": _("Batas waktu yang benar: sampai detik ini masih tepat waktu."),
    "because": _("Penjelasan yang dibaca warga."),
}


@cache
def clock_vectors() -> tuple[ClockVector, ...]:
    with (HERE / "golden_clocks.csv").open(newline="", encoding="utf-8") as rows:
        return tuple(
            ClockVector(
                **_shared(row),
                because="",
                outer=row["outer"],
                paused=row["paused"],
                left=int(row["left"]) if row["left"] else None,
                resumed=row["resumed"],
                extension=int(row["extension"]) if row["extension"] else None,
            )
            for row in csv.DictReader(rows)
        )


def _shared(row: dict[str, str]) -> dict:
    return {
        "start": row["start"],
        "term": Term(int(row["amount"]), TermUnit(row["unit"])),
        "joint_leave_is_off": row["joint_leave"] == "off",
        "first_day": FIRST_DAYS[row["first_day"]],
        "due": row["due"],
        "note": row["note"],
    }


@cache
def vectors() -> tuple[Vector, ...]:
    with (HERE / "golden_deadlines.csv").open(newline="", encoding="utf-8") as rows:
        return tuple(Vector(**_shared(row), because=row["because"]) for row in csv.DictReader(rows))


@cache
def published() -> str:
    """JSON: what FIELDS tells. Moments are ISO 8601 with their zone."""
    rows = [_begun(vector) | {"due": vector.due, "because": vector.because} for vector in vectors()]
    clocks = [
        _begun(clock)
        | {
            "outer": clock.outer or None,
            "paused": clock.paused or None,
            "left": clock.left,
            "resumed": clock.resumed or None,
            "extension": clock.extension,
            "due": clock.due,
        }
        for clock in clock_vectors()
    ]
    content = {
        "format": FORMAT,
        "timezone": ZONE,
        "decrees": _read("holiday_decrees.json"),
        "days_off": _read("holidays.json"),
        "rows": rows,
        "clocks": clocks,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _begun(vector: Vector) -> dict:
    return {
        "start": vector.start,
        "amount": vector.term.amount,
        "unit": vector.term.unit.value,
        "joint_leave_is_off": vector.joint_leave_is_off,
        "first_day": next(name for name, day in FIRST_DAYS.items() if day == vector.first_day),
    }


@cache
def _read(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
