"""A portal that began on SQLite moves to PostgreSQL with its history, its roots and its proofs."""

import os
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.dateparse import parse_datetime

from cases.actors import System
from cases.history import verify
from cases.models import Case, DailyRoot
from cases.selectors.transparency import standing
from cases.services import daily_root
from cases.services.changes import change
from cases.services.daily_root import publish_root
from cases.services.root_check import check_all_roots
from config.paths import BASE


def dump_of_sqlite(folder) -> str:
    """The path of a dump that a portal on SQLite wrote, with the same keys as this one."""
    dump = folder / "dump.json"
    environment = os.environ | {
        "DATABASE_URL": "",
        "TEST_DATABASE_URL": "",
        "DATA_DIR": str(folder / "portal"),
        "IDENTITY_KEYS": ",".join(settings.IDENTITY_KEYS),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "tests.cases.history_on_sqlite", str(dump)]
    subprocess.run(command, cwd=BASE, env=environment, check=True, timeout=300)
    return str(dump)


if connection.vendor == "postgresql":

    def test_history_of_sqlite_is_whole_on_postgresql_and_goes_on_there(
        committed, lasting_keys_of_the_database, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(daily_root, "BLOCK", 2)
        dump = dump_of_sqlite(tmp_path)
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        with redirect_stderr(StringIO()):
            call_command("loaddata", dump, verbosity=0)

        assert (Case.objects.count(), DailyRoot.objects.count()) == (4, 2)
        assert (list(verify()), list(check_all_roots())) == ([], [])
        assert [standing(case).proof.number for case in Case.objects.order_by("pk")] == sorted(
            Case.objects.values_list("number", flat=True)
        )

        with change(Case.objects.earliest("pk"), by=System()) as changing:
            changing.record("note", text="Di basis data yang baru.")
        publish_root(parse_datetime("2026-11-27T09:00:00+07:00"))
        assert (list(verify()), list(check_all_roots())) == ([], [])
