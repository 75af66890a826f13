"""Every reason not to start is told in a few words, without a traceback, and ends with a failure."""

import base64
import json
import socket
import subprocess
import sys

import pytest

from config.paths import BASE

from .portal import environment, free_port, manage

pytestmark = pytest.mark.processes

OFFICE = {
    "PENDOPO_MODE": "production",
    "SECRET_KEY": "x" * 50,
    "IDENTITY_KEYS": base64.urlsafe_b64encode(bytes(32)).decode(),
    "ALLOWED_HOSTS": "pendopo.contoh.test",
    "PUBLIC_URL": "https://pendopo.contoh.test",
}
DEMO = "Basis data berisi data contoh: pengguna. Data contoh tidak boleh ada di production."


def refusal(*arguments: str, **settings: str) -> str:
    answer = manage(*arguments, **settings)
    assert answer.returncode == 1
    return answer.stderr.strip()


@pytest.fixture
def office(migrated):
    keys = json.loads((migrated / "keys.json").read_text())
    address = f"sqlite:///{migrated}/pendopo.sqlite3"
    return OFFICE | {
        "DATA_DIR": str(migrated),
        "DATABASE_URL": address,
        "IDENTITY_KEYS": keys["IDENTITY_KEY"],
    }


@pytest.fixture
def office_with_demo(office):
    make_demo = "from home.models import User; User.objects.create(username='contoh', is_demo=True)"
    assert manage("shell", "-v0", "-c", make_demo, **office).stderr == ""
    return office


def test_a_taken_port_is_named_with_a_way_out(migrated):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refusal("run", DATA_DIR=str(migrated), PORT=str(port))
    assert (
        said
        == f"Port {port} sedang dipakai program lain. Pilih yang lain, misalnya: make run PORT={port + 1}"
    )


def test_an_address_of_another_machine_is_refused(migrated):
    said = refusal("run", DATA_DIR=str(migrated), HOST="192.0.2.1", PORT=str(free_port()))
    assert said.splitlines() == ["HOST: 192.0.2.1 bukan alamat komputer ini."]


def test_a_folder_that_cannot_be_written_to_is_named():
    assert (
        refusal("run", DATA_DIR="/proc/pendopo")
        == "DATA_DIR: folder /proc/pendopo tidak dapat dibaca atau ditulis."
    )


def test_an_office_whose_folder_cannot_be_written_to_is_told(office):
    said = refusal("run", **office | {"DATA_DIR": "/proc/pendopo"})
    assert said == "DATA_DIR: folder /proc/pendopo tidak dapat ditulis."


def test_a_database_that_cannot_be_opened_is_told(migrated):
    said = refusal("run", DATA_DIR=str(migrated), DATABASE_URL="sqlite:////dev/null/x", PORT=str(free_port()))
    assert said == "Basis data tidak dapat dibuka: unable to open database file"


def test_a_setting_that_is_wrong_is_named():
    assert refusal("run", PORT="delapan") == (
        "Pengaturan belum benar.\n  PORT: nilai 'delapan' tidak dapat dipakai; pakai angka 1 sampai 65535"
    )


def test_an_office_without_its_settings_does_not_start():
    assert refusal("run", PENDOPO_MODE="production") == (
        "Pengaturan belum benar.\n"
        "  SECRET_KEY: wajib diisi di production\n"
        "  IDENTITY_KEYS: wajib diisi di production\n"
        "  ALLOWED_HOSTS: wajib diisi di production\n"
        "  DATABASE_URL: wajib diisi di production\n"
        "  PUBLIC_URL: wajib diisi di production"
    )


@pytest.mark.parametrize("part", ["--web-only", "--worker-only"])
def test_an_office_without_its_static_files_is_told(office, part):
    said = refusal("run", part, **office, PORT=str(free_port()))
    assert said == "Berkas statis belum dikumpulkan. Jalankan manage.py collectstatic."


@pytest.mark.parametrize("part", ["--web-only", "--worker-only"])
def test_an_office_does_not_start_with_demo_rows(office_with_demo, part):
    said = refusal("run", part, **office_with_demo, PORT=str(free_port()))
    assert said.startswith(DEMO)


@pytest.mark.parametrize("part", ["--web-only", "--worker-only"])
def test_an_office_does_not_start_with_keys_of_another(office, part):
    said = refusal("run", part, **office | {"IDENTITY_KEYS": OFFICE["IDENTITY_KEYS"]}, PORT=str(free_port()))
    assert said.startswith("Identitas tidak terbuka dengan IDENTITY_KEYS yang sekarang. Kembalikan kunci")


def test_an_office_is_not_served_with_demo_rows_by_another_server_either(office_with_demo):
    answer = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=BASE / "site",
        env=environment(**office_with_demo),
        capture_output=True,
        text=True,
    )
    assert answer.stderr.splitlines()[-1].startswith(f"django.core.exceptions.ImproperlyConfigured: {DEMO}")


def test_an_office_without_demo_rows_is_served(office):
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import config.wsgi"],
        cwd=BASE / "site",
        env=environment(**office),
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
