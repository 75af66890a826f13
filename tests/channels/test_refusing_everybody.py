"""A mail server that refuses everybody is at fault itself: nobody's message is given up for it."""

from collections.abc import Iterator

import pytest

from cases.admin.stuck_messages import listed
from cases.models import OutboxMessage
from cases.services.outbox import BACK_OFF, CALL_REPORTER, STUCK_AFTER_TRIES
from cases.services.receipt import Identity
from cases.services.sweep import deliver
from tests.pengaduan.desk import Desk
from tests.pengaduan.steps import later

from .far_side import FarSide
from .mail_server import MailServer

NOW = later(hours=1)
REPORTER, OPERATOR = "warga@contoh.test", "operator@contoh.test"


@pytest.fixture
def desk(office) -> Desk:
    return Desk.at_kapas(office)


@pytest.fixture
def far(settings) -> Iterator[FarSide]:
    """Refuses the reporter and the desk, as a server that was set up wrongly does: each with 550."""
    far = FarSide(nobody_at={REPORTER, OPERATOR})
    with MailServer(far) as server:
        settings.EMAIL_BACKEND = "home.mail_server.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""
        yield far


def waiting() -> list[tuple]:
    rows = OutboxMessage.objects.filter(sent_at=None, dropped_at=None)
    return sorted(rows.values_list("tries", "next_try_at", "last_fault"))


def test_where_reporter_and_officer_are_both_refused_both_are_tried_again(desk, far):
    case = desk.receive()
    deliver(NOW)
    assert waiting() == [(1, NOW + BACK_OFF[0], "mail RefusesEverybody 550")] * 2
    assert not case.tasks.filter(step=CALL_REPORTER).exists()
    far.nobody_at = set()
    deliver(NOW + BACK_OFF[0])
    assert sorted(address for _key, address, *_rest in far.taken) == [OPERATOR, REPORTER]


def test_who_is_refused_alone_while_others_wait_for_the_server_waits_too(desk, far):
    desk.receive()
    deliver(NOW)
    OutboxMessage.objects.filter(to_reporter=True).delete()
    deliver(NOW + BACK_OFF[0])
    assert waiting() == [(2, NOW + BACK_OFF[0] + BACK_OFF[1], "mail RefusesEverybody 550")]


def test_a_server_that_takes_one_message_is_believed_of_the_others(desk, far):
    far.nobody_at = {REPORTER}
    case = desk.receive()
    deliver(NOW)
    refused = case.messages.get(to_reporter=True)
    assert (refused.last_fault, waiting()) == ("mail SMTPRecipientsRefused 550", [])
    assert case.tasks.filter(step=CALL_REPORTER).count() == 1


def test_one_address_that_is_refused_twice_is_one_address(desk, far):
    desk.receive(identity=Identity("named", "Warga Uji", "", REPORTER))
    desk.receive(identity=Identity("named", "Warga Uji", "", REPORTER.upper()))
    OutboxMessage.objects.filter(to_reporter=False).delete()
    far.nobody_at |= {REPORTER.upper()}
    deliver(NOW)
    assert list(OutboxMessage.objects.values_list("dropped_at", flat=True)) == [NOW, NOW]


def test_the_stuck_list_says_that_it_is_the_server(desk, far):
    desk.receive()
    now = NOW
    for tries in range(STUCK_AFTER_TRIES):
        deliver(now)
        now += BACK_OFF[tries]
    assert [message.cause for message in listed()] == [
        "Semua alamat ditolak, maka jalur pengirimannya yang perlu diperiksa (550)"
    ] * 2
