import gc
import subprocess
import sys
import warnings

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as properties

from cases import lasting_keys, triggers
from tests.made_once import Kept, with_rows
from tests.shared_data import shared

# A property that does not hold is a fault; that a busy machine took a second over an example is none.
properties.register_profile(
    "busy machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
properties.load_profile("busy machine")

_key_of_the_database = lasting_keys._key.__wrapped__


def _empty_past_the_guard(self, sql_list):
    """Clearing a test database after a test with real transactions is the one time history is deleted.

    Few tables have rows by then; truncating all of them takes PostgreSQL a second.
    """
    connection = self.connection
    assert "test" in str(connection.settings_dict["NAME"]), "only a test database is ever cleared"
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    triggers.lift(connection)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in with_rows(tables):
                cursor.execute(f'DELETE FROM "{table}"')
    finally:
        triggers.install(connection)


def pytest_collection_modifyitems(config, items) -> None:
    """A test about one database is no test of the other: there it is left out, not skipped."""
    others = [
        item
        for item in items
        if (mark := item.get_closest_marker("only_on")) and mark.args != (connection.vendor,)
    ]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def pytest_terminal_summary(terminalreporter) -> None:
    """How much a test has looked through, which its dot does not tell."""
    reports = [report for kept in terminalreporter.stats.values() for report in kept]
    for report in reports:
        for name, told in getattr(report, "user_properties", ()):
            if name == "told" and report.when == "call":
                terminalreporter.write_line(told)


def pytest_collection_finish() -> None:
    """Django, Wagtail and the collected tests stay to the end. Looking through them again and again for what nobody
    needs any more took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


@pytest.fixture(scope="session", autouse=True)
def _emptied_and_filled_past_the_models():
    """Django would empty every table, and make each row by its model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", _empty_past_the_guard)
        patch.setattr(BaseDatabaseCreation, "serialize_db_to_string", lambda self: Kept.now())
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", lambda self, kept: kept.write())
        yield


@pytest.fixture(scope="session")
def _what_migrations_entered(
    _emptied_and_filled_past_the_models, django_db_setup, django_db_blocker, django_db_keepdb
):
    """Tests with real transactions empty the database. What stood in it comes back for the next run with --reuse-db."""
    yield
    if django_db_keepdb:
        with django_db_blocker.unblock():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture
def committed(_what_migrations_entered, transactional_db, django_db_serialized_rollback):
    """What this test writes is committed, and seen by other connections."""


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Nothing a test uploads or sends stays behind."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CASE_FILES_ROOT = tmp_path / "berkas"
    settings.QUARANTINE_ROOT = tmp_path / "karantina"
    # No page of one test is shown in another; those about the cache turn it on.
    settings.PAGE_CACHE_ROOT, settings.PAGE_CACHE_SECONDS = tmp_path / "halaman", 0
    # A static file is looked for when it is asked for: each test's client would list all of them before.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "tests.static_files.OnlyWhatExists"},
        "cases": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "berkas", "base_url": None, "file_permissions_mode": 0o600},
        },
    }


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _lasting_keys_at_hand(monkeypatch):
    """No test's queries are counted with one that a process asks once."""
    monkeypatch.setattr(lasting_keys, "_key", lambda purpose: "bGFzdGluZy1rZXktZm9yLXRlc3RzLTEyMzQ1Njc4OTA=")


@pytest.fixture
def lasting_keys_of_the_database(monkeypatch, _lasting_keys_at_hand):
    """As in a process that has just begun."""
    monkeypatch.setattr(lasting_keys, "_key", _key_of_the_database)


@pytest.fixture(autouse=True)
def _in_by_both_factors(monkeypatch):
    """Who is let in by force has shown a second factor: asking for it has tests of its own."""
    from django.test import Client

    from .second_factor import log_in_by_both

    monkeypatch.setattr(Client, "force_login", log_in_by_both)


@pytest.fixture(autouse=True)
def _forget_what_is_kept_in_memory():
    from django.core.cache import caches

    from cases.services import clockwork

    clockwork._kept = None
    caches["renditions"].clear()


@pytest.fixture
def office(db):
    """A small kabupaten: Kapas with two desa and two sections, a dinas and the inspectorate."""
    from .factories import Office

    return Office.make()


@pytest.fixture(scope="session")
def hostile_samples(tmp_path_factory):
    """A folder of files made to do harm. No test changes it."""
    folder = tmp_path_factory.mktemp("hostile")
    script = shared("data/make_hostile_samples.py")
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def _swept_temporary_files():
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
