"""What of an event is hashed, and how. Pure, so that a database can be lent it."""

import hashlib
import json
import secrets
from datetime import UTC, datetime

FORMAT = 1
# Of the salt of words, in hex digits: always as many, so that nobody moves the border between salt and words.
SALT_LENGTH = 32
_quoted = json.encoder.encode_basestring_ascii


def new_salt() -> str:
    return secrets.token_hex(SALT_LENGTH // 2)


def words_hash(text: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def in_utc(moment: datetime) -> str:
    """A moment as it is hashed."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def in_milliseconds(at: str) -> str:
    """A moment that a database wrote in UTC, as it is hashed. What is written in another way stays so, and fits no hash."""
    if len(at) == 26:
        at = at.removesuffix("000")
    elif len(at) == 19:
        at += ".000"
    return f"{at.replace(' ', 'T', 1)}+00:00"


def hash_of(
    case_number: str,
    seq: int,
    at: str,
    kind: str,
    actor_kind: str,
    actor_id: int | None,
    role: str,
    data: str,
    is_demo: bool,
    prev: str,
) -> str:
    """The hash of an event whose moment is written in UTC, and whose data are canonical JSON."""
    actor = "null" if actor_id is None else actor_id
    # Canonical JSON written out, its names in order: made from a dict it takes three times as long.
    written = (
        f'{{"at":"{at}","by":[{_quoted(actor_kind)},{actor},{_quoted(role)}],'
        f'"case":{_quoted(case_number)},"data":{data},'
        f'"demo":{"true" if is_demo else "false"},"kind":{_quoted(kind)},'
        f'"prev":{_quoted(prev)},"seq":{seq},"v":{FORMAT}}}'
    )
    return hashlib.sha256(written.encode()).hexdigest()


def words_fit(text: str, salt: str, data: str) -> bool:
    """Whether canonical JSON names the hash of these words: at its top, since what lies deeper tells of no words."""
    return len(salt) == SALT_LENGTH and f'"words":"{words_hash(text, salt)}"' in data


def fits(
    case_number: str,
    seq: int,
    at: str,
    kind: str,
    actor_kind: str,
    actor_id: int | None,
    role: str,
    data: str,
    is_demo: bool | int,
    prev: str,
    kept: str,
) -> bool:
    """Whether this is the hash of the event as a database gave it. Written out: millions of times, * takes as long as SHA-256."""
    try:
        at = in_milliseconds(at)
        return kept == hash_of(case_number, seq, at, kind, actor_kind, actor_id, role, data, is_demo, prev)
    # SQLite keeps whatever it is given, also bytes where a text should be.
    except (TypeError, AttributeError):
        return False
