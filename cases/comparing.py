"""Chains compared with their hashes where they lie, thousands of cases in a statement.

It tells only which cases do not fit, and whatever is odd or missing in a row lets it not fit: cases.history then walks
through those, and alone says what is wrong.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from .hashing import FORMAT, SALT_LENGTH, fits, words_fit
from .kinds import all_kinds
from .models import Erasable
from .vouching import KEY

# All events fit, each on the one before; there are as many as the case remembers, its receipt at least, and the last one is
# the one it remembers. A salt has one length, or its last letter could be made the first of the words. What is unknown (NULL)
# counts as not fitting. Words are there, or a later event says they were erased; the reason for erasing is always there.
_CHAIN_FITS = """
            chain_length > 0
            AND count(event.id) = chain_length
            AND min(event.seq) = 1
            AND count(CASE WHEN {event_fits} THEN 1 END) = chain_length
            AND coalesce(max(CASE event.seq WHEN chain_length THEN event.hash END), '') = chain_head
            AND coalesce(max(CASE
                WHEN words.event_id IS NOT NULL OR {says_no_words} THEN 0
                WHEN event.kind IN ({reasons}) THEN chain_length
                ELSE event.seq
            END), 0) < coalesce(max(CASE event.kind WHEN '{words_erased}' THEN event.seq END), 1)
"""
# The copies of an event's words that a procedure keeps read as these, each after its length so that none grows into the next.
_COPIES_FIT = """
            AND (cases_case.kind <> '{kind}' OR coalesce({told}, '') = coalesce(
                (SELECT {kept} FROM {table} AS copy WHERE case_id = cases_case.id), ''))
"""
_COMPARED = """
    SELECT coalesce(sum(events), 0), {misfits} FILTER (WHERE fits IS NOT TRUE), {said} FILTER (WHERE said IS NOT NULL)
    FROM ({chains}) AS chain
"""
# Of a chain: how many events it has, what they vouch for, whether it fits.
_ASKED = "count(event.id) AS events, {vouching} AS said, {fits} AS fits"
_WITH_WORDS = "LEFT JOIN cases_eventwords words ON words.event_id = event.id"
_ERASED = {
    "reasons": ", ".join(f"'{subject.event_kind}'" for subject in Erasable),
    "words_erased": Erasable.WORDS.event_kind,
}
_HASH = "encode(sha256(convert_to({}, 'UTF8')), 'hex')"
# As hash_of writes it, where there is nothing to escape.
_WRITTEN = f"""
    '{{"at":"' || to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || '+00:00","by":["'
    || event.actor_kind || '",' || coalesce(event.actor_id::text, 'null') || ',"' || event.role || '"],"case":"'
    || number || '","data":' || event.data::text || ',"demo":' || event.is_demo::text || ',"kind":"' || event.kind
    || '","prev":"' || event.prev || '","seq":' || event.seq::text || ',"v":{FORMAT}}}'
"""
# What would have to be escaped is left to Python, so that no text reads the same while standing in another column. Letters
# beyond ASCII are escaped in every hash, and fit none like this. `prev` is a hash that fits, or nothing.
_PLAIN = "event.actor_kind || event.role || event.kind"
_LENGTH_AND_TEXT = "length(coalesce({0}, '')) || ':' || coalesce({0}, '')"


class Dialect(NamedTuple):
    """What the databases say in different ways."""

    chain_fits: str
    # For an event of one kind its words; for a copy its text.
    told: str
    kept: str
    # Of the events that vouch for something: seq and data, one a line.
    vouching: str
    misfits: str
    said: str
    # Of the asked cases a line each.
    chains: str


# SQLite lies in this process, and asks the same functions that Python does.
_SQLITE = Dialect(
    chain_fits=_CHAIN_FITS.format(
        event_fits="""follows(
                number, event.seq, event.at, event.kind, event.actor_kind, event.actor_id, event.role, event.data,
                event.is_demo, event.prev, event.hash, words.text, words.salt
            )""",
        says_no_words="""instr(event.data, '"words":') = 0""",
        **_ERASED,
    ),
    told=f"group_concat({_LENGTH_AND_TEXT.format('words.text')}, '') FILTER (WHERE event.kind = '{{event}}')",
    kept=f"group_concat({_LENGTH_AND_TEXT.format('copy.{column}')}, '')",
    vouching=f"""group_concat(event.seq || ' ' || event.data, char(10)) FILTER (WHERE instr(event.data, '"{KEY}":'))""",
    misfits="json_group_array(id)",
    said="json_group_array(json_array(id, said))",
    chains="""
        SELECT cases_case.id, {asked}
        FROM cases_case LEFT JOIN cases_event event ON event.case_id = cases_case.id {words}
        WHERE cases_case.id IN (SELECT value FROM json_each(%s))
        GROUP BY cases_case.id
    """,
)
# Each case is looked at by itself, as its events lie in their index: grouping those of all cases would sort them once more,
# which takes a third of the time.
_POSTGRESQL = Dialect(
    chain_fits=r"""
            strpos(number, '"') = 0 AND strpos(number, '\') = 0 AND"""
    + _CHAIN_FITS.format(
        # What is not written out of a moment must be nothing.
        event_fits=rf"""event.seq = event.turn AND event.prev = event.hash_before
                AND event.at = date_trunc('milliseconds', event.at) AND event.at >= '0001-01-01'
                AND strpos({_PLAIN}, '"') = 0 AND strpos({_PLAIN}, '\') = 0
                AND event.hash = {_HASH.format(_WRITTEN)}
                AND (words.event_id IS NULL OR length(words.salt) = {SALT_LENGTH}
                    AND strpos(event.data::text, '"words":"' || {_HASH.format("words.salt || words.text")} || '"') > 0)""",
        # Taking the JSON apart would take several times as long.
        says_no_words="""strpos(event.data::text, '"words":') = 0""",
        **_ERASED,
    ),
    told=f"string_agg({_LENGTH_AND_TEXT.format('words.text')}, '') FILTER (WHERE event.kind = '{{event}}')",
    kept=f"string_agg({_LENGTH_AND_TEXT.format('copy.{column}')}, '' ORDER BY id)",
    vouching=f"""string_agg(event.seq || ' ' || event.data::text, chr(10))
            FILTER (WHERE strpos(event.data::text, '"{KEY}":') > 0)""",
    misfits="json_agg(id)",
    said="json_agg(json_build_array(id, said))",
    chains="""
        SELECT cases_case.id, asked.*
        FROM cases_case, LATERAL (
            SELECT {asked}
            FROM (
                SELECT *, row_number() OVER in_turn AS turn, lag(hash, 1, '') OVER in_turn AS hash_before
                FROM cases_event WHERE case_id = cases_case.id WINDOW in_turn AS (ORDER BY seq)
            ) AS event {words}
        ) AS asked
        WHERE cases_case.id = ANY(%s)
    """,
)


class Compared(NamedTuple):
    """How many events there are; the keys of the cases that do not fit; by case, seq and data of the events that vouch for
    something."""

    events: int
    misfits: list[int]
    said: dict[int, list[tuple[int, str]]]


def compare(cases: Sequence[int], *, chains: bool = True) -> Compared:
    """Look through the cases with these keys; without `chains` only what is kept outside them. Read-only, one statement."""
    is_postgresql = connection.vendor == "postgresql"
    statement = _statement(_POSTGRESQL if is_postgresql else _SQLITE, chains)
    if not is_postgresql:
        connection.ensure_connection()
        connection.connection.create_function("follows", 13, _follower())
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(cases) if is_postgresql else json.dumps(cases)])
        events, *listed = cursor.fetchone()
    misfits, said = (json.loads(found) if isinstance(found, str) else found or [] for found in listed)
    # In no order yet: PostgreSQL lists them as it came upon them.
    return Compared(int(events), sorted(misfits), {case: sorted(_events_in(lines)) for case, lines in said})


def _events_in(lines: str) -> Iterator[tuple[int, str]]:
    for line in lines.split("\n"):
        seq, _blank, data = line.partition(" ")
        # Canonical JSON has no line ends. What somebody put in its place fits no hash.
        if seq.isdecimal():
            yield int(seq), data


def _statement(dialect: Dialect, chains: bool) -> str:
    fits = (dialect.chain_fits if chains else "TRUE") + "".join(_copies_fit(dialect))
    asked = dialect.chains.format(
        asked=_ASKED.format(vouching=dialect.vouching, fits=fits), words=_WITH_WORDS
    )
    return _COMPARED.format(misfits=dialect.misfits, said=dialect.said, chains=asked)


def _copies_fit(dialect: Dialect) -> Iterator[str]:
    for kind in all_kinds():
        for event, (model, column) in kind.copied.items():
            yield _COPIES_FIT.format(
                kind=kind.kind,
                told=dialect.told.format(event=event),
                kept=dialect.kept.format(column=column),
                table=model._meta.db_table,
            )


def _follower() -> Callable[..., bool]:
    """What tells of one event after the other whether it and its words fit their hashes, and it the event before. One that
    comes out of turn does not fit."""
    place, head = 0, ""

    def follows(
        number, seq, at, kind, actor_kind, actor_id, role, data, is_demo, prev, kept, text, salt
    ) -> bool:
        nonlocal place, head
        try:
            is_next = prev == "" if seq == 1 else (seq - 1 == place and prev == head)
            place, head = seq, kept
            return (
                is_next
                and (salt is None or words_fit(text, salt, data))
                and fits(number, seq, at, kind, actor_kind, actor_id, role, data, is_demo, prev, kept)
            )
        # SQLite keeps whatever it is given, also bytes where a text should be.
        except (TypeError, AttributeError):
            return False

    return follows
