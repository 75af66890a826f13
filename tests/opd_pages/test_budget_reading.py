"""A budget's file: taken whole, or refused with a sentence that says where and what to do."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from opd_pages.budgets.reading import MOST_ROWS, BadBudget, read_budget
from opd_pages.budgets.table import BudgetRow
from opd_pages.budgets.writing import as_csv, as_xlsx

HEAD = ["kelompok", "uraian", "anggaran", "realisasi"]
ROWS = [
    BudgetRow("income", "Dana desa", 1012000000, 809600000),
    BudgetRow("spending", "Pembangunan desa", 618400000, None),
    BudgetRow("funds_in", "SiLPA 2025", 63900000, 63900000),
]


def as_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def csv_of(*lines: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    return as_file("anggaran.csv", "\n".join(lines).encode(encoding))


def workbook(*lines: list, change=lambda workbook, sheet: None) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    for line in [HEAD, *lines]:
        sheet.append(line)
    change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return as_file("anggaran.xlsx", stream.getvalue())


def faults(file: SimpleUploadedFile) -> list[str]:
    with pytest.raises(BadBudget) as refusal:
        read_budget(file)
    return list(refusal.value.faults)


LINE = ["Pendapatan", "Dana desa", 1012000000, None]


# --- What is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    [
        csv_of("kelompok,uraian,anggaran", 'Belanja,Pembangunan desa,"1.234.567,00"'),
        csv_of("Kelompok;Uraian;Anggaran", "BELANJA;Pembangunan desa;Rp1.234.567", ";;"),
        csv_of("kelompok\turaian\tanggaran", "belanja\tPembangunan  desa\t1234567"),
        as_file("a.CSV", "kelompok,uraian,anggaran\r\nBelanja,Pembangunan desa,1234567".encode("utf-8-sig")),
    ],
    ids=["commas", "semicolons", "tabs", "byte order mark"],
)
def test_a_csv_is_read_as_a_spreadsheet_saves_it(file):
    assert read_budget(file) == [BudgetRow("spending", "Pembangunan desa", 1234567, None)]


@pytest.mark.parametrize("planned", [1234567, 1234567.4, "1.234.567", "Rp1.234.567,00"])
def test_a_workbook_is_read_with_numbers_or_written_amounts(planned):
    assert read_budget(workbook(["Belanja", "Pembangunan", planned, None])) == [
        BudgetRow("spending", "Pembangunan", 1234567, None)
    ]


@pytest.mark.parametrize(("name", "write"), [("a.csv", as_csv), ("a.xlsx", as_xlsx)])
def test_what_is_downloaded_can_be_uploaded_again(name, write):
    assert read_budget(as_file(name, write(ROWS))) == ROWS


# --- What is refused -------------------------------------------------------------------------------------------------


def hidden_sheet(book, sheet):
    book.create_sheet("Rincian gaji").sheet_state = "hidden"


def second_sheet(book, sheet):
    book.create_sheet("Catatan")


def hidden_row(book, sheet):
    sheet.row_dimensions[2].hidden = True


def hidden_column(book, sheet):
    sheet.column_dimensions["C"].hidden = True


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (csv_of("nama,jumlah", "a,1"), "Baris pertama harus berisi judul kolom"),
        (csv_of("kelompok,uraian,anggaran,catatan", "Belanja,a,1,x"), "Yang terbaca: kelompok, uraian, anggaran, catatan."),
        (csv_of("uraian,kelompok,anggaran", "a,Belanja,1"), "Baris pertama harus berisi judul kolom"),
        (csv_of("kelompok,uraian,anggaran"), "tidak berisi satu baris anggaran pun"),
        (csv_of(""), "Berkas ini kosong."),
        (as_file("a.csv", b""), "Berkas ini kosong."),
        (csv_of("kelompok,uraian,anggaran", "Belanja,Jalan,dua juta"), "Baris 2, kolom anggaran: “dua juta” bukan angka."),
        (csv_of("kelompok,uraian,anggaran", 'Belanja,Jalan,"1,234,567"'), "Baris 2, kolom anggaran:"),
        (csv_of("kelompok,uraian,anggaran", "Belanja,Jalan,-5"), "Baris 2, kolom anggaran:"),
        (csv_of("kelompok,uraian,anggaran", "Belanja,Jalan,9" + "9" * 30), "angkanya harus antara 0"),
        (csv_of("kelompok,uraian,anggaran", "Belanja,=SUM(A1),5"), "Baris 2, kolom uraian:"),
        (csv_of("kelompok,uraian,anggaran", "Belanja,Jalan,=5+5"), "Baris 2, kolom anggaran: “=5+5” bukan angka."),
        (csv_of("kelompok,uraian,anggaran", "Belanja,,5"), "Baris 2, kolom uraian:"),
        (csv_of("kelompok,uraian,anggaran", "Lain-lain,Jalan,5"), "pilih salah satu dari Pendapatan, Belanja,"),
        (csv_of("kelompok,uraian,anggaran", "Belanja,Jalan,5,rahasia"), "Baris 2: ada isi di luar kolom"),
        (csv_of("kelompok,uraian,anggaran", 'Belanja,"Jalan,5'), "Berkas CSV rusak"),
        (csv_of("kelompok,uraian,anggaran", *["Belanja,Jalan,5"] * (MOST_ROWS + 1)), "lebih dari 500 baris"),
        (as_file("a.csv", b"x" * (1024 * 1024 + 1)), "lebih besar dari 1 MB"),
        (as_file("a.pdf", b"%PDF-1.7"), "bukan CSV atau XLSX"),
        (as_file("a.xlsx", b"\xd0\xcf\x11\xe0 terkunci"), "bukan CSV atau XLSX"),
        (as_file("a.csv", b"PK\x03\x04"), "bukan CSV atau XLSX"),
        (as_file("a.xlsx", b"PK\x03\x04 rusak"), "rusak atau berkata sandi"),
        (workbook(["Belanja", "Jalan", "=2+3", None]), "Sel C2 berisi rumus."),
        (workbook(["Belanja", "Jalan", True, None]), "“True” bukan angka"),
        (workbook(LINE, change=hidden_sheet), "Lembar Rincian gaji tersembunyi."),
        (workbook(LINE, change=second_sheet), "berisi 2 lembar"),
        (workbook(LINE, change=hidden_row), "Baris atau kolom 2 tersembunyi."),
        (workbook(LINE, change=hidden_column), "Baris atau kolom C tersembunyi."),
        (workbook(*[LINE] * (MOST_ROWS + 1)), "lebih dari 500 baris"),
        (workbook(LINE, change=lambda book, sheet: sheet.cell(1_000_000, 1, "x")), "lebih dari 500 baris"),
        (workbook(LINE, change=lambda book, sheet: sheet.cell(2, 9000, "x")), "judul kolom"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_to_do(file, words):
    assert words in " ".join(faults(file))


def test_an_archive_that_unpacks_to_something_huge_is_never_unpacked():
    good = workbook(LINE).read()
    stream = io.BytesIO(good)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/besar.bin", b"\0" * 200_000_000)
    file = as_file("a.xlsx", stream.getvalue())
    assert "Isi berkas ini terlalu besar" in faults(file)[0]


def test_a_workbook_with_macros_is_refused():
    stream = io.BytesIO(workbook(LINE).read())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"makro")
    assert "berisi makro" in faults(as_file("a.xlsx", stream.getvalue()))[0]


def test_every_fault_is_told_up_to_a_handful():
    lines = [f"Belanja,Jalan {number},rusak" for number in range(8)]
    told = faults(csv_of("kelompok,uraian,anggaran", *lines))
    assert [told[0].partition(",")[0], told[4].partition(",")[0], told[5]] == [
        "Baris 2",
        "Baris 6",
        "Masih ada 3 kesalahan lain.",
    ]


# --- Files to take away ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", ["=cmd()", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_a_file_to_take_away_runs_as_a_formula(item):
    rows = [BudgetRow("spending", item, 5, None)]
    line = as_csv(rows).decode("utf-8-sig").splitlines()[1]
    assert line == f"Belanja,'{item},5,"
    cell = load_workbook(io.BytesIO(as_xlsx(rows))).active["B2"]
    assert (cell.data_type, cell.value) == ("s", item)
