"""A portal that began on SQLite moves to PostgreSQL as a whole: its pages, people, cases, history, roots and proofs."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, ReferenceIndex

from cases import triggers
from cases.actors import Reporter, System
from cases.history import verify
from cases.models import Case, DailyRoot, Deadline, Event, IdentityMode
from cases.selectors.transparency import standing
from cases.services import daily_root
from cases.services.changes import change
from cases.services.daily_root import publish_root
from cases.services.receipt import Identity
from cases.services.recounting import move_clocks
from cases.services.root_check import check_all_roots
from cases.vouching import CHANGED
from config.moving.moving import LEFT_BEHIND
from config.paths import BASE
from home.models import User
from opd_pages.models import Unit, UnitPage
from pengaduan.services.receiving import Report, receive_report
from ppid.models import Notice
from tests.config.test_accounts import log_in
from tests.factories import make_user
from tests.painted import paints_renditions
from tests.second_factor import code_of

on_postgresql = pytest.mark.only_on("postgresql")


@pytest.fixture(scope="module")
def _written_once(tmp_path_factory) -> Path:
    """What a portal on SQLite wrote, with the same keys as this one."""
    folder = tmp_path_factory.mktemp("sqlite")
    environment = os.environ | {
        "DATABASE_URL": "",
        "TEST_DATABASE_URL": "",
        "DATA_DIR": str(folder),
        "IDENTITY_KEYS": ",".join(settings.IDENTITY_KEYS),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "tests.config.portal_on_sqlite"]
    subprocess.run(command, cwd=BASE, env=environment, check=True, timeout=300)
    return folder / "pendopo.sqlite3"


@pytest.fixture
def file(_written_once, tmp_path) -> Path:
    """With what was uploaded beside it, where this portal looks for it: DATA_DIR stays."""
    shutil.copytree(_written_once.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / _written_once.name


@pytest.fixture
def empty(committed, lasting_keys_of_the_database) -> Iterator[None]:
    """A database in which nothing is but what migrate entered."""
    # What comes back for the next test comes under these keys, and whoever looks on must know them.
    known = ContentType.objects.get_for_models(*apps.get_models()).values()
    yield
    ContentType.objects.clear_cache()
    for content_type in known:
        ContentType.objects._add_to_cache(connection.alias, content_type)


def move(file: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("move_from_sqlite", str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def refusal(file: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refused:
        move(file, *options)
    return str(refused.value)


def in_file(file: Path, *statements: str) -> list[tuple]:
    """What the last of these statements answered; all of them are committed."""
    with closing(sqlite3.connect(file)) as database, database:
        return [database.execute(statement).fetchall() for statement in statements][-1]


def made() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Unit, Case, DailyRoot))


def tables() -> dict[str, str]:
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return {m._meta.db_table: m._meta.label for m in models if m._meta.label not in LEFT_BEHIND}


@on_postgresql
def test_history_of_sqlite_is_whole_on_postgresql_and_goes_on_there(empty, file, monkeypatch):
    monkeypatch.setattr(daily_root, "BLOCK", 2)
    assert move(file)[-1].endswith(", 2 sidik harian, tidak ada kejanggalan.")

    assert (Case.objects.count(), DailyRoot.objects.count()) == (5, 2)
    assert (list(verify()), list(check_all_roots())) == ([], [])
    by_key = Case.objects.order_by("pk")
    assert [standing(case).proof.number for case in by_key] == list(by_key.values_list("number", flat=True))

    with change(Case.objects.earliest("pk"), by=System()) as changing:
        changing.record("note", text="Di basis data yang baru.")
    publish_root(parse_datetime("2026-11-27T09:00:00+07:00"))
    assert (list(verify()), list(check_all_roots())) == ([], [])


@on_postgresql
def test_a_notice_that_was_issued_on_sqlite_is_vouched_for_on_postgresql(empty, file):
    move(file)
    assert Notice.objects.get().letter["number"] == "480/12/35.22.14/2026"
    assert list(verify()) == []
    Notice.objects.update(medium="Cetak")
    assert [fault.reason for fault in verify()] == [CHANGED]


@on_postgresql
def test_every_row_comes_along_and_what_is_hashed_as_its_very_text(empty, file):
    # Written by the check after the move.
    counted = {table: in_file(file, f"SELECT count(*) FROM {table}")[0][0] for table in tables()} | {
        "cases_verifiedmark": 1
    }
    texts = in_file(file, "SELECT id, data, prev, hash FROM cases_event ORDER BY id")
    move(file)
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {table}")
            (found[table],) = cursor.fetchone()
        cursor.execute("SELECT id, data::text, prev, hash FROM cases_event ORDER BY id")
        assert cursor.fetchall() == texts
    assert found == counted
    assert triggers.missing(connection) == set()


@on_postgresql
@paints_renditions
def test_its_pages_open_and_are_found(empty, file, client):
    move(file)
    assert UnitPage.objects.count() == 7
    answers = {
        page.url: client.get(page.url).status_code for page in Page.objects.filter(depth__gt=1, live=True)
    }
    assert {code for code in answers.values()} == {200}
    assert client.get("/transparansi/").status_code == 200
    editor, kapas = User.objects.get(username="penyunting"), UnitPage.objects.get(unit__short_code="KPS")
    dander = UnitPage.objects.get(unit__short_code="DDR")
    assert [page.permissions_for_user(editor).can_edit() for page in (kapas, dander)] == [True, False]
    found = Page.objects.search("Sejarah")
    assert "Sejarah" in [page.title for page in found]
    assert ReferenceIndex.objects.exists()


@on_postgresql
def test_a_clock_that_stood_still_on_sqlite_is_counted_again_with_its_pause(empty, file):
    move(file)
    case = Case.objects.earliest("pk")
    clock = case.deadlines.exclude(pauses=None).get(step="answer")
    # Three days from the 24th, on whose evening it was put off until the next morning.
    assert timezone.localdate(clock.due_at).isoformat() == "2026-11-28"
    Deadline.objects.filter(pk=clock.pk).update(due_at=clock.starts_at)
    move_clocks({case.pk: {clock.pk}}, why="uji")
    assert Deadline.objects.get(pk=clock.pk).due_at == clock.due_at


@on_postgresql
def test_an_officer_comes_in_with_both_factors_and_finds_the_report_by_its_words(empty, file):
    move(file)
    operator, client = User.objects.get(username="operator"), Client()
    log_in(client, "operator", "sandi-untuk-uji")
    client.post("/masuk/kode/", {"code": code_of(operator)})
    case = Case.objects.earliest("pk")
    assert case.number in client.get("/meja/?q=lapuk").content.decode()


@on_postgresql
def test_the_next_report_has_the_next_number_and_a_key_that_was_never_given(empty, file):
    # The newest cases, invented ones, were deleted before the move.
    in_file(file, "UPDATE sqlite_sequence SET seq = 500 WHERE name = 'cases_case'")
    move(file)
    newest = Case.objects.latest("pk")
    identity = Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890", "")
    kapas = Unit.objects.get(short_code="KPS")
    report = Report(words="Lampu jalan mati.", identity=identity, district=kapas)
    case, _is_new = receive_report(report, by=Reporter())
    assert case.pk == 501
    start, _dash, count = newest.number.rpartition("-")
    assert case.number == f"{start}-{int(count) + 1:06}"
    events = Event.objects.order_by("pk")
    assert events.filter(case=case).first().pk == events.exclude(case=case).last().pk + 1
    assert list(verify()) == []


@on_postgresql
def test_a_history_that_was_tampered_with_is_moved_and_told_of(empty, file):
    in_file(
        file,
        "DROP TRIGGER cases_event_no_update",
        "UPDATE cases_event SET kind = 'note' WHERE seq = 2 AND case_id = (SELECT min(id) FROM cases_case)",
    )
    told = refusal(file)
    assert "1 kejanggalan." in told
    assert "Semua baris sudah dipindahkan sebagaimana adanya." in told
    assert (Case.objects.count(), len(list(verify()))) == (5, 1)


@on_postgresql
@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (
            "UPDATE cases_eventwords SET text = 'a' || char(0) WHERE event_id = (SELECT min(event_id) FROM cases_eventwords)",
            "cannot contain NUL",
        ),
        (
            "UPDATE home_user SET username = 'a' || hex(zeroblob(100)) WHERE username = 'camat'",
            "value too long",
        ),
        ("DELETE FROM opd_pages_unit WHERE short_code = 'KPS-2001'", "violates foreign key constraint"),
    ],
    ids=["a text with a NUL", "a text that is too long", "a row without its unit"],
)
def test_what_postgresql_does_not_take_leaves_the_target_as_it_was(empty, file, damage, reason):
    in_file(file, "DROP TRIGGER cases_event_no_update", "PRAGMA foreign_keys = OFF", damage)
    before = {table: standing_in(table) for table in tables()}
    told = refusal(file)
    assert reason in told
    assert told.endswith("Tidak ada yang dipindahkan.")
    assert "000000000" not in told
    assert {table: standing_in(table) for table in tables()} == before
    assert triggers.missing(connection) == set()


def standing_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@on_postgresql
def test_identities_that_do_not_open_are_not_left_to_be_found_out_later(empty, file, settings):
    settings.IDENTITY_KEYS = ["bmV2ZXItdXNlZC1rZXktbmV2ZXItdXNlZC1rZXktMDA="]
    assert "tidak terbuka dengan IDENTITY_KEYS" in refusal(file)
    assert made() == (0, 0, 0, 0)


@on_postgresql
def test_a_trial_run_counts_and_writes_nothing(empty, file):
    told = move(file, "--dry-run")
    assert "cases_case: 5" in told
    assert told[-1].startswith("Akan dipindahkan: ")
    assert made() == (0, 0, 0, 0)


@on_postgresql
def test_a_portal_that_somebody_has_begun_is_not_overwritten(empty, file):
    make_user("admin")
    assert refusal(file).startswith("Basis data tujuan sudah berisi")
    assert User.objects.get().username == "admin"


@on_postgresql
def test_a_file_of_another_version_is_refused_by_name(empty, file):
    in_file(
        file, "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0002_lain', '2026-11-24')"
    )
    assert "cases.0002_lain" in refusal(file)
    in_file(
        file,
        "DELETE FROM django_migrations WHERE name = '0002_lain'",
        "ALTER TABLE cases_case ADD COLUMN lain text",
    )
    assert "cases_case" in refusal(file)


@on_postgresql
def test_a_file_that_a_portal_has_open_is_refused(empty, file):
    with closing(sqlite3.connect(file)) as portal:
        portal.execute("SELECT count(*) FROM cases_case").fetchall()
        assert "sedang dipakai" in refusal(file)


@on_postgresql
def test_a_target_that_a_portal_has_open_is_refused(empty, file):
    with closing(connection.copy()) as portal:
        portal.ensure_connection()
        assert "sambungan lain" in refusal(file)


@pytest.mark.only_on("sqlite")
def test_nothing_is_moved_to_sqlite(db, tmp_path):
    file = tmp_path / "lama.sqlite3"
    in_file(file, "CREATE TABLE django_migrations (app, name)")
    assert refusal(file).startswith("DATABASE_URL harus menunjuk basis data PostgreSQL")


def test_what_is_no_portal_is_refused(db, tmp_path):
    assert refusal(tmp_path / "tidak.ada").startswith("Tidak ada berkas")
    (tmp_path / "surat").write_text("Kepada Yth. " * 100)
    assert "bukan basis data sebuah portal" in refusal(tmp_path / "surat")
