"""Chains compared with their hashes where they lie, thousands of cases in a statement.

It tells only which cases do not fit, and whatever is odd or missing in a row lets it not fit: cases.history then walks
through those, and alone says what is wrong.
"""

import json
from collections.abc import Sequence

from django.db import connection

from .hashing import FORMAT, SALT_LENGTH, fits, words_hash
from .models import Erasable

# All events fit, each on the one before; there are as many as the case remembers, its receipt at least, and the last one is
# the one it remembers. A salt has one length, or its last letter could be made the first of the words. What is unknown (NULL)
# counts as not fitting. Words are there, or a later event says they were erased; the reason for erasing is always there.
_COMPARED = """
    SELECT coalesce(sum(events), 0), {listed} FILTER (WHERE fits IS NOT TRUE) FROM (
        SELECT
            cases_case.id,
            count(event.id) AS events,
            chain_length > 0
            AND count(event.id) = chain_length
            AND count(CASE WHEN
                event.prev = CASE event.seq WHEN 1 THEN '' ELSE before.hash END
                AND {event_fits}
                AND (words.event_id IS NULL OR length(words.salt) = {salt_length} AND {words_hash} = {said_of_words})
            THEN 1 END) = chain_length
            AND coalesce(max(CASE event.seq WHEN chain_length THEN event.hash END), '') = chain_head
            AND coalesce(max(CASE
                WHEN words.event_id IS NOT NULL OR {said_of_words} IS NULL THEN 0
                WHEN event.kind IN ({reasons}) THEN chain_length
                ELSE event.seq
            END), 0) < coalesce(max(CASE event.kind WHEN '{words_erased}' THEN event.seq END), 1) AS fits
        FROM cases_case
        LEFT JOIN cases_event event ON event.case_id = cases_case.id
        LEFT JOIN cases_event before ON before.case_id = event.case_id AND before.seq = event.seq - 1
        LEFT JOIN cases_eventwords words ON words.event_id = event.id
        WHERE cases_case.id {keys}
        GROUP BY cases_case.id
    ) AS chain
"""
_ERASED = {
    "reasons": ", ".join(f"'{subject.event_kind}'" for subject in Erasable),
    "words_erased": Erasable.WORDS.event_kind,
}
# SQLite lies in this process, and asks the same function that Python does.
_SQLITE = _COMPARED.format(
    listed="json_group_array(id)",
    event_fits="""event_fits(
        number, event.seq, event.at, event.kind, event.actor_kind, event.actor_id, event.role, event.data,
        event.is_demo, event.prev, event.hash
    )""",
    salt_length=SALT_LENGTH,
    **_ERASED,
    words_hash="words_hash(words.text, words.salt)",
    said_of_words="json_extract(event.data, '$.words')",
    keys="IN (SELECT value FROM json_each(%s))",
)
_HASH = "encode(sha256(convert_to({}, 'UTF8')), 'hex')"
# As hash_of writes it, where there is nothing to escape.
_WRITTEN = f"""
    '{{"at":"' || to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || '+00:00","by":["'
    || event.actor_kind || '",' || coalesce(event.actor_id::text, 'null') || ',"' || event.role || '"],"case":"'
    || number || '","data":' || event.data::text || ',"demo":' || event.is_demo::text || ',"kind":"' || event.kind
    || '","prev":"' || event.prev || '","seq":' || event.seq::text || ',"v":{FORMAT}}}'
"""
# What would have to be escaped is left to Python, so that no text reads the same while standing in another column. Letters
# beyond ASCII are escaped in every hash, and fit none like this.
_PLAIN = "event.actor_kind || event.role || number || event.kind || event.prev"
_POSTGRESQL = _COMPARED.format(
    listed="json_agg(id)",
    # What is not written out of a moment must be nothing.
    event_fits=rf"""event.at = date_trunc('milliseconds', event.at) AND event.at >= '0001-01-01'
        AND strpos({_PLAIN}, '"') = 0 AND strpos({_PLAIN}, '\') = 0
        AND event.hash = {_HASH.format(_WRITTEN)}""",
    salt_length=SALT_LENGTH,
    **_ERASED,
    words_hash=_HASH.format("words.salt || words.text"),
    said_of_words="event.data ->> 'words'",
    keys="= ANY(%s)",
)


def compare(cases: Sequence[int]) -> tuple[int, list[int]]:
    """How many events the cases with these keys have, and which of the cases do not fit. Read-only, one statement."""
    if connection.vendor == "postgresql":
        statement, keys = _POSTGRESQL, list(cases)
    else:
        statement, keys = _SQLITE, json.dumps(cases)
        connection.ensure_connection()
        connection.connection.create_function("event_fits", 11, fits)
        connection.connection.create_function("words_hash", 2, words_hash)
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys])
        events, misfits = cursor.fetchone()
    # In no order yet: PostgreSQL lists them as it came upon them.
    return int(events), sorted(json.loads(misfits) if isinstance(misfits, str) else misfits or [])
