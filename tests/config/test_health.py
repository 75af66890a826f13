"""What /kesehatan/siap/ tells, and when it turns red."""

import os
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.utils import timezone
from django.utils.formats import date_format

from cases import triggers
from cases.models import Deadline, HolidayDecree, OutboxMessage, Recount, RetentionRule, Rule, SweepMark
from cases.services.daily_root import publish_root
from cases.services.outbox import let_be
from cases.services.sweep import sweep
from config import health
from config.health import Finding, root
from home.models import PortalSettings
from home.services import mail_proof
from tests.pengaduan.desk import Desk

READY = "/kesehatan/siap/"


@pytest.fixture
def well(db, settings, tmp_path):
    """An installation where everything was done in time."""
    settings.ENVIRONMENT = settings.ENVIRONMENT | {"BACKUP_DIR": tmp_path}
    (tmp_path / "2026-11-22-013000.dump").touch()
    for year in (timezone.localdate().year, timezone.localdate().year + 1):
        HolidayDecree.objects.get_or_create(year=year, defaults={"number": "SKB"})
    sent = timezone.now()
    proof = {"mail_test_sent_at": sent, "mail_test_seen_at": sent, "mail_test_route": mail_proof._route()}
    PortalSettings.objects.update_or_create(defaults=proof)
    sweep()
    return tmp_path


def red(client) -> set[str]:
    response = client.get(READY)
    found = response.json()
    assert found.pop("sehat") == (response.status_code == 200)
    return {name for name, finding in found.items() if not finding["sehat"]}


def test_a_process_that_answers_is_alive_without_a_question_to_the_database(client):
    assert client.get("/kesehatan/").content == b"ok\n"


def test_where_all_is_done_in_time_nothing_is_red(client, well):
    assert red(client) == set()


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_a_worker_that_stopped_turns_it_red(client, well):
    SweepMark.objects.filter(name="sweep").update(at=ago(minutes=6))
    assert red(client) == {"pekerja"}


def test_files_that_are_not_as_they_were_kept_turn_it_red_until_they_are(client, well):
    assert client.get(READY).json()["berkas"]["keterangan"].startswith("Berkas perkara belum pernah")
    stray = Path(settings.CASE_FILES_ROOT, "salinan.jpg")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.touch()
    os.utime(stray, (0, 0))
    with pytest.raises(CommandError):
        call_command("verify_files", stderr=StringIO())
    assert red(client) == {"berkas"}
    stray.unlink()
    call_command("verify_files", stdout=StringIO())
    assert red(client) == set()
    assert client.get(READY).json()["berkas"]["umur_detik"] < 60


def test_a_message_that_does_not_go_out_turns_it_red(client, well, office):
    Desk.at_kapas(office).receive(at=ago(hours=1))
    OutboxMessage.objects.update(next_try_at=timezone.now() + timedelta(days=1))
    assert red(client) == {"pesan"}


def test_a_message_that_reached_nobody_is_red_until_somebody_has_dealt_with_it(client, well, office):
    desk = Desk.at_kapas(office)
    desk.receive(at=ago(minutes=2))
    OutboxMessage.objects.update(dropped_at=ago(minutes=1), last_fault="")
    assert red(client) == set()
    OutboxMessage.objects.filter(to_reporter=True).update(last_fault="mail SMTPRecipientsRefused 550")
    assert red(client) == {"pesan"}
    let_be(OutboxMessage.objects.get(to_reporter=True), by=desk.head)
    assert red(client) == set()


def test_a_broken_promise_that_nobody_was_told_of_turns_it_red(client, well, office):
    Desk.at_kapas(office).receive(at=ago(hours=2))
    OutboxMessage.objects.update(sent_at=timezone.now())
    Deadline.objects.filter(step="answer").update(due_at=ago(hours=1))
    assert red(client) == {"janji"}


def test_clocks_that_wait_for_their_new_date_turn_it_red(client, well):
    Recount.objects.create(why="Hari libur baru", asked_at=ago(hours=1), waiting=[1])
    assert red(client) == {"hitung_ulang"}


def test_what_no_root_covers_turns_it_red(client, well, office):
    Desk.at_kapas(office).receive(at=timezone.now())
    in_two_days = timezone.now() + timedelta(days=2)
    found = root(in_two_days)
    assert (found.is_well, found.words.split(".")[0]) == (False, "Sidik harian tidak terbit lagi")
    publish_root(in_two_days)
    assert root(in_two_days) == Finding(True)


def test_a_root_of_a_day_to_come_names_the_clock_and_the_night_in_which_it_heals(client, well, office):
    """The machine's clock stood ahead by three days at midnight, and was set right."""
    desk, now = Desk.at_kapas(office), timezone.now()
    ahead = publish_root(now + timedelta(days=3))
    desk.receive(at=now)
    assert red(client) == {"sidik"}
    told = client.get(READY).json()["sidik"]["keterangan"]
    due = date_format(timezone.localdate(now) + timedelta(days=4), "j F Y")
    assert told.startswith(
        f"Sidik harian {date_format(ahead.date, 'j F Y')} terbit sebelum hari itu lewat: jam server"
    )
    assert told.endswith(f"Sidik tidak dapat diubah; yang berikutnya terbit sendiri {due}.")
    # The last day on which none can be published: its date is that of yesterday, as on every other day.
    last = now + timedelta(days=3)
    assert (publish_root(last), root(last).words) == (None, told)
    assert publish_root(now + timedelta(days=4)).prev == ahead.hash
    assert root(now + timedelta(days=4)) == Finding(True)
    call_command("verify_history", stdout=StringIO())


def test_an_event_of_a_day_to_come_hides_none_that_no_root_covers(client, well, office):
    desk, now = Desk.at_kapas(office), timezone.now()
    desk.receive(at=now + timedelta(days=9))
    desk.receive(at=now)
    assert not root(now + timedelta(days=2)).is_well


def test_mail_that_nobody_has_seen_turns_it_red(client, well):
    PortalSettings.objects.update(mail_test_seen_at=None)
    assert red(client) == {"surel"}


def test_a_year_without_its_decree_turns_it_red(client, well):
    HolidayDecree.objects.filter(year=timezone.localdate().year).delete()
    assert red(client) == {"hari_libur"}


def test_rules_that_hold_on_the_same_day_turn_it_red(client, well):
    triggers.lift(connection)
    rule = Rule.objects.get(procedure="kapas", step="answer")
    rule.pk, rule.effective_from = None, "2026-06-01"
    rule.save()
    triggers.install(connection)
    assert red(client) == {"masa_berlaku"}


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=365)])
def test_marks_of_a_day_to_come_hide_nobody_who_stands_still(client, well, ahead):
    """The machine's clock stood ahead and was set right."""
    SweepMark.objects.filter(name="sweep").update(at=timezone.now() + ahead)
    (backup,) = (entry for entry in well.iterdir() if entry.is_file())
    os.utime(backup, ((timezone.now() + ahead).timestamp(),) * 2)
    assert red(client) == {"pekerja", "cadangan"}


def test_a_disk_that_is_nearly_full_turns_it_red_before_nothing_can_be_written(client, well, monkeypatch):
    usage = shutil.disk_usage(well)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage._replace(free=100 * 2**20))
    assert red(client) == {"ruang_disk"}
    told = client.get(READY).json()["ruang_disk"]["keterangan"]
    assert (
        told == "Ruang disk untuk data tinggal 100 MB. Kosongkan atau perbesar sebelum foto laporan ditolak."
    )


def test_a_data_folder_that_is_gone_turns_it_red(client, well, settings):
    settings.DATA_DIR = well / "hilang"
    assert red(client) == {"ruang_disk"}


@pytest.mark.parametrize("hours", [27, None])
def test_a_backup_that_is_old_or_missing_turns_it_red(client, well, hours):
    for file in (entry for entry in well.iterdir() if entry.is_file()):
        if hours:
            os.utime(file, (ago(hours=hours).timestamp(),) * 2)
        else:
            file.unlink()
    assert red(client) == {"cadangan"}


def test_a_copy_of_sqlite_is_a_backup(client, well):
    for file in well.glob("*.dump"):
        file.rename(file.with_suffix(".sqlite3"))
    assert red(client) == set()


def test_a_database_without_what_this_version_keeps_is_told_from_one_that_does_not_answer(
    client, well, monkeypatch
):
    def absent(_now):
        raise ProgrammingError("no such table")

    monkeypatch.setitem(health.CHECKS, "pekerja", absent)
    told = client.get(READY).json()["pekerja"]["keterangan"]
    assert told == "Basis data tidak cocok dengan versi program ini. Jalankan manage.py migrate."
    monkeypatch.setattr(health, "database", absent)
    assert client.get(READY).json()["pekerja"]["keterangan"].startswith("Basis data tidak menjawab.")


def test_the_ages_are_given_in_seconds_and_nothing_of_anybody_is_told(client, well, office):
    Desk.at_kapas(office).receive(at=ago(minutes=10))
    found = client.get(READY).json()
    assert 590 <= found["pesan"]["umur_detik"] <= 700
    assert "Jembatan" not in client.get(READY).content.decode()


def test_that_no_rule_of_retention_is_in_force_is_told(client, well):
    told = client.get(READY).json()["masa_simpan"]["keterangan"]
    assert told == "6 dari 6 aturan masa simpan belum berlaku; datanya tidak dihapus."
    RetentionRule.objects.update(verified_by="Bagian Hukum", verified_on=timezone.localdate())
    assert client.get(READY).json()["masa_simpan"]["keterangan"] == ""
