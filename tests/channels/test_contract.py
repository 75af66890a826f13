"""One contract for every channel: sent once is seen once, a time-out is tried again, a wrong address is never again."""

import socket
from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused

import pytest

from cases.admin.stuck_messages import listed
from cases.channels import AddressRefused, Channel, Message, Reachable, channels
from cases.channels.mail import Mail, not_sent
from cases.models import Case, IdentityMode, MessageTemplate, OutboxMessage
from cases.services.outbox import (
    BACK_OFF,
    CALL_REPORTER,
    STUCK_AFTER_TRIES,
    deliver_due,
    retry,
    stuck_messages,
)
from cases.services.receipt import Identity
from tests.pengaduan.desk import Desk
from tests.pengaduan.steps import later

from .fakes import Sms, Telegram, Telephone, WhatsApp
from .far_side import FarSide
from .mail_server import KeptMail, MailServer

NOW = later(hours=1)
EMAIL, PHONE = "warga@contoh.test", "+62812345678"
CHAT = "907"


@pytest.fixture
def desk(office) -> Desk:
    return Desk.at_kapas(office)


@pytest.fixture
def far() -> FarSide:
    return FarSide()


@pytest.fixture(params=["kept mail", "mail server", "whatsapp", "sms", "telephone", "telegram"])
def channel(request, far, settings, monkeypatch) -> Iterator[Channel]:
    """The only one there is."""
    if request.param == "kept mail":
        monkeypatch.setattr(KeptMail, "far", far)
        settings.EMAIL_BACKEND = f"{KeptMail.__module__}.KeptMail"
        yield the_only(Mail(), monkeypatch=monkeypatch)
    elif request.param == "mail server":
        with MailServer(far) as server:
            settings.EMAIL_BACKEND = "home.mail_server.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
            settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
            settings.EMAIL_HOST_USER = ""
            yield the_only(Mail(), monkeypatch=monkeypatch)
    elif request.param == "telegram":
        yield the_only(Telegram(far, {PHONE: CHAT}), monkeypatch=monkeypatch)
    else:
        fake = {"whatsapp": WhatsApp, "sms": Sms, "telephone": Telephone}[request.param]
        yield the_only(fake(far), monkeypatch=monkeypatch)


def the_only(*known: Channel, monkeypatch) -> Channel:
    monkeypatch.setattr(channels, "_entries", list(enumerate(known)))
    return known[0]


def reported(desk: Desk, *, email: str = "", phone: str = "") -> Case:
    """A report whose reporter is to be told that it came; nobody else is written to."""
    case = desk.receive(identity=Identity(IdentityMode.NAMED, "Warga Uji", phone, email))
    OutboxMessage.objects.filter(to_reporter=False).delete()
    return case


def reached_by(desk: Desk, channel: Channel) -> Case:
    """A reporter who left nothing but what this channel needs."""
    return reported(desk, **{"email": EMAIL} if isinstance(channel, Mail) else {"phone": PHONE})


def calls(case: Case) -> int:
    return case.tasks.filter(step=CALL_REPORTER, done_at=None).count()


def test_what_is_sent_once_is_there_once_with_no_word_changed(desk, channel, far):
    MessageTemplate.objects.filter(code="complaint_received").update(
        subject="Laporan {number}",
        body="Yth. warga – “terima kasih”.\n.\n{number}\n" + "Kami baca. " * 40 + ".",
    )
    case = reached_by(desk, channel)
    while deliver_due(now=NOW):
        pass
    ((_key, _address, subject, parts),) = far.taken
    expected = f"Yth. warga – “terima kasih”.\n.\n{case.number}\n" + "Kami baca. " * 40 + "."
    assert "".join(parts) == expected
    assert subject in ("", f"Laporan {case.number}")
    assert (case.messages.get().sent_at, calls(case)) == (NOW, 0)


def test_who_cannot_be_had_now_is_tried_again_after_a_pause(desk, channel, far):
    case = reached_by(desk, channel)
    far.away = 2
    assert deliver_due(now=NOW) == 1
    row = case.messages.get()
    assert (far.taken, row.tries, row.next_try_at) == ([], 1, NOW + BACK_OFF[0])
    assert deliver_due(now=NOW) == 0
    deliver_due(now=row.next_try_at)
    row.refresh_from_db()
    assert row.next_try_at == NOW + BACK_OFF[0] + BACK_OFF[1]
    deliver_due(now=row.next_try_at)
    assert (len(far.taken), list(stuck_messages()), calls(case)) == (1, [], 0)


def test_what_arrived_without_an_answer_is_seen_once_all_the_same(desk, channel, far):
    case = reached_by(desk, channel)
    far.silent = 1
    deliver_due(now=NOW)
    row = case.messages.get()
    assert row.sent_at is None
    deliver_due(now=row.next_try_at)
    row.refresh_from_db()
    assert [key for key, *_rest in far.shown] == [row.message_id]
    assert row.sent_at == NOW + BACK_OFF[0]


def test_who_is_away_too_often_is_listed_and_sent_again_by_hand(desk, channel, far):
    case = reached_by(desk, channel)
    far.away, now = STUCK_AFTER_TRIES, NOW
    for _ in range(STUCK_AFTER_TRIES):
        assert list(stuck_messages()) == []
        deliver_due(now=now)
        now = case.messages.get().next_try_at
    (row,) = stuck_messages()
    retry(row)
    deliver_due()
    assert (len(far.taken), list(stuck_messages())) == (1, [])


def test_nothing_of_the_person_or_the_case_is_logged_or_kept_when_it_fails(desk, channel, far, caplog):
    case = reached_by(desk, channel)
    far.away = far.silent = 1
    deliver_due(now=NOW)
    deliver_due(now=later(hours=2))
    far.nobody_at = {EMAIL, PHONE, CHAT}
    case.messages.update(sent_at=None)
    deliver_due(now=later(days=1))
    told = caplog.text + " ".join(OutboxMessage.objects.values_list("last_fault", flat=True))
    secrets = [EMAIL, "warga", PHONE, PHONE[1:], "Warga Uji", "Jembatan", case.number]
    assert len(caplog.records) >= 2
    assert [secret for secret in secrets if secret in told] == []


def test_a_wrong_address_is_refused_by_name_and_never_tried_again(channel, far):
    address = channel.address(Reachable(EMAIL, PHONE))
    far.nobody_at = {address}
    with pytest.raises(AddressRefused) as refused:
        channel.send(Message("<1@pendopo>", address, "Perihal", "Isi"))
    assert str(channel.causes[refused.value.cause])
    assert (far.taken, address in str(refused.value)) == ([], False)


def test_a_wrong_address_stands_on_the_stuck_list_at_once_or_is_a_call_where_there_is_a_number(
    desk, channel, far
):
    case = reached_by(desk, channel)
    far.nobody_at = {EMAIL, PHONE, CHAT}
    deliver_due(now=NOW)
    row = case.messages.get()
    if isinstance(channel, Mail):
        assert (row.dropped_at, row.last_fault) == (NOW, "mail SMTPRecipientsRefused 550")
        assert calls(case) == 0
        OutboxMessage.objects.update(dropped_at=later(days=0))
        assert list(stuck_messages()) == [row]
    else:
        assert (calls(case), row.last_fault) == (1, f"{channel.name} unknown_number 404")
    assert deliver_due(now=later(days=9)) == 0


# --- Several channels -------------------------------------------------------------------------------------------------


def test_a_number_that_the_first_channel_does_not_know_is_reached_by_the_next(desk, monkeypatch):
    chat, text = WhatsApp(FarSide(nobody_at={PHONE})), Sms(FarSide())
    the_only(chat, text, monkeypatch=monkeypatch)
    case = reported(desk, phone=PHONE)
    deliver_due(now=NOW)
    assert [len(way.far.taken) for way in (chat, text)] == [0, 1]
    assert (case.messages.get().sent_at, calls(case)) == (NOW, 0)


def test_while_a_channel_is_away_the_next_does_not_say_the_same(desk, monkeypatch):
    chat, text = WhatsApp(FarSide(away=1)), Sms(FarSide())
    the_only(chat, text, monkeypatch=monkeypatch)
    reported(desk, phone=PHONE)
    deliver_due(now=NOW)
    deliver_due(now=later(hours=2))
    assert [len(way.far.taken) for way in (chat, text)] == [1, 0]


def test_where_the_mail_address_is_wrong_the_number_is_written_to(desk, settings, monkeypatch):
    far = FarSide(nobody_at={EMAIL})
    monkeypatch.setattr(KeptMail, "far", far)
    settings.EMAIL_BACKEND = f"{KeptMail.__module__}.KeptMail"
    text = Sms(FarSide())
    the_only(Mail(), text, monkeypatch=monkeypatch)
    case = reported(desk, email=EMAIL, phone=PHONE)
    deliver_due(now=NOW)
    assert ([address for _key, address, *_rest in text.far.taken], calls(case)) == ([PHONE], 0)


def test_who_began_no_chat_is_not_reached_by_one_and_called(desk, monkeypatch):
    bot = the_only(Telegram(FarSide(), {}), monkeypatch=monkeypatch)
    case = reported(desk, phone=PHONE)
    deliver_due(now=NOW)
    assert (bot.far.taken, calls(case)) == ([], 1)


def test_who_left_an_address_and_a_number_gets_one_letter_and_nothing_else(desk, monkeypatch, mailoutbox):
    text = Sms(FarSide())
    the_only(Mail(), text, monkeypatch=monkeypatch)
    reported(desk, email=EMAIL, phone=PHONE)
    deliver_due(now=NOW)
    assert ([letter.to for letter in mailoutbox], text.far.taken) == ([[EMAIL]], [])


# --- What a mail server says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words", "is_for_good"),
    [
        (550, b"5.1.1 unknown", True),
        (551, b"moved", True),
        (553, b"not allowed", True),
        (550, b"5.7.1 relaying denied", False),
        (550, b"Relay not permitted", False),
        (450, b"4.2.0 greylisted", False),
        (552, b"5.2.2 full", False),
    ],
)
def test_only_where_nobody_is_at_the_address_it_is_given_up(code, words, is_for_good):
    fault = not_sent(SMTPRecipientsRefused({EMAIL: (code, words)}))
    assert isinstance(fault, AddressRefused) == is_for_good
    assert str(fault) == f"SMTPRecipientsRefused {code}"


def test_the_stuck_list_says_in_the_channels_words_why(desk, monkeypatch):
    the_only(Mail(), WhatsApp(FarSide()), monkeypatch=monkeypatch)
    case = reported(desk, phone=PHONE)
    case.messages.update(tries=STUCK_AFTER_TRIES, last_fault="whatsapp gateway_timeout 504")
    assert [message.cause for message in listed()] == ["Gerbang tidak menjawab (504)"]


def test_a_fault_of_one_channel_is_not_told_in_the_words_of_another(desk, monkeypatch):
    the_only(Mail(), Sms(FarSide()), monkeypatch=monkeypatch)
    monkeypatch.setattr(Sms, "send", lambda *_message: socket.create_connection(("127.0.0.1", 1), 1))
    case = reported(desk, phone=PHONE)
    deliver_due(now=NOW)
    case.messages.update(tries=STUCK_AFTER_TRIES)
    assert [message.cause for message in listed()] == ["sms ConnectionRefusedError"]
