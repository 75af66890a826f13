import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from wagtail.models import ModelLogEntry

from opd_pages.models import Role
from tests.browsers import browser, soup, words
from tests.config.test_accounts import is_logged_in, log_in
from tests.factories import join, make_user, member
from tests.portals import opened_administrators, opened_site
from tests.second_factor import code_of, set_up

REASON = "Telepon hilang, dipastikan lewat telepon kantor."


@pytest.fixture
def administrator(office):
    opened_site()
    opened_administrators()
    return member("dewi", office.regency, Role.ADMINISTRATOR)


@pytest.fixture
def camat(office, siti, clock):
    join(siti, office.kapas, Role.HEAD)
    set_up(siti)
    return siti


def page_for(person) -> str:
    return f"/admin/orang/{person.pk}/dua-langkah/"


def test_an_administrator_takes_away_a_lost_factor(administrator, camat):
    browser(administrator).post(page_for(camat), {"reason": REASON})
    assert not Authenticator.objects.filter(user=camat).exists()


def test_a_reset_ends_the_persons_sessions(administrator, camat):
    log_in(client := Client())
    client.post("/masuk/kode/", {"code": code_of(camat)})
    browser(administrator).post(page_for(camat), {"reason": REASON})
    assert not is_logged_in(client)


def test_a_reset_stays_in_the_history_with_who_did_it_and_why(administrator, camat):
    client = browser(administrator)
    client.post(page_for(camat), {"reason": REASON})
    entry = ModelLogEntry.objects.for_instance(camat).get(action="config.reset_second_factor")
    assert (entry.user, entry.data) == (administrator, {"reason": REASON})
    history = words(client.get(f"/admin/home/user/history/{camat.pk}/"))
    assert f"Verifikasi dua langkah dihapus: {REASON}" in history


@pytest.mark.parametrize("reason", ["", "x"])
def test_a_reset_without_a_reason_changes_nothing(administrator, camat, reason):
    response = browser(administrator).post(page_for(camat), {"reason": reason})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert Authenticator.objects.filter(user=camat, type="totp").exists()


def test_looking_at_the_page_takes_nothing_away(administrator, camat):
    assert browser(administrator).get(page_for(camat)).status_code == 200
    assert Authenticator.objects.filter(user=camat, type="totp").exists()


def test_nobody_resets_their_own(administrator):
    set_up(administrator)
    assert browser(administrator).post(page_for(administrator), {"reason": REASON}).status_code == 403
    assert Authenticator.objects.filter(user=administrator, type="totp").exists()


def test_an_account_without_bounds_is_reset_by_its_like_alone(administrator):
    root = make_user("akar", is_superuser=True)
    set_up(root)
    assert browser(administrator).post(page_for(root), {"reason": REASON}).status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HEAD, Role.COORDINATOR])
def test_nobody_but_an_administrator_resets(administrator, camat, office, role):
    client = browser(member("lain", office.regency, role))
    assert client.post(page_for(camat), {"reason": REASON}).status_code in (302, 403)
    assert Authenticator.objects.filter(user=camat, type="totp").exists()


def test_the_register_of_people_offers_it_for_everybody_else(administrator, camat):
    links = soup(browser(administrator).get("/admin/home/user/")).select("a[href$='/dua-langkah/']")
    assert [link["href"] for link in links] == [page_for(camat)]


def test_somebody_unknown_is_not_there(administrator):
    assert browser(administrator).get("/admin/orang/999999/dua-langkah/").status_code == 404


def test_the_account_page_of_the_admin_leads_to_ones_own(administrator):
    assert soup(browser(administrator).get("/admin/account/")).select("a[href='/masuk/akun/']") != []
