from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from config.demo.factors import set_up_factors
from opd_pages.models import Role
from tests.config.test_accounts import is_logged_in
from tests.factories import join, make_user, member
from tests.second_factor import code_of


@pytest.fixture
def camat(office, clock):
    user = make_user("camat.kapas", is_demo=True)
    join(user, office.kapas, Role.HEAD)
    set_up_factors()
    return user


def told(name: str) -> list[str]:
    words = StringIO()
    call_command("demo_code", name, stdout=words)
    return words.getvalue().splitlines()


def test_the_code_that_is_told_opens_the_door(client, camat):
    client.post("/masuk/", {"login": "camat.kapas", "password": "sandi-untuk-uji"})
    client.post("/masuk/kode/", {"code": told("camat.kapas")[0]})
    assert is_logged_in(client)


def test_a_demonstration_made_anew_has_the_same_codes(camat):
    code = code_of(camat, ahead=1000)
    Authenticator.objects.all().delete()
    set_up_factors()
    assert code_of(camat, ahead=1000) == code


def test_every_account_has_codes_of_its_own(camat, office):
    other = make_user("operator.kapas", is_demo=True)
    join(other, office.kapas, Role.OPERATOR)
    set_up_factors()
    assert code_of(other) != code_of(camat)


def test_setting_up_once_more_adds_nothing(camat):
    assert set_up_factors() == 0


def test_who_is_real_gets_no_known_secret(office):
    member("siti.rahma", office.kapas, Role.HEAD)
    assert set_up_factors() == 0


def test_an_account_that_needs_none_says_so(office):
    join(make_user("penyunting", is_demo=True), office.kapas, Role.EDITOR)
    set_up_factors()
    with pytest.raises(CommandError, match="penyunting masuk dengan kata sandi saja"):
        told("penyunting")


@pytest.mark.parametrize("name", ["siti.rahma", "tidak.ada"])
def test_a_code_is_told_of_accounts_made_up_alone(siti, name):
    with pytest.raises(CommandError, match="bukan akun contoh"):
        told(name)


def test_in_production_no_code_is_told(camat, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="bukan di production"):
        told("camat.kapas")
