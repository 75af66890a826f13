"""The events of one chain as plain rows, as they lie in the database."""

from typing import NamedTuple

from django.db import connection


class Link(NamedTuple):
    """What the chain holds of an event, and its words while they are there, as both databases say it."""

    seq: int
    # In UTC. SQLite's is as it lies there, with or without microseconds.
    at: str
    kind: str
    actor_kind: str
    actor_id: int | None
    role: str
    # The very text that was hashed.
    data: str
    is_demo: bool | int
    prev: str
    hash: str
    text: str | None
    salt: str | None


_SELECT = """
    SELECT seq, {at}, kind, actor_kind, actor_id, role, {data}, {is_demo}, prev, hash, text, salt
    FROM cases_event event LEFT JOIN cases_eventwords words ON words.event_id = event.id
    WHERE event.case_id = %s ORDER BY seq
"""
# As they lie there: bare columns would be made into moments and truths by Python.
_SQLITE = _SELECT.format(at="+at", data="data", is_demo="+is_demo")
_POSTGRESQL = _SELECT.format(
    # Years before ours are told apart by these letters alone.
    at="to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || CASE WHEN at < '0001-01-01' THEN ' BC' ELSE '' END",
    data="data::text",
    is_demo="is_demo",
)


def links_of(case: int) -> list[Link]:
    """All events of the case with this key, by seq."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE, [case])
        return list(map(Link._make, cursor.fetchall()))
