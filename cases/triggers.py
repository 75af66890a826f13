"""The database's own guard over history: no UPDATE, DELETE, TRUNCATE or replacing INSERT of an event.

Demo events may be deleted, so that a demonstration can be cleared; nothing turns an event into a demo one, because
nothing updates events at all. Installed after every migrate, since remaking a table on SQLite drops its triggers
without a word.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "cases_event"
REFUSAL = "riwayat hanya dapat ditambah"

SQLITE = {
    "cases_event_no_update": f"""
        CREATE TRIGGER cases_event_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "cases_event_no_delete": f"""
        CREATE TRIGGER cases_event_no_delete BEFORE DELETE ON {TABLE} WHEN NOT OLD.is_demo
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    # INSERT OR REPLACE deletes the old row without firing its delete trigger.
    "cases_event_no_replace": f"""
        CREATE TRIGGER cases_event_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (case_id = NEW.case_id AND seq = NEW.seq))
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",  # noqa: S608
}
POSTGRESQL = {
    "cases_event_no_change": f"""
        CREATE TRIGGER cases_event_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION cases_event_refuse()""",
    "cases_event_no_truncate": f"""
        CREATE TRIGGER cases_event_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION cases_event_refuse()""",
}
POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION cases_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.is_demo THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that are not there, or on PostgreSQL not switched on."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        return set(_wanted(connection)) - {name for (name,) in cursor.fetchall()}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place. Safe to repeat: in one transaction, so that there is no moment without them."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _wanted(connection).values():
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for the migration that remakes the table, and for tests that clear their own database."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
