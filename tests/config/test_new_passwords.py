import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from cases.admin.stuck_messages import listed
from cases.models import OutboxMessage
from cases.services.outbox import BACK_OFF, deliver_due, retry, stuck_messages
from config.accounts_mail import ask_for_reset_links
from config.health import messages
from tests.factories import make_user

PASSWORD = "sandi-untuk-uji"
CHANGED = "kunci-gudang-besar-7"


def log_in(browser, password: str) -> bool:
    """Whether it opened the door."""
    browser.post("/masuk/", {"login": "siti.rahma", "password": password})
    return "_auth_user_id" in browser.session


def mail_reset_links(email: str) -> None:
    """As the worker does: written down, and sent by its next sweep."""
    ask_for_reset_links(email)
    deliver_due()


def reset_link(email="siti.rahma@contoh.test") -> str:
    """The path in the last mail that this address received."""
    mail_reset_links(email)
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_a_link_is_mailed_in_indonesian_and_names_the_account(siti, settings):
    settings.PUBLIC_URL = "https://bojonegoro.contoh.test"
    mail_reset_links(siti.email)
    message = mail.outbox[0]
    assert (message.to, message.subject) == ([siti.email], "Kata sandi baru untuk portal Kabupaten")
    assert "Yth. Siti Rahma,\n" in message.body
    assert "Nama pengguna Anda: siti.rahma\n" in message.body
    assert re.search(r"\nhttps://bojonegoro\.contoh\.test/masuk/lupa-sandi/\S+/\n", message.body)


def test_a_name_with_an_apostrophe_stays_as_written(siti):
    siti.first_name, siti.last_name = "Ma'ruf", "& Rekan"
    siti.save()
    mail_reset_links(siti.email)
    assert mail.outbox[0].body.splitlines()[0] == "Yth. Ma'ruf & Rekan,"


def test_every_account_of_a_shared_address_gets_a_link_of_its_own(siti):
    make_user("budi.s", email=siti.email)
    mail_reset_links(siti.email)
    assert sorted(re.findall(r"Nama pengguna Anda: (\S+)", "".join(m.body for m in mail.outbox))) == [
        "budi.s",
        "siti.rahma",
    ]


def test_an_unknown_address_is_sent_nothing(siti):
    mail_reset_links("tidak.ada@contoh.test")
    assert mail.outbox == []


def test_a_closed_account_is_sent_nothing(siti):
    siti.is_active = False
    siti.save()
    mail_reset_links(siti.email)
    assert mail.outbox == []


def test_an_address_taken_off_an_account_is_sent_nothing(client, siti):
    former = siti.email
    client.get(reset_link(former))
    siti.email = "baru@contoh.test"
    siti.save()
    mail.outbox.clear()
    mail_reset_links(former)
    assert mail.outbox == []


def test_a_link_goes_to_the_address_on_record_not_to_the_one_typed(siti):
    mail_reset_links("SITI.rahma@CONTOH.test")
    assert mail.outbox[0].to == ["siti.rahma@contoh.test"]


def test_the_link_leads_to_a_new_password(client, siti):
    page = client.get(reset_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": CHANGED, "password2": CHANGED})
    assert log_in(client, CHANGED)


def test_opening_the_link_changes_nothing(client, siti):
    client.get(reset_link(), follow=True)
    assert log_in(client, PASSWORD)


def test_the_key_does_not_stay_in_the_address(client, siti):
    link = reset_link()
    page = client.get(link, follow=True)
    assert page.request["PATH_INFO"] == re.sub(r"(/[0-9a-z]+)-[^/]+/$", r"\1-baru/", link)


def test_who_resets_their_password_need_not_wait_for_failures_before(client, siti):
    for _ in range(6):
        log_in(client, "salah")
    page = client.get(reset_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": CHANGED, "password2": CHANGED})
    assert log_in(client, CHANGED)


def test_a_link_works_once(client, siti):
    link = reset_link()
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": CHANGED, "password2": CHANGED})
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "token", ["1-abc", "zzzzzzzzzzzzz-abc-def", "99999999999999999999-x", "0-baru", "1-%00"]
)
def test_a_broken_link_offers_a_new_one(client, siti, token):
    response = client.get(f"/masuk/lupa-sandi/{token}/")
    assert (response.status_code, "Minta tautan baru" in response.text) == (410, True)


def test_two_different_new_passwords_are_refused_with_a_reason(client, siti):
    page = client.get(reset_link(), follow=True)
    response = client.post(page.request["PATH_INFO"], {"password1": CHANGED, "password2": CHANGED + "x"})
    assert (response.status_code, response.context["form"].errors["password2"]) == (
        422,
        ["Anda harus mengetikkan kata sandi yang sama setiap kali."],
    )


def test_the_hint_beside_a_new_password_tells_the_length_asked_for(client, siti):
    page = client.get(reset_link(), follow=True)
    assert page.context["form"]["password1"].help_text == (
        "Paling sedikit 10 karakter, bukan kata sandi yang umum, dan tidak mirip nama Anda."
    )


def test_changing_the_password_needs_the_present_one(client, siti):
    client.force_login(siti)
    response = client.post(
        "/masuk/ganti-sandi/", {"oldpassword": "salah", "password1": CHANGED, "password2": CHANGED}
    )
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"oldpassword": ["Kata sandi saat ini tidak cocok."]},
    )


def test_changing_the_password_ends_every_other_session(client, siti):
    elsewhere = Client()
    log_in(elsewhere, PASSWORD)
    log_in(client, PASSWORD)
    client.post("/masuk/ganti-sandi/", {"oldpassword": PASSWORD, "password1": CHANGED, "password2": CHANGED})
    assert [browser.get("/masuk/ganti-sandi/").status_code for browser in (client, elsewhere)] == [200, 302]


# --- When no mail goes out --------------------------------------------------------------------------------------------


@pytest.fixture
def mail_is_down(monkeypatch):
    def refuse(*_args, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)


def stuck_link(siti) -> OutboxMessage:
    """Asked for an hour ago, and tried as often as it takes to stand among the stuck."""
    ask_for_reset_links(siti.email)
    now = timezone.now()
    OutboxMessage.objects.update(created_at=now - timedelta(hours=1))
    for pause in BACK_OFF[:4]:
        deliver_due(now=now)
        now += pause
    return OutboxMessage.objects.get()


def test_a_link_that_does_not_go_out_is_seen_by_the_administrators_and_makes_health_red(siti, mail_is_down):
    row = stuck_link(siti)
    (seen,) = listed()
    assert (seen.row, seen.title, seen.to, seen.cause) == (
        row, "Kata sandi baru", str(siti), "Server surel tidak menjawab",
    )  # fmt: skip
    assert messages(timezone.now()).is_well is False


def test_no_link_is_kept_until_it_is_sent(siti, mail_is_down):
    kept = [str(value) for value in vars(stuck_link(siti)).values()]
    assert [value for value in kept if "lupa-sandi" in value or siti.email in value] == []


def test_a_link_that_is_sent_again_leads_to_a_new_password(client, siti, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(EmailMessage, "send", lambda letter: 1 / 0)
        row = stuck_link(siti)
    retry(row)
    deliver_due()
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    assert (client.get(link, follow=True).status_code, list(stuck_messages())) == (200, [])


def test_what_was_asked_for_too_long_ago_is_not_sent_any_more(siti, settings):
    ask_for_reset_links(siti.email)
    long_ago = timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    OutboxMessage.objects.update(created_at=long_ago)
    deliver_due()
    assert (mail.outbox, OutboxMessage.objects.get().dropped_at is None) == ([], False)


def test_who_came_in_meanwhile_is_sent_none(client, siti):
    ask_for_reset_links(siti.email)
    log_in(client, PASSWORD)
    deliver_due()
    assert mail.outbox == []
