"""Reading each table of the source and writing it to the target."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, Error, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from cases.planning import count_rows
from cases.services.bulk import write_rows
from cases.services.key_rotation import rows_under_no_key
from home.freshness import public_content_changed

from .refusal import MoveRefused
from .source import Source
from .target import applied_migrations, go_on_from, laid_open, refuse_unfit_target

# Of one server and one day: who is logged in, what the worker is about to take or has done. Each duty of the worker is
# a row elsewhere. The index of Wagtail's search is of another kind on each database, and made anew.
LEFT_BEHIND = {
    "sessions.Session",
    "usersessions.UserSession",
    "django_q.OrmQ",
    "django_q.Task",
    "wagtailsearch.IndexEntry",
}

Tell = Callable[[str, int], None]


def planned(source: Source) -> dict[type[Model], int]:
    """Every table that is moved, with its rows. Raises MoveRefused where source and target do not fit each other."""
    refuse_unfit_target()
    if differing := source.migrations() ^ applied_migrations():
        named = ", ".join(f"{app}.{name}" for app, name in sorted(differing)[:3])
        raise MoveRefused(
            _(
                "Berkas SQLite itu dari versi lain (%s). Jalankan dahulu manage.py migrate padanya, dengan versi ini "
                "dan pengaturan lama."
            )
            % named
        )
    models = [model for model in _tables() if model._meta.label not in LEFT_BEHIND]
    for model in models:
        if source.columns(model._meta.db_table) != set(_columns(model)):
            raise MoveRefused(
                _("Kolom tabel %s di berkas SQLite itu lain dari versi ini.") % model._meta.db_table
            )
    return {model: source.count(model._meta.db_table) for model in models}


def move(source: Source, models: list[type[Model]], tell: Tell) -> None:
    """All of it or nothing: what breaks off leaves the target as migrate made it. `tell` hears of each table.

    Raises MoveRefused where PostgreSQL does not take a row, or an identity does not open.
    """
    try:
        with transaction.atomic():
            _write(source, models, tell)
            ContentType.objects.clear_cache()
            if closed := rows_under_no_key():
                raise MoveRefused(
                    _("%s baris identitas tidak terbuka dengan IDENTITY_KEYS yang sekarang.") % closed
                )
            call_command("update_index", verbosity=0)
            count_rows(connection)
            public_content_changed()
    except DatabaseError as fault:
        raise MoveRefused(_("PostgreSQL menolak: %s") % _without_values(fault)) from None
    finally:
        ContentType.objects.clear_cache()


def _write(source: Source, models: list[type[Model]], tell: Tell) -> None:
    with laid_open(_tables()):
        for model in models:
            table, names = model._meta.db_table, [field.name for field in model._meta.local_concrete_fields]
            write_rows(model, names, source.rows(table, _columns(model)))
            if model._meta.auto_field and (last := source.last_key(table)):
                go_on_from(model, last)
            tell(table, source.count(table))


def _tables() -> list[type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def _columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def _without_values(fault: Error) -> str:
    """What was wrong and where, without what somebody wrote there."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    told = (diagnosis and diagnosis.message_primary) or str(fault)
    place = (diagnosis and diagnosis.context) or ""
    return " ".join(filter(None, (told.partition(': "')[0], place.partition(":")[0].partition("\n")[0])))
