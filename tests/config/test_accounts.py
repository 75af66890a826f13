import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_q.models import OrmQ

from home.registry import Registry
from opd_pages.models import Role
from tests.factories import join, make_user
from tests.second_factor import set_up

PASSWORD = "sandi-untuk-uji"


@pytest.fixture
def administrator(siti):
    siti.is_superuser = True
    siti.save()
    return siti


def log_in(client, name="siti.rahma", password=PASSWORD, **extra):
    return client.post("/masuk/", {"login": name, "password": password}, **extra)


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


# Logging in


def test_the_right_name_and_password_open_the_door(client, siti):
    log_in(client)
    assert client.session["_auth_user_id"] == str(siti.pk)


def test_a_name_is_known_whatever_the_size_of_its_letters(client, siti):
    log_in(client, " Siti.Rahma ")
    assert is_logged_in(client)


def test_an_email_address_is_not_a_name(client, siti):
    log_in(client, siti.email)
    assert not is_logged_in(client)


def test_logging_in_leaves_the_session_of_before(client, siti):
    before = client.session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_keeps_the_name_typed_and_drops_the_password(client, siti):
    response = log_in(client, password="salah-sekali")
    assert response.context["form"]["login"].value() == "siti.rahma"
    assert b"salah-sekali" not in response.content


def test_a_wrong_password_says_what_to_check(client, siti):
    response = log_in(client, password="salah")
    assert response.context["form"].non_field_errors() == [
        "Nama pengguna dan kata sandi tidak cocok. Periksa kembali keduanya."
    ]


@pytest.mark.parametrize("typed", [{}, {"login": "siti.rahma"}, {"login": "a" * 5000, "password": "\0"}])
def test_an_incomplete_log_in_is_refused_beside_its_fields(client, siti, typed):
    response = client.post("/masuk/", typed)
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [])


# What a stranger can learn


def answer(client, name, password):
    response = log_in(client, name, password)
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content).replace(
        name.encode(), b"NAME"
    )
    return response.status_code, body


def test_an_unknown_name_is_answered_like_a_wrong_password(client, siti):
    assert answer(client, "tidak.ada", "salah") == answer(client, "siti.rahma", "salah")


def test_a_closed_account_is_answered_like_a_wrong_password_even_with_the_right_one(client, siti):
    siti.is_active = False
    siti.save()
    assert answer(client, "siti.rahma", PASSWORD) == answer(client, "tidak.ada", PASSWORD)


@pytest.mark.parametrize("name", ["siti.rahma", "tidak.ada", "tanpa.sandi", "dua.langkah"])
def test_a_password_is_hashed_once_whatever_the_name(client, siti, name, monkeypatch):
    without = make_user("tanpa.sandi")
    without.set_unusable_password()
    without.save()
    set_up(make_user("dua.langkah"))
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    log_in(client, name, "salah")
    assert len(hashed) == 1


def test_a_wrong_password_does_not_tell_who_has_a_second_factor(client, siti):
    set_up(siti)
    assert answer(client, "siti.rahma", "salah") == answer(client, "tidak.ada", "salah")


def test_asking_for_a_link_is_answered_alike_for_known_and_unknown_addresses(client, siti):
    answers = []
    for email in (siti.email, "tidak.ada@contoh.test"):
        response = client.post("/masuk/lupa-sandi/", {"email": email}, follow=True)
        answers.append((response.redirect_chain, response.content, OrmQ.objects.count()))
    (known, page, queued), (unknown, other_page, then_queued) = answers
    assert (known, page, queued) == (unknown, other_page, then_queued - 1)


# Too many attempts


def fail(client, times, name="siti.rahma", **extra):
    return [log_in(client, name, "salah", **extra).status_code for _ in range(times)]


def test_after_five_failures_a_name_rests_and_says_so(client, siti):
    fail(client, 5)
    response = log_in(client, password="salah")
    assert (response.status_code, response.context["form"].non_field_errors()) == (
        429,
        ["Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."],
    )


def test_a_resting_name_refuses_the_right_password_too(client, siti):
    fail(client, 5)
    log_in(client)
    assert not is_logged_in(client)


def test_an_unknown_name_rests_like_a_known_one(client, siti):
    assert fail(client, 6, "tidak.ada") == fail(client, 6, REMOTE_ADDR="10.0.0.2")


def test_right_passwords_of_a_closed_account_are_failures_too(client, siti):
    siti.is_active = False
    siti.save()
    assert [log_in(client).status_code for _ in range(6)] == [422] * 5 + [429]


def test_logging_in_does_not_clear_the_failures_before(client, siti):
    fail(client, 4)
    log_in(client)
    assert fail(Client(), 2) == [422, 429]


def test_a_made_up_port_in_the_host_starts_no_new_count(client, siti):
    codes = [fail(client, 1, HTTP_HOST=f"localhost:{port}")[0] for port in range(1, 7)]
    assert codes == [422] * 5 + [429]


def test_a_stranger_cannot_lock_the_owner_out(client, siti):
    fail(Client(), 20, REMOTE_ADDR="10.0.0.2")
    log_in(client, REMOTE_ADDR="10.0.0.3")
    assert is_logged_in(client)


def test_who_changes_their_address_within_a_home_network_keeps_their_count(client, siti):
    codes = [fail(client, 1, REMOTE_ADDR=f"2001:db8:1:1::{number}")[0] for number in range(1, 7)]
    assert codes == [422] * 5 + [429]


@pytest.mark.parametrize("name", ["siti.rahma", "tidak.ada"])
def test_a_name_rests_when_a_whole_crowd_of_networks_tries_it(client, siti, name):
    codes = [fail(client, 1, name, REMOTE_ADDR=f"10.0.1.{number}")[0] for number in range(101)]
    assert codes == [422] * 100 + [429]


def test_one_line_with_many_networks_of_ipv6_is_one_and_locks_nobody_out(client, siti):
    codes = [fail(client, 1, REMOTE_ADDR=f"2001:db8:7:{number:x}::1")[0] for number in range(100)]
    assert codes == [422] * 5 + [429] * 95
    assert log_in(client, REMOTE_ADDR="2001:db8:8::1").status_code == 302


def test_one_address_cannot_try_a_list_of_names(client, siti):
    codes = [fail(client, 1, f"nama{number}")[0] for number in range(31)]
    assert codes == [422] * 30 + [429]


def refused_for_their_network(client, password: str) -> list[str]:
    response = log_in(client, password=password)
    assert (response.status_code, is_logged_in(client)) == (429, False)
    return response.context["form"].non_field_errors()


def test_ten_wrong_names_from_an_office_shut_nobody_else_out(client, siti):
    for number in range(10):
        fail(Client(), 1, f"nama{number}")
    assert log_in(client).status_code == 302


def test_a_network_that_rests_lets_in_only_who_came_in_from_it_before(client, siti):
    home = {"REMOTE_ADDR": "10.0.0.9"}
    assert log_in(Client(), **home).status_code == 302
    for number in range(30):
        fail(client, 1, f"nama{number}")
        fail(client, 1, f"nama{number}", **home)
    told = ["Terlalu banyak percobaan dari jaringan ini. Tunggu satu menit, lalu coba lagi."]
    assert refused_for_their_network(client, PASSWORD) == told
    assert log_in(Client(), **home).status_code == 302


def test_a_network_that_rests_tells_nobody_who_came_in_from_it_before(client, siti):
    assert log_in(Client()).status_code == 302
    for number in range(30):
        fail(client, 1, f"nama{number}")
    known, unknown = (log_in(client, name, "salah") for name in ("siti.rahma", "tidak.ada"))
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert (known.status_code, unknown.status_code) == (429, 429)


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(client, siti, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    codes = [
        fail(client, 1, f"nama{number}", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 36.72.1.1")[0]
        for number in range(31)
    ]
    assert codes == [422] * 30 + [429]


def test_without_a_proxy_a_forwarded_address_is_not_believed(client, siti):
    codes = [
        fail(client, 1, f"nama{number}", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")[0] for number in range(31)
    ]
    assert codes == [422] * 30 + [429]


def test_asking_for_links_too_often_is_told_in_words(client, siti):
    for _ in range(5):
        client.post("/masuk/lupa-sandi/", {"email": siti.email})
    response = client.post("/masuk/lupa-sandi/", {"email": siti.email})
    assert (response.status_code, "Tunggu satu menit, lalu coba lagi." in response.text) == (
        429,
        True,
    )


# Where people go afterwards


def test_people_return_to_the_page_they_came_for(client, siti):
    response = client.post("/masuk/?next=/meja/", {"login": "siti.rahma", "password": PASSWORD})
    assert response.headers["Location"] == "/meja/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://jahat.test/",
        "//jahat.test/",
        "/\\jahat.test/",
        "https:jahat.test",
        "javascript:alert(1)",
        "http://[jahat",
        "\t//jahat.test",
        "https://localhost/",
    ],
)
def test_nobody_is_sent_to_another_host(client, siti, elsewhere):
    response = client.post("/masuk/", {"login": "siti.rahma", "password": PASSWORD, "next": elsewhere})
    assert response.headers["Location"] == reverse("after_login")


def test_the_first_room_that_expects_somebody_receives_them(client, siti, monkeypatch):
    rooms = Registry()
    rooms.enter(lambda user: None, order=1)
    rooms.enter(lambda user: f"/meja/{user.username}/", order=2)
    rooms.enter(lambda user: "/lain/", order=3)
    monkeypatch.setattr("home.views.landing_pages", rooms)
    client.force_login(siti)
    assert client.get(reverse("after_login")).headers["Location"] == "/meja/siti.rahma/"


def test_an_editor_without_a_desk_starts_at_the_pages(client, administrator, monkeypatch):
    monkeypatch.setattr("home.views.landing_pages", Registry())
    client.force_login(administrator)
    assert client.get(reverse("after_login")).headers["Location"] == reverse("wagtailadmin_home")


def test_somebody_without_any_role_is_told_whom_to_ask(client, siti, monkeypatch):
    monkeypatch.setattr("home.views.landing_pages", Registry())
    client.force_login(siti)
    assert "account/no_role.html" in [
        template.name for template in client.get(reverse("after_login")).templates
    ]


def test_whose_role_has_no_desk_yet_is_not_told_that_nobody_registered_them(client, office, siti):
    join(siti, office.regency, Role.OBSERVER)
    client.force_login(siti)
    told = client.get(reverse("after_login")).content.decode()
    assert "atau perannya belum punya halaman kerja" in told


def test_somebody_whose_page_is_closed_is_not_sent_in_circles(client, office, siti):
    join(siti, office.kapas, Role.OPERATOR)
    client.force_login(siti)
    response = client.get("/admin/", follow=True)
    assert (response.redirect_chain, response.templates[0].name) == (
        [("/masuk/?next=/admin/", 302)],
        "account/already_in.html",
    )


def test_a_closed_page_leaves_no_message_behind_for_the_next_person(client, siti):
    client.force_login(siti)
    client.get("/admin/", follow=True)
    assert client.cookies["messages"].value == ""


def test_somebody_logged_in_who_opens_the_log_in_page_goes_to_work(client, siti):
    client.force_login(siti)
    assert client.get("/masuk/").headers["Location"] == reverse("after_login")


# Logging out


def test_looking_at_the_log_out_page_logs_nobody_out(client, siti):
    client.force_login(siti)
    client.get("/masuk/keluar/")
    assert is_logged_in(client)


@pytest.mark.parametrize("address", ["/masuk/keluar/", "/admin/logout/"])
def test_logging_out_leaves_nothing_in_the_browser(client, siti, address):
    log_in(client)
    client.post(address)
    kept = {name for name, cookie in client.cookies.items() if cookie.value}
    assert kept - {"csrftoken"} == set()


# Wagtail's own doors


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/admin/", "/masuk/?next=/admin/"),
        ("/admin/pages/", "/masuk/?next=/admin/pages/"),
        ("/admin/login/", "/masuk/"),
        ("/admin/login/?next=/admin/pages/", "/masuk/?next=/admin/pages/"),
        ("/_util/login/?next=/rapat/", "/masuk/?next=/rapat/"),
        ("/admin/password_reset/", "/masuk/lupa-sandi/"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "/masuk/lupa-sandi/"),
    ],
)
def test_wagtails_doors_lead_to_ours(client, db, address, shown):
    assert client.get(address).headers["Location"] == shown


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_the_right_password_opens_none_of_wagtails_doors(client, administrator, address):
    client.post(address, {"username": "siti.rahma", "password": PASSWORD, "next": "/admin/"})
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    "address", ["/_util/authenticate_with_password/1/1/", "/documents/authenticate_with_password/1/"]
)
def test_a_password_shared_by_readers_is_not_offered(client, db, address):
    assert client.post(address, {"password": "x", "return_url": "/"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "account_inactive"]
)
def test_nobody_can_sign_up_or_manage_addresses(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# The pages themselves


@pytest.mark.parametrize(
    "address", ["/masuk/", "/masuk/lupa-sandi/", "/masuk/lupa-sandi/terkirim/", "/masuk/lupa-sandi/1-a/"]
)
def test_pages_before_the_door_carry_nothing_inline(client, db, address):
    assert inline_code(client.get(address).text) == []


@pytest.mark.parametrize(
    "address",
    [
        "/masuk/keluar/",
        "/masuk/ganti-sandi/",
        "/masuk/ganti-sandi/selesai/",
        "/masuk/pastikan/",
        "/masuk/?next=/admin/",
        "/masuk/akun/",
        "/masuk/dua-langkah/",
    ],
)
def test_pages_behind_the_door_carry_nothing_inline(client, siti, address):
    client.force_login(siti)
    assert inline_code(client.get(address).text) == []


def inline_code(html: str) -> list[str]:
    return re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html)
