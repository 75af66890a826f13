"""A list of units as offices keep it: a CSV file from a spreadsheet, with whatever that spreadsheet made of it."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

COLUMNS = ("kode", "nama", "jenis", "kode_induk", "kode_singkat", "situs", "alamat", "telepon")
REQUIRED = ("nama", "jenis")
LARGEST = 5 * 1024 * 1024  # bytes; the villages of a whole province take less than half of it
ARCHIVE, WIDE_TEXT = b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")


class UnreadableFile(ValueError):
    """The file is no list of units; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """A line of the list. The number is the one a spreadsheet shows: the heading is row 1."""

    number: int
    cells: Mapping[str, str]
    has_extra_cells: bool = False

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class UnitFile:
    rows: list[Row]
    ignored_columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[Mapping[str, str]]) -> "UnitFile":
        """A list that is already in memory: mappings of column to text."""
        return cls([Row(number, _tidy(line.items())) for number, line in enumerate(lines, start=2)])


def _tidy(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {column: " ".join(text.split()) for column, text in cells}


def read_unit_file(path: Path) -> UnitFile:
    """Read commas, semicolons or tabs, with or without a byte order mark, UTF-8 or Windows' Latin.

    Raises UnreadableFile.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(_("Berkas lebih besar dari 5 MB. Bagi menjadi beberapa berkas."))
        content = path.read_bytes()
    except OSError as fault:
        raise UnreadableFile(_("Berkas %s tidak dapat dibuka.") % path) from fault
    return _parse(text_of(content))


def text_of(content: bytes) -> str:
    """The text of a file that a spreadsheet saved as CSV. Raises UnreadableFile."""
    if content.startswith(ARCHIVE):
        raise UnreadableFile(
            _("Ini berkas lembar kerja. Simpan dahulu sebagai CSV, lalu impor berkas CSV itu.")
        )
    if content.startswith(WIDE_TEXT) or b"\0" in content:
        raise UnreadableFile(_("Ini bukan berkas CSV biasa. Simpan ulang sebagai CSV UTF-8."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_("Huruf dalam berkas ini tidak dapat dibaca. Simpan ulang sebagai CSV UTF-8."))


def _parse(text: str) -> UnitFile:
    heading_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        heading = [cell.strip().lower().replace(" ", "_") for cell in next(lines, [])]
        _check_heading(heading)
        rows = [
            Row(
                number,
                _tidy(zip(heading, cells, strict=False)),
                has_extra_cells=any(cell.strip() for cell in cells[len(heading) :]),
            )
            for number, cells in enumerate(lines, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as fault:
        raise UnreadableFile(
            _("Berkas CSV rusak di sekitar baris %s. Periksa tanda kutipnya.") % lines.line_num
        ) from fault
    if not rows:
        raise UnreadableFile(_("Berkas ini tidak berisi satu baris pun."))
    return UnitFile(rows, tuple(column for column in heading if column and column not in COLUMNS))


def _check_heading(heading: list[str]) -> None:
    missing = [column for column in REQUIRED if column not in heading]
    if missing or not {"kode", "kode_singkat"} & set(heading):
        raise UnreadableFile(
            _(
                "Baris pertama harus memuat judul kolom nama, jenis, dan kode atau kode_singkat. Yang terbaca: %s."
            )
            % (", ".join(heading) or "-")
        )
    if repeated := {column for column in heading if column and heading.count(column) > 1}:
        raise UnreadableFile(_("Kolom %s tertulis lebih dari sekali.") % ", ".join(sorted(repeated)))
