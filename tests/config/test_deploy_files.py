"""The files an office copies to its server."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import load_command_class

from cases.forms.documents import DocumentsField
from cases.forms.photos import PhotosField
from config.environment import TABLE, read
from config.paths import BASE

DEPLOY = BASE / "site" / "deploy"
GUIDE = (BASE / "docs" / "panduan-admin.md").read_text()
SERVICES = ["pendopo-web", "pendopo-worker", "pendopo-backup"]
KEYS = {"SECRET_KEY": "k" * 50, "IDENTITY_KEYS": "A" * 43 + "="}
LARGEST_PICTURE = 150 * 1024


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read(DEPLOY / f"{name}.service")
    return parser


def environment() -> dict[str, str]:
    """The sample as a shell reads it, which is how the `pendopo` command does."""
    script = f"set -a; . {DEPLOY / 'environment.sample'}; env -0"
    lines = subprocess.run(
        ["/bin/sh", "-c", script], env={}, stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    return dict(
        line.split("=", 1) for line in lines.split("\0") if line and not line.startswith(("PWD=", "_="))
    )


# The environment file


def test_the_sample_names_settings_that_exist_and_no_others():
    assert environment().keys() - {setting.name for setting in TABLE} == set()


def test_the_sample_brings_no_secret():
    secrets = {setting.name for setting in TABLE if setting.is_secret} - {"DATABASE_URL"}
    assert {environment()[name] for name in secrets} == {""}


def test_with_its_two_keys_filled_in_the_sample_starts_a_portal():
    assert read(environment() | KEYS)["PENDOPO_MODE"] == "production"


def test_systemd_reads_the_sample_as_a_shell_does():
    # systemd knows no expansion and no `export`; a value between single quotes is the same to both.
    lines = [
        line for line in (DEPLOY / "environment.sample").read_text().splitlines() if line and line[0] != "#"
    ]
    assert [line for line in lines if not re.fullmatch(r"[A-Z_]+='[^']*'", line)] == []


# The services


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_as_nobody_in_particular_and_may_write_only_its_own_folder(name):
    service = unit(name)["Service"]
    assert (
        service["User"],
        service["NoNewPrivileges"],
        service["ProtectSystem"],
        service["ReadWritePaths"],
    ) == (
        "pendopo",
        "yes",
        "strict",
        "/var/backups/pendopo" if name == "pendopo-backup" else "/var/lib/pendopo",
    )


@pytest.mark.parametrize("name", ["pendopo-web", "pendopo-worker"])
def test_a_service_starts_a_command_that_exists(name):
    _python, manage, command, *flags = unit(name)["Service"]["ExecStart"].split()
    assert (BASE / manage.removeprefix("/srv/pendopo/")).exists()
    load_command_class("config", command).create_parser("manage.py", command).parse_args(flags)


def test_systemd_waits_longer_than_the_supervisor_does_before_it_kills():
    from config.runner.supervisor import GRACE

    assert int(unit("pendopo-web")["Service"]["TimeoutStopSec"]) > GRACE


@pytest.mark.parametrize("name", ["pendopo", "pendopo-backup"])
def test_a_script_is_one_that_a_shell_understands(name):
    assert subprocess.run(["/bin/sh", "-n", DEPLOY / name], check=False).returncode == 0


@pytest.fixture
def back_up(tmp_path):
    """Run the script over a data folder with something of everything; what it made, by its ending."""

    def run(address: str, programs: str = "") -> dict[str, Path]:
        data, kept = tmp_path / "data", tmp_path / "cadangan"
        for name in ("keys.json", "karantina/a.upload", "berkas/ab/foto.jpg", "berkas/titipan/b.jpg"):
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).touch()
        kept.mkdir()
        settings = {"DATA_DIR": str(data), "DATABASE_URL": address, "BACKUP_DIR": str(kept)}
        path = f"{programs}:{os.environ['PATH']}"
        subprocess.run(["/bin/sh", DEPLOY / "pendopo-backup"], env=settings | {"PATH": path}, check=True)
        return {file.suffix: file for file in kept.iterdir()}

    return run


def test_a_backup_holds_what_people_sent_and_no_key(tmp_path, back_up):
    dump = tmp_path / "pg_dump"
    dump.write_text('#!/bin/sh\nfor one; do case $one in --file=*) : > "${one#--file=}";; esac; done\n')
    dump.chmod(0o700)
    made = back_up("postgres:///x", programs=str(tmp_path))
    with tarfile.open(made[".gz"]) as archive:
        names = [one.name for one in archive if one.isfile()]
    assert (names, made.keys()) == (["./berkas/ab/foto.jpg"], {".gz", ".dump"})


def test_a_backup_of_sqlite_holds_what_was_written_last_though_the_portal_goes_on(tmp_path, back_up):
    database = tmp_path / "data" / "basis data" / "pendopo.sqlite3"
    database.parent.mkdir(parents=True)
    with closing(sqlite3.connect(database)) as portal:
        portal.execute("PRAGMA journal_mode=WAL")
        with portal:
            portal.execute("CREATE TABLE perkara (nomor)")
            portal.execute("INSERT INTO perkara VALUES ('2026-ADU-KPS-000001')")
        made = back_up(f"sqlite:///{str(database).replace(' ', '%20')}")
    with closing(sqlite3.connect(made[".sqlite3"])) as copy:
        assert copy.execute("SELECT nomor FROM perkara").fetchall() == [("2026-ADU-KPS-000001",)]
    with tarfile.open(made[".gz"]) as archive:
        # The file as it lies there is no copy: it may be half-written.
        assert [one.name for one in archive if one.isfile()] == ["./berkas/ab/foto.jpg"]


if analyze := shutil.which("systemd-analyze"):

    def test_systemd_finds_no_fault_with_the_units(tmp_path):
        names = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]
        for path in names:
            text = path.read_text().replace("/srv/pendopo/.venv/bin/python", sys.executable)
            (tmp_path / path.name).write_text(text.replace("/srv/pendopo", str(BASE)))
        units = [tmp_path / path.name for path in names]
        verdict = subprocess.run(
            [analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False
        )
        assert (verdict.returncode, verdict.stderr) == (0, "")


# nginx


def test_as_many_photos_and_documents_as_a_form_takes_fit_through_nginx():
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())[1])
    photos, documents = PhotosField.limits, DocumentsField.limits
    largest = photos.max_files * photos.max_bytes + documents.max_files * documents.max_bytes
    assert megabytes * 1024 * 1024 > largest


# The guide


def test_the_guide_uses_every_file_there_is_to_deploy():
    names = {path.name for path in DEPLOY.iterdir() if path.is_file()}
    mentioned = set(re.findall(r"site/deploy/([\w.*-]+)", GUIDE))
    wildcards = {name for path in mentioned if "*" in path for name in (p.name for p in DEPLOY.glob(path))}
    # The backup's script is started by its unit.
    assert names - mentioned - wildcards == {"pendopo-backup"}


def test_the_guide_names_only_flags_that_setup_knows():
    parser = load_command_class("config", "setup").create_parser("manage.py", "setup")
    section = re.search(r"^## 6\..*?^## 7\.", GUIDE, re.MULTILINE | re.DOTALL)[0]
    known = set(parser._option_string_actions)
    assert set(re.findall(r"--[a-z-]+", section.partition("pendopo setup --no-input")[2])) - known == set()


def test_every_picture_of_the_guide_is_there_and_small():
    pictures = [BASE / "docs" / path for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", GUIDE)]
    assert [
        path.name for path in pictures if not path.exists() or path.stat().st_size > LARGEST_PICTURE
    ] == []
