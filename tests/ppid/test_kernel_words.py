"""What the shared kernel says of a request speaks of a request: not of a report, nor of who reported."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cases.actors import Staff
from cases.services.changes import CaseChanged, CaseRefusal, change
from cases.services.identity import reveal_identity
from cases.services.notes import reporter_called, take_over
from cases.services.outbox import deliver_due
from cases.services.sweep import note_overdue, remind
from opd_pages.models import Role
from tests.browsers import browser, reporters_browser, soup
from tests.factories import member

from .desk import MONDAY, fresh

OF_REPORTS = re.compile(r"\b(laporan|pelapor)\b", re.IGNORECASE)


def slips(text: str) -> list[str]:
    return OF_REPORTS.findall(text)


@pytest.mark.parametrize("address", ["/lacak/perkara/", "/lacak/bukti/"])
def test_the_applicants_pages(desk, address):
    page = reporters_browser(desk.decided(at=timezone.now())).get(address)
    assert slips(soup(page).main.get_text(" ")) == []


@pytest.mark.parametrize("person", ["operator", "head", "assistant"])
def test_the_officers_page(desk, person):
    case = desk.decided(at=timezone.now())
    page = browser(getattr(desk, person)).get(f"/meja/perkara/{case.number}/")
    assert slips(soup(page).main.get_text(" ")) == []


def move_out_of_turn(desk, case) -> None:
    with change(case, by=desk.staff("operator")) as changing:
        changing.move("closed")


def speak_as_nobody(desk, case) -> None:
    with change(case, by=Staff.of(member("dander", desk.office.dander, Role.OPERATOR))) as changing:
        changing.only_for(Role.OPERATOR)


def look_without_right(desk, case) -> None:
    reveal_identity(case, by=desk.staff("assistant"))


def say_called(desk, case) -> None:
    reporter_called(case, by=desk.staff("operator"), seen=None, note="Sudah.")


@pytest.mark.parametrize("attempt", [move_out_of_turn, speak_as_nobody, look_without_right, say_called])
def test_a_refusal(desk, attempt):
    with pytest.raises(CaseRefusal) as refused:
        attempt(desk, desk.receive())
    assert slips(str(refused.value)) == []


def test_the_word_that_somebody_else_was_first(desk):
    case = desk.receive()
    take_over(case, by=desk.staff("operator"), seen=None)
    assert str(CaseChanged.of(fresh(case), 1)) == (
        "Petugas lain baru saja memperbarui permohonan ini. Periksa dulu perubahannya."
    )


def test_every_message_that_the_kernel_sends(desk):
    case = desk.assigned(at=MONDAY)
    due = case.deadlines.get(step="notice").due_at
    for duty, at in ((remind, due - timedelta(hours=9)), (note_overdue, due + timedelta(hours=9))):
        duty(at)
        while deliver_due(now=at):
            pass
    subjects = {message.subject for message in mail.outbox}
    assert {f"Tenggat permohonan {case.number} mendekat", f"Terlambat: permohonan {case.number}"} <= subjects
    assert [said for message in mail.outbox for said in slips(message.subject + message.body)] == []
