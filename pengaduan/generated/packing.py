"""Rows on their way from the process that composes them to the one that writes: as the database takes them in at once.

Handed over as Python's own rows they would be pickled, unpickled and bound one by one, which takes several times as long
as a database takes to write them.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from django.db import connection
from django.db.models import Model

from cases.services.bulk import columns_with_defaults

from .composing import COLUMNS, Rows

# Of each table: its name, its columns, and its rows as COPY reads them; or all of it as one database of SQLite.
Pack = list[tuple[str, list[str], str]] | bytes
_FIELD, _ROW, _NONE = "\x1f", "\x1e", "\x1d"
_WRITTEN = {
    **{"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"},
    **{_FIELD: "\t", _ROW: "\n", _NONE: r"\N"},
}


def pack(rows: Rows) -> Pack:
    """Asks no database."""
    tables = [(model._meta.db_table, *_whole(model, of_model)) for model, of_model in rows.items()]
    if connection.vendor == "sqlite":
        return _as_database(tables)
    return [(table, columns, _as_text(of_table)) for table, columns, of_table in tables]


@contextmanager
def unpacked(packed: Pack) -> Iterator[Callable[[], None]]:
    """What writes the rows; to be called in a transaction that begins and ends within."""
    if isinstance(packed, list):
        yield lambda: _copy(packed)
        return
    with connection.cursor() as cursor:
        cursor.execute("ATTACH ':memory:' AS packed")
        try:
            connection.connection.deserialize(packed, name="packed")
            yield _take_over
        finally:
            cursor.execute("DETACH packed")


def _whole(model: type[Model], rows: list[tuple]) -> tuple[list[str], Iterator[tuple]]:
    columns, rest = columns_with_defaults(model, COLUMNS[model])
    return columns, ((*row, *rest) for row in rows)


def _as_database(tables) -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        for table, columns, rows in tables:
            made.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            places = ", ".join("?" * len(columns))
            made.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        made.commit()
        return made.serialize()


def _take_over() -> None:
    with connection.cursor() as cursor:
        for model in COLUMNS:
            table = model._meta.db_table
            columns = ", ".join(columns_with_defaults(model, COLUMNS[model])[0])
            cursor.execute(f"INSERT INTO main.{table} ({columns}) SELECT * FROM packed.{table}")  # noqa: S608


def _as_text(rows: Iterator[tuple]) -> str:
    """Joined by characters that no word holds, then all of it at once as COPY wants it: Python's csv looks at each character."""
    text = _ROW.join(
        _FIELD.join([v if v.__class__ is str else _NONE if v is None else str(v) for v in row])
        for row in rows
    )
    for character, as_copy_reads_it in _WRITTEN.items():
        text = text.replace(character, as_copy_reads_it)
    return text


def _copy(tables) -> None:
    with connection.cursor() as cursor:
        for table, columns, text in tables:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                copy.write(text)
