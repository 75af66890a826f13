"""A mail server that hangs, drips or never ends its answer holds nobody up, and nothing is sent twice because of it."""

import pytest

from cases.admin.stuck_messages import listed
from cases.channels import AddressRefused, Message, TryLater
from cases.channels.mail import Mail
from cases.models import OutboxMessage
from cases.services.outbox import BACK_OFF, STUCK_AFTER_TRIES, deliver_due
from cases.services.receipt import Identity
from home.services.mail_proof import MailNotSent, send_mail_test
from tests.pengaduan.desk import Desk
from tests.pengaduan.steps import later

from .odd_server import STEPS, OddServer, Plan, answers, drips, hangs, leaves, never_ends

EMAIL = "warga@contoh.test"
NOW = later(hours=1)
# Seconds: a letter's limit, and how long the server takes before it answers as it should. Who waited would be sent.
LIMIT, LONG = 0.4, 1.5


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture(autouse=True)
def server(plan, settings):
    with OddServer(plan, LONG) as server:
        settings.EMAIL_BACKEND = "home.mail_server.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""
        settings.EMAIL_TIMEOUT = LIMIT
        yield server


def send() -> None:
    Mail().send(Message("<1@pendopo>", EMAIL, "Perihal", "Isi"))


@pytest.fixture
def case(office):
    case = Desk.at_kapas(office).receive(identity=Identity("named", "Warga Uji", "", EMAIL))
    OutboxMessage.objects.filter(to_reporter=False).delete()
    return case


@pytest.mark.parametrize("does", [hangs, drips, never_ends, leaves])
@pytest.mark.parametrize("step", STEPS[:-1])
def test_a_server_that_is_slow_at_any_step_is_left_in_time_and_tried_again(plan, step, does):
    plan.step, plan.does = step, does
    with pytest.raises(TryLater):
        send()
    assert plan.taken == []


@pytest.mark.parametrize(
    "does", [hangs, drips, never_ends, leaves, answers("554 no"), answers("221" + "x" * 9000)]
)
def test_a_letter_that_was_taken_is_sent_whatever_follows_the_good_bye(plan, does):
    plan.step, plan.does = "QUIT", does
    send()
    assert len(plan.taken) == 1


@pytest.mark.parametrize("code", ["421", "450", "451", "452", "500", "550", "554", "?"])
@pytest.mark.parametrize("step", STEPS[:-1])
def test_only_an_address_that_nobody_has_is_given_up(plan, step, code):
    plan.step, plan.does = step, answers(f"{code} 4.7.1 <{EMAIL}> no")
    with pytest.raises((TryLater, AddressRefused)) as fault:
        send()
    assert (fault.type is AddressRefused) == (step == "RCPT" and code == "550")
    assert EMAIL not in str(fault.value)
    assert str(Mail.causes[fault.value.cause])


def test_where_encryption_is_asked_for_and_not_offered_nothing_is_said_in_the_clear(plan, settings):
    settings.EMAIL_USE_TLS = True
    with pytest.raises(TryLater) as fault:
        send()
    assert (str(fault.value), plan.taken) == ("SMTPNotSupportedError", [])


@pytest.mark.parametrize("does", [hangs, drips, never_ends])
def test_a_server_that_never_finishes_the_hand_shake_is_left_in_time(plan, does, settings):
    settings.EMAIL_USE_SSL = True
    plan.step, plan.does = "greeting", does
    with pytest.raises(TryLater):
        send()
    assert plan.taken == []


def test_what_a_dripping_server_did_not_take_stands_back_is_listed_and_goes_out_when_it_is_well(plan, case):
    plan.step, plan.does = ".", drips
    now = NOW
    for tries in range(STUCK_AFTER_TRIES):
        deliver_due(now=now)
        row = case.messages.get()
        assert row.next_try_at == now + BACK_OFF[tries]
        now = row.next_try_at
    (stuck,) = listed()
    assert stuck.cause == "Server surel memutus sambungan atau terlalu lama menjawab"
    plan.step = ""
    deliver_due(now=now)
    assert (case.messages.get().sent_at, len(plan.taken)) == (now, 1)


def test_a_test_message_over_a_dripping_server_is_not_sent_and_says_what_to_look_at(plan, office):
    plan.step, plan.does = "EHLO", drips
    with pytest.raises(MailNotSent, match="terlalu lama menjawab"):
        send_mail_test(EMAIL, page="/")
