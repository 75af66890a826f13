import pytest

from tests.factories import make_user


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def siti(db):
    return make_user("siti.rahma", first_name="Siti", last_name="Rahma")
