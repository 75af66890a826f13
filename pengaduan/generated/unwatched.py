"""Writing past what looks at each row by itself: foreign keys, and the triggers that index words.

Only for rows whose keys were made or read by whoever writes them. Nothing is left undone by a process that is killed:
all of it is part of the transaction, or of the connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from cases import word_index

# As much of the database as SQLite keeps in memory meanwhile; the eight of an ordinary connection hold no index of a million rows.
CACHE_KILOBYTES = 131_072
# The lock that whoever writes invented cases holds on PostgreSQL.
WRITING = "hashtext('generate_cases')"


@contextmanager
def unwatched_transaction() -> Iterator[None]:
    """A transaction that looks up no foreign key, on SQLite; on PostgreSQL see `unwatched`, and the server does not wait
    for its disk: were it to lose power, the last ones would be as if never made."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
                cursor.execute(f"SELECT pg_advisory_xact_lock_shared({WRITING})")
        yield


def finish_writing() -> None:
    """On PostgreSQL wait for what the processes of a run that was killed still have under way."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({WRITING})")


@contextmanager
def unwatched(first: int, last: int) -> Iterator[None]:
    """Within a transaction: write cases with these keys, whose words then enter the index in one go.

    On PostgreSQL only a superuser can pass triggers and foreign keys by without holding everybody else up. Who is none
    writes as usual.
    """
    if connection.vendor == "sqlite":
        word_index.lift(connection)
        yield
        word_index.install(connection)
    elif _is_superuser():
        _set_role("replica")
        yield
        _set_role("origin")
    else:
        yield
        return
    word_index.enter(connection, first, last)


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def _set_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = {role}")
