"""What is said before anything is installed, on machines that lack something."""

import os
import shutil
import subprocess
import sys

import pytest

from config.paths import BASE

pytestmark = pytest.mark.processes

AS_PYTHON_3_9 = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def checkout(tmp_path):
    """A copy of Pendopo that needs no packages, so that nothing is downloaded."""
    (tmp_path / "site" / "bin").mkdir(parents=True)
    shutil.copy(BASE / "site" / "bin" / "prepare.py", tmp_path / "site" / "bin")
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "site" / "bin" / "installer.txt").write_text("")
    return tmp_path


def prepare(checkout, *python: str, **settings: str) -> subprocess.CompletedProcess:
    command = [*(python or [sys.executable]), str(checkout / "site" / "bin" / "prepare.py")]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)


def test_an_old_python_says_that_it_is_too_old(checkout):
    answer = prepare(checkout, sys.executable, "-c", AS_PYTHON_3_9, PATH="")
    assert (answer.returncode, answer.stderr) == (
        1,
        "Pendopo memerlukan Python 3.11 atau lebih baru; python3 di komputer ini 3.9.\n",
    )


def test_an_old_python_makes_way_for_a_newer_one(checkout):
    newer = checkout / "python3.12"
    newer.write_text("#!/bin/sh\necho yang baru\n")
    newer.chmod(0o755)
    answer = prepare(checkout, sys.executable, "-c", AS_PYTHON_3_9, PATH=f"{checkout}:/bin:/usr/bin")
    assert answer.stdout == "yang baru\n"


def test_a_missing_venv_module_is_named_with_its_package(checkout):
    (checkout / "ensurepip.py").write_text("raise ImportError")
    answer = prepare(checkout, PYTHONPATH=str(checkout))
    assert (answer.returncode, answer.stderr) == (
        1,
        "Modul venv untuk Python belum ada. Di Debian atau Ubuntu: sudo apt install python3-venv\n",
    )


def test_a_folder_that_cannot_be_written_to_is_named(checkout):
    (checkout / ".venv").write_text("a file where the folder would be")
    answer = prepare(checkout)
    assert (answer.returncode, answer.stderr) == (
        1,
        f"Folder {checkout} tidak dapat ditulis. Pindahkan Pendopo ke folder milik Anda.\n",
    )


def test_packages_that_cannot_be_installed_leave_one_line_and_a_record(checkout):
    (checkout / "requirements.txt").write_text("no-hash==1.0\n")
    answer = prepare(checkout)
    assert (answer.returncode, answer.stderr) == (
        1,
        "Paket Python tidak dapat dipasang. Periksa sambungan internet, lalu ulangi; rinciannya di "
        f"{checkout}/.venv/install.log\n",
    )


def test_what_is_installed_is_installed_once_and_again_when_the_list_changes(checkout):
    assert "Memasang" in prepare(checkout).stdout
    assert prepare(checkout).stdout == ""
    (checkout / "requirements.txt").write_text("# changed\n")
    assert "Memasang" in prepare(checkout).stdout
