"""The events of chains as plain rows, in SQL: read by the million, models, moments and dicts are too heavy."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection

ROWS = 500


class Link(NamedTuple):
    """What the chain holds of an event, and its words while they are there, as both databases say it."""

    case_id: int
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
    hash: str = ""
    text: str | None = None
    salt: str | None = None


_SELECT = """
    SELECT event.case_id, seq, {at}, kind, actor_kind, actor_id, role, {data}, {is_demo}, prev, hash, text, salt
    FROM cases_event event LEFT JOIN cases_eventwords words ON words.event_id = event.id
    WHERE event.case_id IN ({keys}) ORDER BY event.case_id, seq
"""
# Bare columns would be made into moments and truths by Python.
_SQLITE = _SELECT.format(
    at="CAST(at AS text)",
    data="data",
    is_demo="CAST(is_demo AS integer)",
    keys="SELECT value FROM json_each(%s)",
)
_POSTGRESQL = _SELECT.format(
    at="to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    data="data::text",
    is_demo="is_demo",
    keys="SELECT unnest(%s::bigint[])",
)


def links_of(cases: Sequence[int]) -> Iterator[Link]:
    """All events of the cases with these keys, by case and seq. On PostgreSQL all of them come into memory at once."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [list(cases)])
        else:
            cursor.execute(_SQLITE, [json.dumps(cases)])
        while rows := cursor.fetchmany(ROWS):
            yield from map(Link._make, rows)


def in_milliseconds(at: str) -> str:
    """A moment of a Link as it is hashed. What is written in another way stays so, and fits no hash."""
    if len(at) == 26:
        at = at.removesuffix("000")
    elif len(at) == 19:
        at += ".000"
    return f"{at[:10]}T{at[11:]}+00:00"
