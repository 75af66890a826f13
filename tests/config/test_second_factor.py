import re
from http.cookies import SimpleCookie

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cases.encryption import decrypt
from opd_pages.models import Role
from tests.browsers import browser, queries_of, soup, words
from tests.config.test_accounts import inline_code, is_logged_in, log_in
from tests.factories import join, make_user, member
from tests.second_factor import code_from, code_of, log_in_by_password, set_up

ENROL, CHALLENGE, AGAIN, ACCOUNT = (
    "/masuk/dua-langkah/",
    "/masuk/kode/",
    "/masuk/kode/pastikan/",
    "/masuk/akun/",
)
CODES = "/masuk/dua-langkah/cadangan/"
DEMANDING = sorted(set(Role) - {Role.EDITOR, Role.MONITOR, Role.OBSERVER})


@pytest.fixture
def camat(office, siti, clock):
    """Reads cases, and has not set up a second factor."""
    join(siti, office.kapas, Role.HEAD)
    return siti


@pytest.fixture
def enrolled(camat):
    set_up(camat)
    return camat


def half_in(user) -> Client:
    client = Client()
    log_in_by_password(client, user)
    return client


def both(client: Client, user, code: str | None = None):
    log_in(client)
    return client.post(CHALLENGE, {"code": code or code_of(user)})


def shown_secret(client: Client) -> str:
    return soup(client.get(ENROL)).select_one(".receipt dd").get_text()


def enrolling(client: Client, **more):
    """Log in, carry the secret over and send the first code."""
    log_in(client)
    return client.post(ENROL, {"code": code_from(shown_secret(client)), **more})


# Who needs one


@pytest.mark.parametrize("role", DEMANDING)
def test_a_role_that_may_see_cases_or_give_that_right_needs_a_second_factor(office, role):
    client = half_in(member("petugas", office.kapas, role))
    assert client.get("/meja/").url == f"{ENROL}?next=%2Fmeja%2F"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MONITOR, Role.OBSERVER])
def test_a_role_that_sees_no_case_comes_in_by_password(office, role):
    client = half_in(member("petugas", office.kapas, role))
    assert client.get(ACCOUNT).status_code == 200


def test_an_account_without_bounds_needs_a_second_factor(db):
    client = half_in(make_user("akar", is_superuser=True))
    assert client.get("/admin/").url == f"{ENROL}?next=%2Fadmin%2F"


def test_a_role_given_during_a_session_demands_the_factor_at_once(office, siti):
    client = half_in(siti)
    join(siti, office.kapas, Role.OPERATOR)
    assert client.get("/meja/").url.startswith(ENROL)


def test_a_role_that_has_ended_demands_nothing(office, siti):
    join(siti, office.kapas, Role.OPERATOR, valid_until="2021-01-01")
    assert half_in(siti).get(ACCOUNT).status_code == 200


# The gate


@pytest.mark.parametrize(
    "address", ["/meja/", "/meja/pagi/", "/admin/", "/masuk/akun/", "/masuk/ganti-sandi/", "/"]
)
def test_a_password_alone_opens_nothing(camat, address):
    assert half_in(camat).get(address).url.partition("?")[0] == ENROL


@pytest.mark.parametrize("address", ["/meja/", "/admin/"])
def test_having_a_factor_is_not_showing_it(enrolled, address):
    assert half_in(enrolled).get(address).url.partition("?")[0] == AGAIN


@pytest.mark.parametrize("address", ["/masuk/keluar/", "/tema.css", ENROL, "/masuk/pastikan/"])
def test_the_way_out_and_the_way_on_stay_open(camat, address):
    client = Client()
    log_in(client)
    assert client.get(address).status_code == 200


def test_the_address_that_was_wanted_is_kept_whole(camat):
    assert half_in(camat).get("/meja/?tab=semua").url == f"{ENROL}?next=%2Fmeja%2F%3Ftab%3Dsemua"


def test_what_cannot_be_opened_by_a_link_leads_to_work(camat):
    address = half_in(camat).post("/meja/perkara/2026-ADU-KPS-000001/note/", {}).url
    assert address == f"{ENROL}?next={reverse('after_login').replace('/', '%2F')}"


@pytest.mark.parametrize(
    "script",
    [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}, {"HX-Request": "true"}],
)
def test_a_script_is_refused_instead_of_led_on(camat, script):
    assert half_in(camat).get("/meja/", headers=script).status_code == 403


def test_a_page_for_everybody_does_not_vary_by_cookie(client, office):
    assert "Cookie" not in client.get("/unit/").headers.get("Vary", "")


def test_who_comes_in_by_password_costs_one_query_more(office):
    editor = member("penyunting", office.kapas, Role.EDITOR)
    assert queries_of(half_in(editor), ACCOUNT) == queries_of(browser(editor), ACCOUNT) + 1


def test_a_made_up_session_cookie_is_nobody(client, db):
    client.cookies = SimpleCookie({"sessionid": "x" * 32})
    assert client.get("/meja/").url.startswith("/masuk/?")


# Setting it up


def test_who_sets_it_up_goes_on_to_where_they_wanted(client, camat):
    log_in(client)
    codes = client.post(ENROL, {"code": code_from(shown_secret(client)), "next": "/meja/"})
    assert client.post(codes.url, {"next": "/meja/"}).url == "/meja/"
    assert client.get("/meja/").status_code == 200


def test_the_secret_stays_the_same_until_it_is_taken_up(client, camat):
    log_in(client)
    assert shown_secret(client) == shown_secret(client)


def test_the_picture_is_of_our_own_address(client, camat):
    log_in(client)
    (picture,) = soup(client.get(ENROL)).select("main img")
    response = client.get(picture["src"])
    assert (response.headers["Content-Type"], response.content[:4]) == ("image/svg+xml", b"<svg")


def test_the_picture_is_gone_once_it_is_set_up(client, camat):
    enrolling(client)
    assert client.get("/masuk/dua-langkah/qr.svg").status_code == 404


def test_a_wrong_first_code_is_refused_with_advice(client, camat):
    log_in(client)
    response = client.post(ENROL, {"code": "000000"})
    assert response.status_code == 422
    assert response.context["form"].errors["code"] == [
        "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, dan pastikan jam telepon Anda diatur otomatis."
    ]
    assert not Authenticator.objects.exists()


def test_pressing_twice_sets_up_one_factor(client, camat):
    secret = enrolling(client)
    assert (secret.status_code, client.post(ENROL, {"code": "1"}).status_code) == (302, 302)
    assert Authenticator.objects.filter(user=camat, type="totp").count() == 1


def test_an_old_session_says_its_password_again_before_setting_it_up(client, camat, clock):
    log_in(client)
    clock.tick(601)
    assert client.get(ENROL).url.partition("?")[0] == "/masuk/pastikan/"


def test_setting_it_up_ends_every_other_session(client, camat):
    elsewhere = Client()
    log_in(elsewhere)
    enrolling(client)
    assert elsewhere.get(ACCOUNT).url.startswith("/masuk/?")


def test_secrets_at_rest_are_encrypted(client, camat):
    log_in(client)
    secret = shown_secret(client).replace(" ", "")
    pending = str([session.get_decoded() for session in Session.objects.all()])
    client.post(ENROL, {"code": code_from(secret)})
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert (secret in pending, secret in kept, decrypt(kept)) == (False, False, secret)


def test_the_code_that_set_it_up_does_not_open_the_door(client, camat):
    log_in(client)
    code = code_from(shown_secret(client))
    client.post(ENROL, {"code": code})
    both(other := Client(), camat, code)
    assert not is_logged_in(other)


# Being asked for it


def test_password_and_code_open_the_door(client, enrolled):
    both(client, enrolled)
    assert client.get("/meja/").status_code == 200


def test_a_password_without_the_code_logs_nobody_in(client, enrolled):
    assert (log_in(client).url, is_logged_in(client)) == (CHALLENGE, False)


def test_the_page_wanted_is_reached_by_both_steps(client, enrolled):
    client.post("/masuk/?next=/meja/pagi/", {"login": "siti.rahma", "password": "sandi-untuk-uji"})
    assert client.post(CHALLENGE, {"code": code_of(enrolled)}).url == "/meja/pagi/"


@pytest.mark.parametrize(
    "wanted", ["x", "mfa_reauthenticate", "//lain.test/", "https://lain.test/", "javascript:1"]
)
def test_where_the_page_wanted_is_no_path_of_the_portal_it_leads_to_the_usual_one(client, enrolled, wanted):
    client.post(f"/masuk/?next={wanted}", {"login": "siti.rahma", "password": "sandi-untuk-uji"})
    assert client.post(CHALLENGE, {"code": code_of(enrolled)}).url == "/masuk/tujuan/"
    assert client.get(f"{ENROL}?next={wanted}").url == ACCOUNT


def test_a_code_opens_one_door_only(client, enrolled):
    code = code_of(enrolled)
    both(client, enrolled, code)
    other = Client()
    response = both(other, enrolled, code)
    assert (response.status_code, is_logged_in(other)) == (422, False)


@pytest.mark.parametrize("ahead", [-1, 1])
def test_a_neighbouring_code_does_not_count(client, enrolled, ahead):
    assert both(client, enrolled, code_of(enrolled, ahead=ahead)).status_code == 422


@pytest.mark.parametrize("code", ["", "abc", "１２３４５６", "9" * 5000, "\0"])
def test_an_odd_code_is_refused_beside_its_field(client, enrolled, code):
    log_in(client)
    response = client.post(CHALLENGE, {"code": code})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])


def test_after_five_wrong_codes_the_right_one_rests_too(client, enrolled):
    log_in(client)
    for _ in range(5):
        client.post(CHALLENGE, {"code": "000000"})
    assert client.post(CHALLENGE, {"code": code_of(enrolled)}).status_code == 429


def test_wrong_codes_are_counted_whatever_the_network(enrolled):
    answers = []
    for number in range(6):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        log_in(client)
        answers.append(client.post(CHALLENGE, {"code": "000000"}).status_code)
    assert answers == [422] * 5 + [429]


def test_the_question_for_a_code_tells_strangers_nothing(client, enrolled):
    assert client.get(CHALLENGE).url == "/masuk/"


def test_who_gives_up_at_the_code_may_come_as_somebody_else(client, enrolled):
    log_in(client)
    client.post("/masuk/keluar/", {"next": "/masuk/"})
    assert client.get("/masuk/").status_code == 200


def test_whose_factor_is_reset_while_they_wait_is_not_sent_in_circles(client, enrolled):
    log_in(client)
    Authenticator.objects.all().delete()
    response = client.get(CHALLENGE, follow=True)
    assert (response.redirect_chain, response.status_code) == ([("/masuk/", 302)], 200)


def test_a_session_from_before_goes_on_after_showing_a_code(enrolled):
    client = half_in(enrolled)
    assert client.post(AGAIN, {"code": code_of(enrolled), "next": "/meja/"}).url == "/meja/"
    assert client.get("/meja/").status_code == 200


def test_who_has_a_factor_cannot_say_their_password_instead(enrolled):
    assert half_in(enrolled).get("/masuk/pastikan/").url == AGAIN


# Backup codes


def backup_codes(client: Client) -> list[str]:
    return [code.get_text() for code in soup(client.get(CODES)).select(".receipt dd")]


def test_a_backup_code_opens_the_door_once(client, camat):
    enrolling(client)
    code = backup_codes(client)[0]
    first, second = Client(), Client()
    both(first, camat, code)
    both(second, camat, code)
    assert (is_logged_in(first), is_logged_in(second)) == (True, False)


def test_the_account_tells_how_many_backup_codes_are_left(client, camat):
    enrolling(client)
    code = backup_codes(client)[0]
    both(other := Client(), camat, code)
    assert "Sisa kode cadangan: 9 dari 10." in words(other.get(ACCOUNT))


def test_backup_codes_are_shown_until_they_are_kept_and_never_again(client, camat):
    enrolling(client)
    shown, again = backup_codes(client), backup_codes(client)
    client.post(CODES)
    assert (len(shown), again, client.get(CODES).url) == (10, shown, ACCOUNT)


def test_another_session_is_not_shown_the_backup_codes(client, camat, clock):
    enrolling(client)
    clock.tick(30)
    both(other := Client(), camat)
    assert (other.get(CODES).url, other.get(f"{CODES}unduh/").status_code) == (ACCOUNT, 404)


def test_the_file_of_backup_codes_holds_what_was_shown(client, camat):
    enrolling(client)
    shown = backup_codes(client)
    file = client.get(f"{CODES}unduh/")
    assert (re.findall(r"^\d{4} \d{4}$", file.text, re.MULTILINE), file.headers["Content-Disposition"]) == (
        shown,
        'attachment; filename="kode-cadangan.txt"',
    )


def test_new_backup_codes_void_the_old_ones(client, camat):
    enrolling(client)
    old = backup_codes(client)
    client.post(f"{CODES}baru/")
    new = backup_codes(client)
    both(other := Client(), camat, old[0])
    assert (set(old) & set(new), is_logged_in(other)) == (set(), False)


# Giving it back


def test_changing_the_phone_needs_a_code_again_after_a_while(client, enrolled, clock):
    both(client, enrolled)
    clock.tick(601)
    assert client.get(f"{ENROL}hapus/").url.partition("?")[0] == AGAIN


def test_who_needs_a_factor_sets_up_the_next_one_at_once(client, enrolled):
    both(client, enrolled)
    assert client.post(f"{ENROL}hapus/").url == ENROL
    assert client.get("/meja/").url.startswith(ENROL)


def test_giving_the_factor_back_voids_its_backup_codes_and_ends_other_sessions(client, enrolled, clock):
    both(client, enrolled)
    clock.tick(30)
    both(elsewhere := Client(), enrolled)
    client.post(f"{ENROL}hapus/")
    assert (Authenticator.objects.count(), is_logged_in(elsewhere)) == (0, False)


def test_looking_at_the_page_gives_nothing_back(client, enrolled):
    both(client, enrolled)
    client.get(f"{ENROL}hapus/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_who_needs_no_factor_may_have_one_and_give_it_back(client, siti, clock):
    enrolling(client)
    assert client.post(f"{ENROL}hapus/").url == ACCOUNT
    assert client.get(ACCOUNT).status_code == 200


# The pages themselves


@pytest.mark.parametrize("address", [ENROL, CODES, f"{ENROL}hapus/", f"{CODES}baru/", ACCOUNT])
def test_pages_carry_nothing_inline(client, camat, address):
    if address == ENROL:
        log_in(client)
    else:
        enrolling(client)
    page = client.get(address)
    assert (page.status_code, inline_code(page.text)) == (200, [])


@pytest.mark.parametrize("address", [CHALLENGE, AGAIN])
def test_pages_that_ask_for_a_code_carry_nothing_inline(enrolled, address):
    client = Client()
    if address == CHALLENGE:
        log_in(client)
    else:
        log_in_by_password(client, enrolled)
    page = client.get(address)
    assert (page.status_code, inline_code(page.text)) == (200, [])


def test_the_desk_and_the_admin_lead_to_the_account(office, client):
    desk = browser(member("operator", office.kapas, Role.OPERATOR)).get("/meja/")
    assert soup(desk).select_one(f".nav a[href='{ACCOUNT}']").get_text() == "Akun"
