"""When public pages have changed: what was kept of them for everybody then holds no more.

One small file tells every process, without a query, which pages still hold: its content is the *generation*. A page is
kept under the generation that was read before it was rendered, so what changed meanwhile leaves it behind.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from .registry import next_public_changes

# Tables whose rows stand on public pages, each with the columns that nobody sees there.
_tables: dict[str, frozenset[str]] = {}

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
SET_COLUMNS = re.compile(r'(?:\bSET|,) "(\w+)" = ')


def public_content_changed() -> None:
    """Say, in the transaction that writes, that a public page reads differently from its commit on.

    Tables entered by `shown_to_everybody` say it by themselves; call this for what they cannot know.
    """
    if settings.PAGE_CACHE_SECONDS and not _is_said_already():
        # Robust: what was written is not undone because a file could not be.
        transaction.on_commit(new_generation, robust=True)


def shown_to_everybody(*shown: type[models.Model], except_for: tuple[str, ...] = ()) -> None:
    """Enter models, in `ready()`, whose rows are seen on public pages: writing them, in whatever way, says so.

    An update of nothing but the columns of the fields `except_for` changes no page. What a room has said of its own
    model stands: all pages are entered once more at the end.
    """
    for model in shown:
        unseen = {model._meta.get_field(name).column for name in except_for}
        _tables.setdefault(model._meta.db_table, frozenset(unseen))


def watch(execute: Callable, sql: str, params, many: bool, context: dict):
    """A wrapper around every statement (`connection.execute_wrappers`): bulk updates and moved trees send no signal."""
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and not sql.startswith("SELECT"):
        # PostgreSQL may be sent several at once.
        for statement in sql.split("; "):
            written = WRITES.match(statement)
            unseen = _tables.get(written[1]) if written else None
            if unseen is not None and not _sets_only(statement, unseen):
                public_content_changed()
    return result


def watch_connection(connection, **_signal) -> None:
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def _sets_only(sql: str, unseen: frozenset[str]) -> bool:
    columns = set(SET_COLUMNS.findall(sql)) if unseen and sql.startswith("UPDATE") else set()
    return bool(columns) and columns <= unseen


def _is_said_already() -> bool:
    """Whether a new generation follows this transaction for sure: a savepoint that is rolled back takes what was said
    in it along, so whatever is still to be done was said in one that holds as long as this one."""
    return any(
        said is new_generation for _savepoints, said, _robust in transaction.get_connection().run_on_commit
    )


def generation() -> str:
    """Which pages hold now, "" where none can be kept. No query."""
    try:
        try:
            return _file().read_text()
        except FileNotFoundError:
            return new_generation()
    except OSError:
        return ""


def new_generation() -> str:
    """Let nothing that was kept hold any longer. Written whole or not at all; where the disk is full, taken away."""
    token, file = secrets.token_hex(8), _file()
    fresh = file.with_name(f".{token}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(token)
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        raise
    return token


def _file() -> Path:
    return Path(settings.PAGE_CACHE_ROOT) / "generasi"


def next_change(now: datetime) -> datetime:
    """When a public page will read differently though nobody writes: at midnight, or as the rooms say, if sooner."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    told = (when(now) for when in next_public_changes)
    return min([midnight, *(moment for moment in told if moment)])
