"""The index over what reporters wrote first, for the desk's search; kept by the database itself.

Triggers follow the words wherever they are written or erased, so that words the law has erased are found no more. The index
holds no readable copy: on PostgreSQL word stems, on SQLite an FTS5 table without content. Installed after every migrate,
like the guard over history (cases.triggers).

FTS5 reads forwards twice as fast as backwards, and the desk looks for the newest: there a case stands under its key below
zero, the newest first.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "cases_wordindex"
WORDS = "cases_eventwords"
# PostgreSQL refuses a text whose index entry would pass a megabyte.
INDEXED_CHARACTERS = 100_000

_FIRST_EVENT = "FROM cases_event WHERE id = {row}.event_id AND seq = 1"
_ENTER = f"INSERT INTO {TABLE} (rowid, words) SELECT -case_id, NEW.text " + _FIRST_EVENT.format(row="NEW")
# Without a content of its own FTS5 must be told what it is to forget.
_FORGET = (
    f"INSERT INTO {TABLE} ({TABLE}, rowid, words) SELECT 'delete', -case_id, OLD.text "
    + _FIRST_EVENT.format(row="OLD")
)
SQLITE_TRIGGERS = {
    f"{TABLE}_entered": f"AFTER INSERT ON {WORDS} BEGIN {_ENTER}; END",
    f"{TABLE}_erased": f"BEFORE DELETE ON {WORDS} BEGIN {_FORGET}; END",
    f"{TABLE}_changed": f"AFTER UPDATE OF text ON {WORDS} BEGIN {_FORGET}; {_ENTER}; END",
}
SQLITE_TABLE = f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', tokenize='unicode61')"
_FIRST_WORDS = f"FROM {WORDS} JOIN cases_event ON cases_event.id = event_id WHERE seq = 1"
SQLITE_FILL = f"INSERT INTO {TABLE} (rowid, words) SELECT -case_id, text {_FIRST_WORDS}"
# FTS5 begins a new piece of its index with each key that does not follow the one before.
_IN_ITS_ORDER = "ORDER BY case_id DESC"

# Only letters and digits: the parser would take RT/RW for a file, jl.Veteran for a host and -05 for a number below zero.
# Without the places where a word stands, which nobody asks for.
PLAIN = f"regexp_replace(left({{text}}, {INDEXED_CHARACTERS}), '[^[:alnum:] ]+', ' ', 'g')"
_STEMS = f"strip(to_tsvector('indonesian', {PLAIN}))"
POSTGRESQL_TABLE = f"""
    CREATE TABLE {TABLE} (case_id bigint PRIMARY KEY, words tsvector NOT NULL);
    CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)
"""
POSTGRESQL_FILL = (
    f"INSERT INTO {TABLE} (case_id, words) SELECT case_id, {_STEMS.format(text='text')} {_FIRST_WORDS}"
)
POSTGRESQL_FOLLOW = f"""
    CREATE OR REPLACE FUNCTION {TABLE}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM {TABLE} WHERE case_id = (SELECT case_id {_FIRST_EVENT.format(row="OLD")});
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO {TABLE} (case_id, words)
            SELECT case_id, {_STEMS.format(text="NEW.text")} {_FIRST_EVENT.format(row="NEW")}
            ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words;
        END IF;
        RETURN NULL;
    END $$
"""  # noqa: S608
POSTGRESQL_TRIGGER = (
    f"CREATE OR REPLACE TRIGGER {TABLE}_follow AFTER INSERT OR DELETE OR UPDATE OF text ON {WORDS}"
    f" FOR EACH ROW EXECUTE FUNCTION {TABLE}_follow()"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index, filled with the words that are there, and what keeps it. Safe to repeat, in one transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        is_new = TABLE not in connection.introspection.table_names(cursor)
        if connection.vendor == "postgresql":
            if is_new:
                cursor.execute(POSTGRESQL_TABLE)
                cursor.execute(POSTGRESQL_FILL)
            cursor.execute(POSTGRESQL_FOLLOW)
            cursor.execute(POSTGRESQL_TRIGGER)
            return
        if is_new:
            cursor.execute(SQLITE_TABLE)
            cursor.execute(f"{SQLITE_FILL} {_IN_ITS_ORDER}")
        lift(connection)
        for name, what in SQLITE_TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER {name} {what}")


def enter(connection: BaseDatabaseWrapper, first: int, last: int) -> None:
    """The words of all cases with these keys, none of which is in the index yet but what others wrote meanwhile."""
    if connection.vendor == "postgresql":
        enter = f"{POSTGRESQL_FILL} AND case_id BETWEEN %s AND %s ON CONFLICT (case_id) DO NOTHING"
    else:
        enter = f"{SQLITE_FILL} AND case_id BETWEEN %s AND %s {_IN_ITS_ORDER}"
    with connection.cursor() as cursor:
        cursor.execute(enter, [first, last])


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take SQLite's triggers away, within a transaction that ends with `install`."""
    with connection.cursor() as cursor:
        for name in SQLITE_TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the index away with what keeps it, within a transaction that ends with `install`, which makes it anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_follow ON {WORDS}")
        else:
            lift(connection)
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite put together what it keeps in pieces, one for each while in which words came in: a search then takes
    half as long, and erased words, which it has only marked as gone, leave the file. PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608
