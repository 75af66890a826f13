"""The empty PostgreSQL database that a portal comes to. Nothing here needs more than owning the tables."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from cases import triggers, word_index
from cases.models import Case, DailyRoot
from home.models import User
from opd_pages.models import Unit

from .refusal import MoveRefused

# What somebody has made. The rest is entered by migrate.
MADE = (User, Unit, Case, DailyRoot)


def refuse_unfit_target() -> None:
    """Raises MoveRefused where the target is not a freshly migrated PostgreSQL database that nobody uses."""
    if connection.vendor != "postgresql":
        raise MoveRefused(_("DATABASE_URL harus menunjuk basis data PostgreSQL yang akan diisi."))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveRefused(_("Tabel di basis data tujuan belum lengkap. Jalankan dahulu manage.py migrate."))
    if made := [str(model._meta.verbose_name) for model in MADE if model._base_manager.exists()]:
        raise MoveRefused(
            _("Basis data tujuan sudah berisi %s. Pakai basis data baru yang hanya sudah dimigrasi.")
            % ", ".join(made)
        )
    if others := _other_connections():
        raise MoveRefused(
            _(
                "Basis data tujuan sedang dipakai oleh %s sambungan lain. Hentikan dahulu portal dan pekerjanya."
            )
            % others
        )


def applied_migrations() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


@contextmanager
def laid_open(models: Iterable[type[Model]]) -> Iterator[None]:
    """These models' tables without a row, and without what looks at each row by itself, until all of them are written.

    Foreign keys are then looked at once for each table, and not for each row. What migrate puts beside the tables
    (the guard over history, indexes over words, reference rows of this version) it puts there again.
    """
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        # As SQLite keeps moments.
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        foreign_keys = _foreign_keys(cursor)
        for table, name, _definition in foreign_keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        triggers.lift(connection)
        word_index.remove(connection)
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        yield
        for table, name, definition in foreign_keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)


def go_on_from(model: type[Model], key: int) -> None:
    """The next row of this table gets a key beyond this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
            [f'"{model._meta.db_table}"', model._meta.auto_field.column, key],
        )


def _foreign_keys(cursor) -> list[tuple[str, str, str]]:
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
    )
    return cursor.fetchall()


def _other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]
