"""The administrators' screen of messages that do not go out, and what can be done about each."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.calendar import date_words
from cases.models import OutboxMessage, Task
from cases.services.outbox import deliver_due, stuck_messages
from opd_pages.models import Membership, Role
from tests.browsers import browser, received_now, soup, words
from tests.factories import member
from tests.portals import opened_administrators

SCREEN = "/admin/pesan-tertahan/"


@pytest.fixture
def administrator(desk):
    opened_administrators()
    return browser(member("admin", desk.office.regency, Role.ADMINISTRATOR))


@pytest.fixture
def stuck(desk) -> OutboxMessage:
    """To the reporter, who gave a wrong address; nobody else is written to."""
    case = received_now(desk)
    OutboxMessage.objects.exclude(to_reporter=True).delete()
    case.messages.update(tries=4, last_fault="mail SMTPRecipientsRefused 550")
    return case.messages.get()


def test_it_shows_what_is_stuck_to_whom_since_when_and_why(administrator, stuck):
    cells = [
        " ".join(cell.get_text(" ").split()) for cell in soup(administrator.get(SCREEN)).select("tbody td")
    ]
    assert cells[0] == f"Kepada pelapor: laporan diterima {stuck.case.number} pelapor"
    assert cells[1] == "Alamat surel ditolak (550) 0 menit, 4 kali dicoba"
    assert cells[2] == "Kirim lagi Telepon saja Tidak usah dikirim"


def test_nothing_of_the_report_or_the_reporter_is_shown(administrator, stuck):
    page = words(administrator.get(SCREEN))
    assert [told for told in ("Jembatan", "Warga Uji", "warga@contoh.test", "81234") if told in page] == []


def test_where_all_went_out_it_says_so(administrator):
    assert "Tidak ada pesan yang tertahan." in words(administrator.get(SCREEN))


def test_what_is_sent_again_goes_out_at_the_next_turn(administrator, stuck, mailoutbox):
    administrator.post(reverse("retry_message", args=[stuck.pk]))
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [["warga@contoh.test"]]
    assert list(stuck_messages()) == []


def test_what_nobody_was_there_for_is_sent_again_to_who_is_there_now(desk, administrator, mailoutbox):
    case = received_now(desk)
    OutboxMessage.objects.filter(to_reporter=True).delete()
    members = Membership.objects.exclude(role=Role.ADMINISTRATOR)
    members.update(valid_until="2021-01-01")
    deliver_due()
    (lost,) = stuck_messages()
    members.update(valid_until=None)
    administrator.post(reverse("retry_message", args=[lost.pk]))
    deliver_due()
    deliver_due()
    assert ([mail.to for mail in mailoutbox], lost.case) == ([["operator@contoh.test"]], case)


def test_a_reporter_whose_address_is_wrong_is_called_instead(administrator, stuck, mailoutbox):
    administrator.post(reverse("call_person", args=[stuck.pk]))
    deliver_due()
    assert Task.objects.filter(case=stuck.case, step="call_reporter", done_at=None).count() == 1
    assert (mailoutbox, list(stuck_messages())) == ([], [])


def test_without_a_number_nobody_is_asked_to_call(desk, administrator, stuck):
    stuck.case.party.phone = ""
    stuck.case.party.save()
    page = administrator.post(reverse("call_person", args=[stuck.pk]), follow=True)
    assert "Nomor telepon tidak ada." in words(page)
    assert list(stuck_messages()) == [stuck]


def test_what_needs_no_sending_any_more_is_taken_off_the_list(administrator, stuck, mailoutbox):
    administrator.post(reverse("let_message_be", args=[stuck.pk]))
    deliver_due()
    assert (list(stuck_messages()), mailoutbox, Task.objects.filter(step="call_reporter").count()) == (
        [],
        [],
        0,
    )


@pytest.mark.parametrize("route", ["call_person", "let_message_be"])
def test_who_decided_that_a_message_is_not_sent_stands_there_with_the_moment(administrator, stuck, route):
    administrator.post(reverse(route, args=[stuck.pk]))
    stuck.refresh_from_db()
    moment = timezone.localtime(stuck.dropped_at)
    (row,) = soup(administrator.get(SCREEN)).select("tbody tr")
    told = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
    assert told == [
        f"Kepada pelapor: laporan diterima {stuck.case.number} pelapor",
        f"{stuck.settled_by} {date_words(moment)}, {moment:%H.%M}",
    ]
    assert stuck.settled_by.username == "admin"


@pytest.mark.parametrize("route", ["retry_message", "call_person", "let_message_be"])
def test_a_message_that_is_not_stuck_is_not_touched(desk, administrator, route):
    message = received_now(desk).messages.filter(to_reporter=True).get()
    assert administrator.post(reverse(route, args=[message.pk])).status_code == 404


def test_only_who_keeps_the_messages_comes_in(desk, stuck):
    opened_administrators()
    editor = browser(member("penyunting", desk.office.kapas, Role.EDITOR))
    answers = {
        client_of: [
            client.get(SCREEN).status_code,
            client.post(reverse("retry_message", args=[stuck.pk])).status_code,
            client.post(reverse("call_person", args=[stuck.pk])).status_code,
            client.post(reverse("let_message_be", args=[stuck.pk])).status_code,
        ]
        for client_of, client in (("editor", editor), ("head", browser(desk.head)))
    }
    assert set().union(*answers.values()) <= {302, 403}
    assert list(stuck_messages()) == [stuck]
