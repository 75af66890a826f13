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
WINDOW = 300
# The newest cases by which words are weighed. What stands in more than half of them tells none from another; where all words
# together stand in this many, the newest cases are walked through sooner than the index is asked for all that ever had them.
SAMPLE, MANY = 1_000, 10
# So far back lie WINDOW hits where one case in a hundred is one. Where they lie further back the index is asked after all.
WALKED = 30_000
LAST = 2**63 - 1

_POSTGRESQL, _SQLITE = "words @@ plainto_tsquery('indonesian', %s)", f"{TABLE} MATCH %s"


@dataclass(frozen=True)
class Found:
    """Cases, the newest first. `before`: the key below which there may be more; None where that was all.

    `passed_by`: words that were not looked for, since they stand in most cases.
    """

    cases: list[Case]
    before: int | None = None
    passed_by: tuple[str, ...] = ()


def search(cases: QuerySet[Case], text: str, *, before: int | None = None, limit: int) -> Found:
    """Of these cases the one with this number, or those with all these words. Any text will do. At most 5 queries.

    One look goes through the newest WINDOW cases that have the words, whoever may see them; the next one goes on from
    `before`. PostgreSQL finds a word in its other forms too, SQLite as it is written.
    """
    text = clean_words(text[:LONGEST])
    number = "".join(text.upper().split())
    if NUMBER.fullmatch(number) and (named := list(cases.filter(number=number))):
        return Found(named)
    terms = list(dict.fromkeys(TERM.findall(text)[:MOST_TERMS]))
    if not terms:
        return Found([])
    *each, together = _in_newest(terms)
    passed_by = tuple(term for term, count in zip(terms, each, strict=True) if count > SAMPLE / 2)
    rare = [term for term in terms if term not in passed_by]
    if not rare:
        rare, passed_by = terms, ()
    keys = _newest_with(rare, before or LAST, are_many=together >= MANY)
    page = list(cases.filter(pk__in=_rows_of(keys)).order_by("-pk")[: limit + 1]) if keys else []
    if len(page) > limit:
        return Found(page[:limit], page[limit - 1].pk, passed_by)
    return Found(page, keys[-1] if len(keys) == WINDOW else None, passed_by)


def _in_newest(terms: list[str]) -> list[int]:
    """In how many of the SAMPLE newest cases each term stands, and at last all of them; on SQLite none where there are fewer."""
    if connection.vendor == "postgresql":
        count = f"count(*) FILTER (WHERE {_POSTGRESQL})"
        newest = f"SELECT words FROM {TABLE} ORDER BY case_id DESC LIMIT {SAMPLE}"  # noqa: S608
    else:
        count = f"(SELECT count(*) FROM {TABLE} WHERE {_SQLITE} AND rowid <= -first)"  # noqa: S608
        newest = f"SELECT id AS first FROM {Case._meta.db_table} ORDER BY id DESC LIMIT 1 OFFSET {SAMPLE - 1}"  # noqa: S608
    asked = [*([term] for term in terms), terms]
    counts = f"SELECT {', '.join([count] * len(asked))} FROM ({newest}) newest"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counts, [_match(each) for each in asked])
        return list(cursor.fetchone() or [0] * len(asked))


def _newest_with(terms: list[str], before: int, *, are_many: bool) -> list[int]:
    """The keys of the newest cases below this one whose words have all the terms, at most WINDOW of them."""
    if connection.vendor == "sqlite":
        asked = f"SELECT -rowid FROM {TABLE} WHERE {_SQLITE} AND rowid > %s ORDER BY rowid LIMIT {WINDOW}"  # noqa: S608
        return _keys(asked, [_match(terms), -before])
    if are_many:
        # PostgreSQL expects few of words that often stand together, and would fetch all there are to put them in order.
        newest = f"SELECT case_id, words FROM {TABLE} WHERE case_id < %s ORDER BY case_id DESC LIMIT {WALKED}"  # noqa: S608
        asked = (
            f"SELECT case_id FROM ({newest}) newest WHERE {_POSTGRESQL} ORDER BY case_id DESC LIMIT {WINDOW}"  # noqa: S608
        )
        if len(keys := _keys(asked, [before, _match(terms)])) == WINDOW:
            return keys
    asked = f"SELECT case_id FROM {TABLE} WHERE {_POSTGRESQL} AND case_id < %s ORDER BY case_id DESC LIMIT {WINDOW}"  # noqa: S608
    return _keys(asked, [_match(terms), before])


def _match(terms: list[str]) -> str:
    """All these words as the database asks for them. Quoted, or FTS5 would read AND, NOT and NEAR as its own."""
    return " ".join(terms if connection.vendor == "postgresql" else [f'"{term}"' for term in terms])


def _keys(sql: str, parameters: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


def _rows_of(keys: list[int]) -> RawSQL:
    """The keys as one parameter: a thousand of them would take longer to be written into the query than to be found."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [keys])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
