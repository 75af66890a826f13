"""Rows as a CSV file that a spreadsheet opens as what they are: no cell of it is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@")
# Excel takes a file without it for the old Windows letters.
BYTE_ORDER_MARK = "\ufeff"


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The file's text; the first line names the columns."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def safe_cell(cell: object) -> str:
    """Text that a spreadsheet would count with stands behind an apostrophe; numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell(" @SUM(A1)"), safe_cell(-3), safe_cell(None)
    ("'=1+1", "' @SUM(A1)", '-3', '')
    """
    if cell is None:
        return ""
    text = str(cell)
    # Spaces, tabs and line ends before it are skipped by spreadsheets too.
    is_formula = isinstance(cell, str) and text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text
