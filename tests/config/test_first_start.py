import pytest

from config.runner import first_start
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def commands(monkeypatch):
    """Names of the commands that were called, which then do nothing."""
    called = []
    monkeypatch.setattr(
        first_start, "call_command", lambda name, *_arguments, **_options: called.append(name)
    )
    return called


def test_the_first_start_of_a_trial_makes_the_demonstration(commands):
    first_start.prepare()
    assert commands == ["migrate", "demo"]


def test_a_database_with_an_account_gets_no_demonstration(commands):
    make_user("siti")
    first_start.prepare()
    assert commands == ["migrate"]


def test_a_database_with_a_unit_gets_no_demonstration(commands):
    make_unit("35.22", "BJN", "Kabupaten Bojonegoro", "kabupaten")
    first_start.prepare()
    assert commands == ["migrate"]


def test_an_office_begins_empty(commands, settings):
    settings.IS_PRODUCTION = True
    first_start.prepare()
    assert commands == ["collectstatic", "migrate"]


def test_accounts_are_shown_only_where_there_is_a_demonstration(commands):
    make_user("siti")
    assert first_start.demo_accounts() == ""
    assert commands == []
