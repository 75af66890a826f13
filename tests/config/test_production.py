import base64

import pytest
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

from config.production import demo_rows, production_holds_no_demo_rows, refuse_other_keys
from tests.factories import make_unit, make_user

OTHER_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_user():
    return make_user("contoh", is_demo=True)


def test_rows_of_the_office_are_not_taken_for_a_demonstration():
    make_unit("35.22", "BJN", "Kabupaten Bojonegoro", "kabupaten")
    make_user("siti")
    assert demo_rows() == []


def test_each_kind_of_demo_row_is_named(demo_user):
    make_unit("35.22", "BJN", "Kabupaten Contoh", "kabupaten", is_demo=True)
    assert demo_rows() == ["unit", "pengguna"]


def test_demo_rows_are_an_error_of_an_office(settings, demo_user):
    settings.IS_PRODUCTION = True
    assert production_holds_no_demo_rows(databases=["default"]) == [
        Error(
            "Basis data berisi data contoh: pengguna. Data contoh tidak boleh ada di production.",
            hint="Hapus dengan manage.py demo --delete, atau pakai basis data lain.",
            id="config.E001",
        )
    ]


def test_a_trial_may_hold_demo_rows(demo_user):
    assert production_holds_no_demo_rows(databases=["default"]) == []


def test_no_portal_starts_with_keys_that_do_not_open_what_its_database_holds(settings):
    (first,) = settings.IDENTITY_KEYS
    settings.IDENTITY_KEYS = [OTHER_KEY]
    with pytest.raises(ImproperlyConfigured, match="Kembalikan kunci yang dahulu dipakai"):
        refuse_other_keys()
    settings.IDENTITY_KEYS = [OTHER_KEY, first]
    refuse_other_keys()
