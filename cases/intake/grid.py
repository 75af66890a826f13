"""The grid in which an officer marks what a public photo must not show."""

LONG, SHORT = 8, 6  # cells along the longer and the shorter side: about square on a photo of 4:3
CELLS = LONG * SHORT


def columns_and_rows(width: int, height: int) -> tuple[int, int]:
    return (LONG, SHORT) if width >= height else (SHORT, LONG)


def box_of(cell: int, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom pixel of a cell, all within it; cells are counted from 0, row by row.

    Neighbours share an edge: what stands on a line is covered by either.
    """
    columns, rows = columns_and_rows(width, height)
    row, column = divmod(cell, columns)
    right = min(width - 1, -(-width * (column + 1) // columns))
    bottom = min(height - 1, -(-height * (row + 1) // rows))
    return width * column // columns, height * row // rows, right, bottom
