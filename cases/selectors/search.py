"""Looking a case up by its number, or by words of what the reporter first wrote; the newest first."""

import json
import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ..history import clean_words
from ..models import Case
from ..word_index import TABLE

NUMBER = re.compile(r"\d{4}(-[A-Z0-9]+){2,}")
TERM = re.compile(r"[^\W_]+")
# What nobody types by hand is not looked at: characters and words.
LONGEST, MOST_TERMS = 500, 12
# Cases with the words that one look goes through, so that a frequent word costs what a rare one does.
WINDOW = 1000


@dataclass(frozen=True)
class Found:
    """Cases, the newest first. `before`: the key below which there may be more; None where that was all."""

    cases: list[Case]
    before: int | None = None


def search(cases: QuerySet[Case], text: str, *, before: int | None = None, limit: int) -> Found:
    """Of these cases the one with this number, or those with all these words. Any text will do. At most 3 queries.

    One look goes through the newest WINDOW cases that have the words, whoever may see them; the next one goes on from
    `before`. PostgreSQL finds a word in its other forms too, SQLite as it is written.
    """
    text = clean_words(text[:LONGEST])
    number = "".join(text.upper().split())
    if NUMBER.fullmatch(number) and (named := list(cases.filter(number=number))):
        return Found(named)
    terms = TERM.findall(text)[:MOST_TERMS]
    keys = _newest_with(terms, before) if terms else []
    if not keys:
        return Found([])
    page = list(cases.filter(pk__in=_rows_of(keys)).order_by("-pk")[: limit + 1])
    if len(page) > limit:
        return Found(page[:limit], page[limit - 1].pk)
    return Found(page, keys[-1] if len(keys) == WINDOW else None)


def _newest_with(terms: list[str], before: int | None) -> list[int]:
    """The keys of the newest cases whose words have all the terms, at most WINDOW of them."""
    if connection.vendor == "postgresql":
        key, match = "case_id", "words @@ plainto_tsquery('indonesian', %s)"
        parameters: list = [" ".join(terms)]
    else:
        key, match = "rowid", f"{TABLE} MATCH %s"
        # Quoted, or FTS5 would read AND, NOT and NEAR as its own.
        parameters = [" ".join(f'"{term}"' for term in terms)]
    if before is not None:
        match += f" AND {key} < %s"
        parameters.append(before)
    newest = f"SELECT {key} FROM {TABLE} WHERE {match} ORDER BY {key} DESC LIMIT {WINDOW}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(newest, parameters)
        return [key for (key,) in cursor.fetchall()]


def _rows_of(keys: list[int]) -> RawSQL:
    """The keys as one parameter: a thousand of them would take longer to be written into the query than to be found."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [keys])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
