"""Heads and operators are asked by mail whether contacts still hold; a look confirms nothing, a button does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cases.models import OutboxMessage
from cases.services.outbox import deliver_due
from home.models import PortalSettings
from opd_pages.confirmation_links import GOOD_FOR_SECONDS, confirmation_link
from opd_pages.models import Confirmation, ConfirmationRequest, Membership, Role
from opd_pages.services.confirmation_requests import ask_for_confirmations, people_to_ask, rounds_due
from opd_pages.services.contacts import confirm
from tests.factories import make_user, member

from .conftest import add_contact, published


@pytest.fixture
def head(office):
    return member("camat.kapas", office.kapas, Role.HEAD)


def aged(unit, days: int) -> Confirmation:
    """The unit's confirmation, as if it had been made so many days ago."""
    confirmation = Confirmation.objects.get(sheet__unit=unit)
    confirmation.confirmed_at = timezone.now() - timedelta(days=days)
    confirmation.save()
    return confirmation


def asked() -> int:
    return ask_for_confirmations(timezone.now())


def path(confirmation: Confirmation, person) -> str:
    return "/" + confirmation_link(confirmation, person).split("/", 3)[3]


@pytest.mark.parametrize(
    ("age", "rounds"),
    [(82, 0), (83, 1), (90, 1), (91, 2), (104, 2), (105, 3), (118, 3), (119, 4), (900, 4)],
)
def test_somebody_is_asked_a_week_ahead_then_after_the_day_and_two_times_more(age, rounds):
    now = timezone.now()
    assert rounds_due(now - timedelta(days=age), now, 90) == rounds


def test_an_office_that_asks_every_week_asks_not_on_the_day_itself():
    now = timezone.now()
    assert [rounds_due(now - timedelta(days=age), now, 7) for age in (0, 3, 4, 8)] == [0, 0, 1, 2]


def test_head_and_operator_are_asked_once_however_often_the_worker_looks(kapas, head, operator):
    aged(kapas, 84)
    assert [asked(), asked()] == [1, 0]
    assert {row.recipient for row in OutboxMessage.objects.all()} == {head, operator}


def test_after_weeks_without_a_worker_each_is_asked_once(kapas, head, operator):
    aged(kapas, 120)
    asked()
    assert OutboxMessage.objects.count() == 2
    assert [request.round for request in ConfirmationRequest.objects.all()] == [4]


def test_fresh_contacts_and_units_that_never_published_ask_nobody(office, kapas, head, operator):
    aged(kapas, 30)
    assert (asked(), OutboxMessage.objects.count()) == (0, 0)


def test_a_unit_with_nobody_is_asked_about_at_the_unit_above(office, kapas, head, operator):
    assert people_to_ask(office.bakalan) == [operator, head] or people_to_ask(office.bakalan) == [
        head,
        operator,
    ]
    village_head = member("kades", office.bakalan, Role.HEAD)
    assert people_to_ask(office.bakalan) == [village_head]


def test_who_left_is_not_asked(kapas, head, operator):
    Membership.objects.filter(user=head).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert people_to_ask(kapas) == [operator]


def test_the_mail_names_unit_and_day_and_leads_to_the_page(kapas, head, operator, settings):
    settings.PUBLIC_URL = "https://portal.test"
    aged(kapas, 84)
    asked()
    deliver_due()
    sent = next(message for message in mail.outbox if message.to == [head.email])
    assert "Kecamatan Kapas" in sent.subject
    assert "https://portal.test/kontak/konfirmasi/" in sent.body
    assert "{" not in sent.subject + sent.body


def test_no_mail_goes_out_once_somebody_has_confirmed_or_left(kapas, head, operator):
    aged(kapas, 84)
    asked()
    Membership.objects.filter(user=operator).update(valid_until=timezone.localdate() - timedelta(days=1))
    deliver_due()
    assert [message.to for message in mail.outbox] == [[head.email]]
    aged(kapas, 92)
    asked()
    confirm(kapas, head)
    deliver_due()
    assert len(mail.outbox) == 1


def test_nothing_is_lost_while_the_mail_server_is_down(kapas, head, operator, settings):
    aged(kapas, 84)
    settings.EMAIL_BACKEND = "home.mail_server.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    asked()
    deliver_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_due(now=timezone.now() + timedelta(hours=1))
    assert len(mail.outbox) == 2


# The link


def test_opening_the_link_shows_the_contacts_and_confirms_nothing(client, kapas, head):
    link = path(aged(kapas, 84), head)
    for look in (client.get, client.head, client.get):
        assert look(link).status_code == 200
    assert "0353 881 826" in client.get(link).content.decode()
    assert Confirmation.objects.count() == 1


def test_the_button_confirms_in_the_person_s_name_without_a_log_in(client, kapas, head):
    link = path(aged(kapas, 84), head)
    shown = client.get(link).context["content_hash"]
    assert client.post(link, {"isi": shown}).url == link
    assert Confirmation.objects.first().confirmed_by == head
    assert "Kontak sudah dikonfirmasi" in client.get(link).content.decode()


def test_a_second_press_confirms_nothing_more(client, kapas, head):
    link = path(aged(kapas, 84), head)
    shown = client.get(link).context["content_hash"]
    for _press in range(2):
        client.post(link, {"isi": shown})
    assert Confirmation.objects.count() == 2


def test_the_link_publishes_no_change_that_waits_at_the_desk(client, kapas, head):
    link = path(aged(kapas, 84), head)
    add_contact(kapas, "sms", "0811 3000 1234")
    page = client.get(link)
    client.post(link, {"isi": page.context["content_hash"]})
    assert (published(kapas), Confirmation.objects.count()) == (["+62353881826"], 1)
    assert "Ada perubahan yang belum diterbitkan." in page.content.decode()


def test_contacts_that_changed_under_the_reader_s_eyes_are_not_confirmed(client, kapas, head):
    link = path(aged(kapas, 84), head)
    assert client.post(link, {"isi": "x" * 64}).status_code == 409
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "W10:1abc:defg"])
def test_a_forged_link_opens_nothing(client, kapas, token):
    assert client.get(f"/kontak/konfirmasi/{token}/").status_code == 410


def test_a_link_grows_old(client, kapas, head, monkeypatch):
    link = path(aged(kapas, 84), head)
    real = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + GOOD_FOR_SECONDS + 5)
    assert client.get(link).status_code == 410


def test_the_link_of_somebody_who_left_or_whose_account_is_closed_opens_nothing(client, kapas, head):
    confirmation = aged(kapas, 84)
    stranger = make_user("orang.lain")
    assert client.get(path(confirmation, stranger)).status_code == 410
    head.is_active = False
    head.save()
    assert client.get(path(confirmation, head)).status_code == 410


def test_the_office_says_how_often_it_asks(kapas, head, operator):
    PortalSettings.objects.update_or_create(defaults={"confirm_contacts_every_days": 30})
    aged(kapas, 24)
    assert asked() == 1
