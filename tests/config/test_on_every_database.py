import subprocess
import sys

import pytest

from config.paths import BASE

pytestmark = pytest.mark.processes
SAMPLE = """
import pytest

@pytest.fixture
def db():
    pass

@pytest.fixture
def office(db):
    pass

def test_of_words():
    pass

def test_of_an_office(office):
    pass

@pytest.mark.django_db
def test_that_is_marked():
    pass

@pytest.mark.only_on("postgresql")
def test_of_one_database():
    pass
"""


def test_on_another_database_only_what_touches_none_is_left_out_and_counted(tmp_path):
    path = tmp_path / "test_sample.py"
    path.write_text(SAMPLE)
    plugins = ["-p", "tests.on_every_database", "-p", "no:django", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, "-c", "/dev/null", "-v", "-W", "ignore", path]
    told = subprocess.run(command, cwd=BASE, capture_output=True, text=True).stdout.splitlines()
    assert [line.split()[0].rpartition("::")[2] for line in told if " PASSED " in line] == [
        "test_of_an_office",
        "test_that_is_marked",
        "test_of_one_database",
    ]
    assert "Touching no database, run on another one: 1 deselected" in told
