"""What a portal must not start with: an office's with invented people, any with keys that open nothing. Settings that are
missing or wrong are refused by config.environment; here is what only the database can tell."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections

MARKED = ("opd_pages.Unit", "home.User", "cases.Case")
REFUSAL = "Basis data berisi data contoh: {names}. Data contoh tidak boleh ada di production."
KEYS_REMEDY = "Kembalikan kunci yang dahulu dipakai, di belakang kunci yang sekarang."
REMEDY = "Hapus dengan manage.py demo --delete, atau pakai basis data lain."


def demo_rows(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names, as a person reads them, of the kinds of rows that a demonstration left behind."""
    tables = connections[using].introspection.table_names()
    models = [apps.get_model(label) for label in MARKED]
    return [
        str(model._meta.verbose_name)
        for model in models
        if model._meta.db_table in tables and model._base_manager.using(using).filter(is_demo=True).exists()
    ]


def refuse_demo_rows() -> None:
    """Every way to serve the portal passes here: the runner, and wsgi.py for who starts a server by hand.

    Raises ImproperlyConfigured in production, where people could take an invented unit for a real one.
    """
    if settings.IS_PRODUCTION and (names := demo_rows()):
        raise ImproperlyConfigured(f"{REFUSAL.format(names=', '.join(names))} {REMEDY}")


def refuse_other_keys() -> None:
    """With keys that open nothing a report would come in, and nobody could be told its code.

    Raises ImproperlyConfigured. Every way to serve the portal passes here, as above.
    """
    lasting_key = apps.get_model("cases.LastingKey")
    if lasting_key._meta.db_table not in connection.introspection.table_names():
        return  # before the first migrate
    try:
        list(lasting_key.objects.all())
    except ImproperlyConfigured as fault:
        raise ImproperlyConfigured(f"{fault} {KEYS_REMEDY}") from fault


def production_holds_no_demo_rows(app_configs=None, databases=None, **_kwargs) -> list[Error]:
    """A system check, so that `manage.py check --database default` and migrate tell the same."""
    if not settings.IS_PRODUCTION:
        return []
    return [
        Error(REFUSAL.format(names=", ".join(names)), hint=REMEDY, id="config.E001")
        for alias in databases or []
        if (names := demo_rows(alias))
    ]
