"""The database's own guard over history: no UPDATE, DELETE, TRUNCATE or replacing INSERT of an event or a daily root.

Demo events may be deleted, so that a demonstration can be cleared; nothing turns an event into a demo one, because
nothing updates events at all. A daily root is never deleted: demonstrations are outside it. Installed after every migrate,
since remaking a table on SQLite drops its triggers without a word; with them those that keep periods apart (cases.periods).
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .periods import APART

REFUSAL = "riwayat hanya dapat ditambah"


@dataclass(frozen=True)
class Guarded:
    """A table that only grows. `same_row` tells in SQL which rows an INSERT would replace."""

    table: str
    same_row: str
    demo_may_go: bool = False

    def sqlite(self) -> dict[str, str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        unless_demo = " WHEN NOT OLD.is_demo" if self.demo_may_go else ""
        # INSERT OR REPLACE deletes the old row without firing its delete trigger.
        is_there = f"EXISTS (SELECT 1 FROM {self.table} WHERE {self.same_row})"  # noqa: S608
        times = {
            "no_update": "BEFORE UPDATE ON {table}",
            "no_delete": "BEFORE DELETE ON {table}" + unless_demo,
            "no_replace": "BEFORE INSERT ON {table} WHEN " + is_there,
        }
        return {
            f"{self.table}_{name}": f"CREATE TRIGGER {self.table}_{name} {when.format(table=self.table)} {refuse}"
            for name, when in times.items()
        }

    def postgresql(self) -> dict[str, str]:
        times = {
            "no_change": f"BEFORE UPDATE OR DELETE ON {self.table} FOR EACH ROW",
            "no_truncate": f"BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT",
        }
        return {
            f"{self.table}_{name}": f"CREATE TRIGGER {self.table}_{name} {when} EXECUTE FUNCTION {self.table}_refuse()"
            for name, when in times.items()
        }

    def postgresql_function(self) -> str:
        let_demo_go = (
            "IF TG_OP = 'DELETE' THEN IF OLD.is_demo THEN RETURN OLD; END IF; END IF;"
            if self.demo_may_go
            else ""
        )
        return f"""
            CREATE OR REPLACE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                {let_demo_go}
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
            END $$"""

    def wanted(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """The triggers' names, and the SQL that makes each."""
        return self.postgresql() if connection.vendor == "postgresql" else self.sqlite()


EVENTS = Guarded("cases_event", "id = NEW.id OR (case_id = NEW.case_id AND seq = NEW.seq)", demo_may_go=True)
ROOTS = Guarded("cases_dailyroot", "id = NEW.id OR date = NEW.date OR prev = NEW.prev")
GUARDED = (EVENTS, ROOTS, *APART)
TABLE = EVENTS.table


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that are not there, or on PostgreSQL not switched on."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    wanted, there = set(), set()
    with connection.cursor() as cursor:
        for guarded in GUARDED:
            wanted |= set(guarded.wanted(connection))
            cursor.execute(query, [guarded.table])
            there |= {name for (name,) in cursor.fetchall()}
    return wanted - there


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place. Safe to repeat: in one transaction, so that there is no moment without them."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for guarded in GUARDED:
            if connection.vendor == "postgresql":
                cursor.execute(guarded.postgresql_function())
            for statement in guarded.wanted(connection).values():
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for the migration that remakes a table, and for tests that clear their own database."""
    with connection.cursor() as cursor:
        for guarded in GUARDED:
            on_table = f" ON {guarded.table}" if connection.vendor == "postgresql" else ""
            for name in guarded.wanted(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
