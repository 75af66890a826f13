"""The events of chains as plain rows, in SQL: read by the million, models, moments and dicts are too heavy."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

# Made once: json.dumps would make another one for each event.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode

ROWS = 500
_WORDS = re.compile(r'"words": ?"([0-9a-f]{64})"')
# Stands for a hash of words while the rest is looked up.
_ANY_WORDS = "?" * 64


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
    # JSON as the database writes it.
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
        at = at[:23]
    elif len(at) == 19:
        at += ".000"
    return f"{at[:10]}T{at[11:]}+00:00"


def said_in(data: str) -> tuple[str, str | None]:
    """An event's data as canonical JSON, and the hash of the words in them.

    Most events say what many others say, but for that hash: it is set aside while the rest is looked up.
    """
    if (found := _WORDS.search(data)) is None:
        return _known(data)
    if _ANY_WORDS in data:
        return read(data)
    said, words = _known(data.replace(found[1], _ANY_WORDS))
    if words != _ANY_WORDS:
        return read(data)  # It stood within something else.
    return said.replace(_ANY_WORDS, found[1]), found[1]


def read(data: str) -> tuple[str, str | None]:
    """The same, read without a short cut."""
    content = json.loads(data)
    return canonical(content), content.get("words")


_known = lru_cache(maxsize=1000)(read)
