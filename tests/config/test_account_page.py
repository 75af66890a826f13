from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cases.services.sweep import once_a_day
from config.accounts_sessions import device
from tests.browsers import soup, words
from tests.config.test_accounts import PASSWORD, is_logged_in, log_in
from tests.factories import make_user

ACCOUNT = "/masuk/akun/"
ANDROID = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.fixture
def elsewhere(siti) -> Client:
    """A phone that Siti logged in with."""
    phone = Client(REMOTE_ADDR="36.72.1.1", headers={"User-Agent": ANDROID})
    log_in(phone)
    return phone


@pytest.fixture
def here(elsewhere, client) -> Client:
    log_in(client)
    return client


def session_of(browser: Client) -> UserSession:
    return UserSession.objects.get(session_key=browser.session.session_key)


def test_the_account_tells_where_it_is_open_and_which_one_this_is(here):
    rows = [" ".join(row.get_text(" ").split()) for row in soup(here.get(ACCOUNT)).select(".list > li")]
    assert [row.partition(" Masuk ")[0] for row in rows] == [
        "Sesi ini Peramban tidak dikenal",
        "Chrome di Android",
    ]
    assert " dari 36.72.1.1" in rows[1]


def test_another_session_is_ended_at_once(here, elsewhere):
    here.post(f"{ACCOUNT}sesi/{session_of(elsewhere).pk}/")
    assert elsewhere.get(ACCOUNT).url == f"/masuk/?next={ACCOUNT}"
    assert len(soup(here.get(ACCOUNT)).select(".list > li")) == 1


def test_all_others_are_ended_with_one_button(here, elsewhere, siti):
    log_in(third := Client())
    here.post(f"{ACCOUNT}sesi/")
    assert [browser.get(ACCOUNT).status_code for browser in (here, elsewhere, third)] == [200, 302, 302]


def test_a_link_ends_no_session(here, elsewhere):
    assert here.get(f"{ACCOUNT}sesi/").status_code == 405
    assert here.get(f"{ACCOUNT}sesi/{session_of(elsewhere).pk}/").status_code == 405


def test_nobody_ends_the_session_of_somebody_else(elsewhere):
    make_user("budi.s")
    log_in(budi := Client(), "budi.s")
    assert budi.post(f"{ACCOUNT}sesi/{session_of(elsewhere).pk}/").status_code == 404
    assert is_logged_in(elsewhere)


def test_the_session_one_sits_in_is_left_by_logging_out_alone(here):
    assert here.post(f"{ACCOUNT}sesi/{session_of(here).pk}/").status_code == 404


def test_a_new_password_leaves_only_this_session(here, elsewhere):
    new = "kunci-gudang-besar-7"
    here.post("/masuk/ganti-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert len(soup(here.get(ACCOUNT)).select(".list > li")) == 1


def test_what_was_logged_out_is_no_longer_listed(here, elsewhere):
    elsewhere.post("/masuk/keluar/")
    assert "Chrome di Android" not in words(here.get(ACCOUNT))


def test_a_session_of_a_closed_account_sees_nothing_and_does_not_wake_when_it_is_opened_again(
    elsewhere, siti
):
    siti.is_active = False
    siti.save()
    assert elsewhere.get(ACCOUNT).status_code == 302
    siti.is_active = True
    siti.save()
    assert elsewhere.get(ACCOUNT).url == f"/masuk/?next={ACCOUNT}"


def test_strangers_have_no_account(client, db):
    assert client.get(ACCOUNT).url == f"/masuk/?next={ACCOUNT}"


def test_a_browsers_signature_is_cut_and_shown_as_text(client, siti):
    client.defaults["HTTP_USER_AGENT"] = "<b>Firefox</b>" + "x" * 5000
    log_in(client)
    assert "Firefox" in words(client.get(ACCOUNT))
    assert len(UserSession.objects.get().user_agent) == 200


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        (ANDROID, "Chrome di Android"),
        (IPHONE, "Safari di iPhone"),
        (EDGE, "Edge di Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox di Linux"),
        ("curl/8.5.0", "Peramban tidak dikenal"),
        ("", "Peramban tidak dikenal"),
    ],
)
def test_a_device_is_told_as_its_owner_knows_it(signature, name):
    assert device(signature) == name


def test_ending_a_session_leaves_no_row_of_it(here, elsewhere):
    key = elsewhere.session.session_key
    here.post(f"{ACCOUNT}sesi/")
    assert not Session.objects.filter(session_key=key).exists()


def test_at_night_ended_sessions_go_with_where_they_were_opened_and_the_others_stay(here, elsewhere):
    now = timezone.now()
    Session.objects.filter(session_key=elsewhere.session.session_key).update(expire_date=now)
    once_a_day(now + timedelta(seconds=1))
    assert list(Session.objects.values_list("session_key", flat=True)) == [here.session.session_key]
    assert UserSession.objects.get() == session_of(here)
