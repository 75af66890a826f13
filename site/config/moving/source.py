"""The SQLite file that a portal leaves."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from .refusal import MoveRefused


class Source:
    def __init__(self, database: sqlite3.Connection):
        self._database = database

    def migrations(self) -> set[tuple[str, str]]:
        return set(self._database.execute("SELECT app, name FROM django_migrations"))

    def columns(self, table: str) -> set[str]:
        """Of this table; none where there is none."""
        return {name for (name,) in self._database.execute("SELECT name FROM pragma_table_info(?)", [table])}

    def count(self, table: str) -> int:
        return self._database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple]:
        """One after the other as SQLite keeps them: moments as text in UTC, JSON as its text, truth as 0 or 1."""
        names = ", ".join(f'"{name}"' for name in columns)
        return self._database.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608

    def last_key(self, table: str) -> int | None:
        """The last one that was ever given, if any: its row may be gone."""
        found = self._database.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
        return found[0] if found else None


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The file, held so that no portal writes to it, or opens it, before all of it is read.

    Raises MoveRefused where it is no portal's, or a portal has it open.
    """
    if not path.is_file():
        raise MoveRefused(_("Tidak ada berkas %s.") % path)
    address = f"{path.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=2, isolation_level=None)) as database:
        try:
            # In WAL mode a reader would not be noticed without the first.
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("SELECT 1 FROM django_migrations")
        except sqlite3.DatabaseError as fault:
            raise MoveRefused(_refusal(path, fault)) from fault
        yield Source(database)


def _refusal(path: Path, fault: sqlite3.DatabaseError) -> str:
    match fault.sqlite_errorcode & 0xFF:
        case sqlite3.SQLITE_BUSY:
            return _("%s sedang dipakai. Hentikan dahulu portal yang memakainya.") % path
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return (
                _("%s tidak dapat dikunci selama dibaca. Jalankan sebagai pengguna yang boleh menulisnya.")
                % path
            )
        case _:
            return _("%s bukan basis data sebuah portal.") % path
