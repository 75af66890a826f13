"""Deadlines counted by hand on a wall calendar, clocks that stop, go on and are prolonged, and the calendar of both.

They test this portal's own counting, and are published at /hitung-batas/vektor.json for whoever counts elsewhere.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ..calendar import Calendar, DayOff, DayOffKind, Due, FirstDay, Term, TermUnit, deadline, remaining
from ..course import Course, Extension, Pause, course

HERE = Path(__file__).parent
FORMAT = 2
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
        return self.calendar_with(())

    def calendar_with(self, more: Iterable[date]) -> Calendar:
        """The published one, with some more days off."""
        days_off = [
            DayOff(date.fromisoformat(day["date"]), day["name"], DayOffKind(day["kind"]))
            for day in _read("holidays.json")
        ]
        return Calendar.of(
            [*days_off, *(DayOff(day, "libur daerah", DayOffKind.LOCAL) for day in more)],
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
    """One row of golden_clocks.csv: never later than `outer`, paused (with what each pause left), prolonged; "" or None
    where it does not happen. `late_days_off` were entered, and the rule's `before` corrected, when all this had been.
    """

    before: int | None
    late_days_off: tuple[date, ...]
    outer: str
    pauses: tuple[Pause, ...]
    left: tuple[int | None, ...]
    extended: str
    extension: int | None

    @property
    def calendar(self) -> Calendar:
        return self.calendar_with(self.late_days_off)

    def course(self) -> Course:
        """What this portal counts."""
        return self._course(self.term, self.calendar)

    def course_before(self) -> Course:
        """What it counted before the late days off were entered and the rule was corrected."""
        amount = self.term.amount if self.before is None else self.before
        return self._course(Term(amount, self.term.unit), self.calendar_with(()))

    def _course(self, term: Term, calendar: Calendar) -> Course:
        outer = Due(datetime.fromisoformat(self.outer), "") if self.outer else None
        first = deadline(self.starts_at, term, calendar, outer=outer)
        extension = None
        if self.extended:
            extension = Extension(datetime.fromisoformat(self.extended), Term(self.extension, term.unit))
        return course(
            self.starts_at,
            first,
            term.unit,
            calendar,
            pauses=self.pauses,
            extension=extension,
            outer=outer and Course(((self.starts_at, outer),)),
        )

    def counted_left(self) -> tuple[int | None, ...]:
        """What each pause leaves; None for one that stops nothing."""
        counted = self.course()
        return tuple(
            remaining(due, pause.since, self.term.unit, self.calendar).amount
            if (due := counted.at(pause.since)).at >= pause.since and pause.until > pause.since
            else None
            for pause in self.pauses
        )


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
        "Batas waktu yang dibatasi, berhenti sementara, diperpanjang, atau dihitung ulang sesudahnya."
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
    "pauses": _("Kapan waktu berhenti sementara, menurut urutannya."),
    "since": _("Saat waktu berhenti."),
    "until": _("Saat waktu berjalan lagi. Hari pertama sisanya selalu hari berikutnya."),
    "left": _(
        "Sisa pada saat berhenti: hari sesudah hari itu, atau jam yang sudah dimulai dihitung penuh; <code>null</code> bila "
        "tidak ada yang berhenti, karena sudah terlambat atau berjalan lagi saat itu juga."
    ),
    "extended": _("Saat diperpanjang; <code>null</code> bila tidak diperpanjang."),
    "extension": _("Tambahan dalam satuan yang sama, dihitung dari batas waktu pada saat diperpanjang."),
    "late_days_off": _(
        "Hari libur daerah yang baru dimasukkan sesudah semuanya terjadi; hitungannya sama seperti bila sudah diketahui."
    ),
    "before": _("Lamanya sebelum aturannya diperbaiki; <code>null</code> bila tidak diperbaiki."),
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
                before=_number(row["before"]),
                late_days_off=tuple(map(date.fromisoformat, row["late_days_off"].split())),
                outer=row["outer"],
                pauses=tuple(
                    Pause(datetime.fromisoformat(since), datetime.fromisoformat(until))
                    for since, until, _left in _pauses(row)
                ),
                left=tuple(_number(left) for _since, _until, left in _pauses(row)),
                extended=row["extended"],
                extension=_number(row["extension"]),
            )
            for row in csv.DictReader(rows)
        )


def _pauses(row: dict[str, str]) -> list[list[str]]:
    """Since when, until when, and what was left."""
    return [pause.split("/") for pause in row["pauses"].split()]


def _number(text: str) -> int | None:
    return int(text) if text else None


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
            "before": clock.before,
            "late_days_off": [str(day) for day in clock.late_days_off],
            "outer": clock.outer or None,
            "pauses": [
                {"since": _minute(pause.since), "until": _minute(pause.until), "left": left}
                for pause, left in zip(clock.pauses, clock.left, strict=True)
            ],
            "extended": clock.extended or None,
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


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


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
