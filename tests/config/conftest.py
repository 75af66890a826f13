import shutil
import time

import pytest

from tests.factories import make_user

from .portal import manage


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def siti(db):
    return make_user("siti.rahma", first_name="Siti", last_name="Rahma")


@pytest.fixture
def clock(monkeypatch):
    """A moment that stands still, so that no code runs out between being read and being sent; it is set by hand."""

    class Clock:
        now = time.time()

        def tick(self, seconds: int) -> None:
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(time, "time", lambda: clock.now)
    return clock


@pytest.fixture(scope="session")
def _migrated_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("migrated")
    assert manage("migrate", "--verbosity=0", DATA_DIR=str(folder)).stderr == ""
    make_account = "from home.models import User; User.objects.create(username='siti')"
    assert manage("shell", "-v0", "-c", make_account, DATA_DIR=str(folder)).stderr == ""
    return folder


@pytest.fixture
def migrated(_migrated_once, tmp_path):
    """A folder for DATA_DIR with the SQLite database of an office that has only just begun: one account, no demonstration."""
    return shutil.copytree(_migrated_once, tmp_path / "var")
