"""The budget as a file to take away: written anew from the rows, so that nothing else of an upload ever leaves."""

import csv
import io

from openpyxl import Workbook

from .reading import COLUMNS, OPTIONAL
from .table import GROUPS, BudgetRow

ACTS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: list[BudgetRow]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; can be uploaded again."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS + OPTIONAL)
    for row in rows:
        # A cell that begins like a formula would run as one (OWASP: CSV injection).
        item = f"'{row.item}" if row.item.startswith(ACTS_AS_FORMULA) else row.item
        writer.writerow([GROUPS[row.group], item, row.planned, "" if row.realised is None else row.realised])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[BudgetRow]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Anggaran"
    sheet.append(COLUMNS + OPTIONAL)
    for number, row in enumerate(rows, start=2):
        sheet.append([str(GROUPS[row.group]), row.item, row.planned, row.realised])
        sheet.cell(number, 2).data_type = "s"
        for column in (3, 4):
            sheet.cell(number, column).number_format = "#,##0"
    for column, width in zip("ABCD", (26, 60, 22, 22), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
