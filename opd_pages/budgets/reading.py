"""A budget as offices keep it: CSV or XLSX. Whatever is odd is told, and then nothing of the file is taken."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from home.money import read_rupiah

from ..services.unit_file import UnreadableFile, text_of
from .table import GROUPS, BudgetRow

COLUMNS = ("kelompok", "uraian", "anggaran")
OPTIONAL = ("realisasi",)
LARGEST = 1024 * 1024  # bytes
LARGEST_UNPACKED = 8 * 1024 * 1024  # bytes; an XLSX is an archive
MOST_ROWS = 500
MOST_COLUMNS = 26
LONGEST_ITEM = 200
LARGEST_AMOUNT = 10**15  # rupiah; a third of the state's own budget
MOST_FAULTS = 5
ARCHIVE = b"PK\x03\x04"
FORMULA = ("=", "+", "@")


class BadBudget(Exception):
    """The file is not taken; `faults` say why, each where and what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_budget(file: UploadedFile) -> list[BudgetRow]:
    """The rows of an uploaded file, in its order. Raises BadBudget."""
    if file.size > LARGEST:
        raise BadBudget(_("Berkas ini lebih besar dari 1 MB. Simpan lembar anggarannya saja, tanpa gambar."))
    content = file.read()
    is_archive = content.startswith(ARCHIVE)
    if file.name.lower().endswith(".xlsx") != is_archive or not file.name.lower().endswith((".xlsx", ".csv")):
        raise BadBudget(_("Berkas ini bukan CSV atau XLSX. Simpan lembar kerja Anda sebagai salah satunya."))
    lines = list(_lines_of_workbook(content) if is_archive else _lines_of_csv(content))
    return _rows(lines)


# --- Files into lines of cells ----------------------------------------------------------------------------------------


def _lines_of_csv(content: bytes) -> Iterator[list[Any]]:
    try:
        text = text_of(content)
    except UnreadableFile as fault:
        raise BadBudget(str(fault)) from fault
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(lines, start=1):
            if number > MOST_ROWS + 1:
                raise _too_long()
            yield cells
    except csv.Error as fault:
        raise BadBudget(
            _("Berkas CSV rusak di sekitar baris %s. Periksa tanda kutipnya.") % lines.line_num
        ) from fault


def _lines_of_workbook(content: bytes) -> Iterator[list[Any]]:
    _check_archive(content)
    try:
        workbook = load_workbook(io.BytesIO(content), keep_links=False)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        SyntaxError,
    ) as fault:
        raise BadBudget(
            _("Berkas XLSX ini rusak atau berkata sandi. Simpan ulang, lalu unggah lagi.")
        ) from fault
    sheet = _only_sheet(workbook.worksheets, len(workbook.sheetnames))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                raise BadBudget(
                    _("Sel %(cell)s berisi rumus. Salin lembarnya, lalu tempel sebagai nilai saja.")
                    % {"cell": cell.coordinate}
                )
        yield ["" if cell.value is None else cell.value for cell in row]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise BadBudget(
            _("Berkas XLSX ini rusak atau berkata sandi. Simpan ulang, lalu unggah lagi.")
        ) from fault
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise BadBudget(_("Isi berkas ini terlalu besar. Simpan lembar anggarannya saja, tanpa gambar."))
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise BadBudget(_("Berkas ini berisi makro. Simpan sebagai XLSX tanpa makro."))


def _only_sheet(sheets: list[Worksheet], count: int) -> Worksheet:
    if hidden := [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]:
        raise BadBudget(
            _("Lembar %(name)s tersembunyi. Hapus lembar itu supaya tidak ikut terbit.") % {"name": hidden[0]}
        )
    if count != 1 or not sheets:
        raise BadBudget(
            _("Berkas ini berisi %(count)s lembar. Simpan lembar anggarannya saja.") % {"count": count}
        )
    sheet = sheets[0]
    if sheet.max_row > MOST_ROWS + 1:
        raise _too_long()
    if sheet.max_column > MOST_COLUMNS:
        raise _wrong_columns([])
    dimensions = [*sheet.row_dimensions.items(), *sheet.column_dimensions.items()]
    if hidden := [str(name) for name, dimension in dimensions if dimension.hidden]:
        raise BadBudget(
            _("Baris atau kolom %(name)s tersembunyi. Tampilkan atau hapus dahulu.") % {"name": hidden[0]}
        )
    return sheet


def _too_long() -> BadBudget:
    return BadBudget(
        _("Berkas ini lebih dari %(most)s baris. Ringkas rinciannya, dan hapus baris kosong di bawah.")
        % {"most": MOST_ROWS}
    )


# --- Lines into rows --------------------------------------------------------------------------------------------------


def _rows(lines: list[list[Any]]) -> list[BudgetRow]:
    if not lines:
        raise BadBudget(_("Berkas ini kosong."))
    heading = [str(cell).strip().lower() for cell in lines[0]]
    while heading and not heading[-1]:
        heading.pop()
    if tuple(heading) not in (COLUMNS, COLUMNS + OPTIONAL):
        raise _wrong_columns(heading)
    rows, faults = [], []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(str(cell).strip() for cell in cells):
            continue
        row = _row(number, cells, heading, faults)
        if row:
            rows.append(row)
    if faults:
        more = len(faults) - MOST_FAULTS
        shown = faults[:MOST_FAULTS]
        raise BadBudget(*shown, *([_("Masih ada %s kesalahan lain.") % more] if more > 0 else []))
    if not rows:
        raise BadBudget(_("Berkas ini tidak berisi satu baris anggaran pun."))
    return rows


def _wrong_columns(heading: list[str]) -> BadBudget:
    return BadBudget(
        _(
            "Baris pertama harus berisi judul kolom kelompok, uraian, anggaran, dan bila ada realisasi. "
            "Yang terbaca: %s."
        )
        % (", ".join(heading) or "-")
    )


def _row(number: int, cells: list[Any], heading: list[str], faults: list[str]) -> BudgetRow | None:
    """The row, or None with what is wrong with it added to `faults`."""
    before = len(faults)
    if any(str(cell).strip() for cell in cells[len(heading) :]):
        faults.append(_("Baris %s: ada isi di luar kolom berjudul.") % number)
    cells = [*cells, *[""] * len(heading)]
    group = _group(number, cells[0], faults)
    item = " ".join(str(cells[1]).split())
    if not item or len(item) > LONGEST_ITEM or item.startswith(FORMULA):
        faults.append(
            _("Baris %(row)s, kolom uraian: tulis nama anggarannya, paling panjang %(most)s huruf.")
            % {"row": number, "most": LONGEST_ITEM}
        )
    planned = _amount(number, "anggaran", cells[2], faults)
    realised = None
    if len(heading) > len(COLUMNS) and str(cells[3]).strip():
        realised = _amount(number, "realisasi", cells[3], faults)
    return BudgetRow(group, item, planned, realised) if len(faults) == before else None


def _group(number: int, cell: Any, faults: list[str]) -> str:
    written = " ".join(str(cell).split()).lower()
    names = {str(label).lower(): code for code, label in GROUPS.items()}
    if written not in names:
        faults.append(
            _("Baris %(row)s, kolom kelompok: pilih salah satu dari %(groups)s.")
            % {"row": number, "groups": ", ".join(str(label) for label in GROUPS.values())}
        )
    return names.get(written, "")


def _amount(number: int, column: str, cell: Any, faults: list[str]) -> int:
    try:
        amount = _number(cell)
    except (ValueError, OverflowError):
        faults.append(
            _("Baris %(row)s, kolom %(column)s: “%(cell)s” bukan angka. Tulis seperti 1.234.567.890.")
            % {"row": number, "column": column, "cell": str(cell)[:40]}
        )
        return 0
    if not 0 <= amount <= LARGEST_AMOUNT:
        faults.append(
            _("Baris %(row)s, kolom %(column)s: angkanya harus antara 0 dan Rp1.000 triliun.")
            % {"row": number, "column": column}
        )
    return amount


def _number(cell: Any) -> int:
    if isinstance(cell, bool):
        raise ValueError("no number")
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell + 0.5) if cell >= 0 else int(cell - 0.5)
    return read_rupiah(str(cell))
