"""A reporter who lost the access code gets another one, and nobody else does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cases.access_codes import MOST_GUESSES
from cases.models import Case, IdentityMode
from cases.services.lost_codes import AGAIN_AFTER, RENEWED, renew_code
from cases.services.notes import reporter_called
from cases.services.outbox import CALL_REPORTER, deliver_due
from cases.services.receipt import Identity
from tests.browsers import browser, code_of, reporters_browser, soup

MAIL, PHONE = "warga.uji@contoh.test", "+6281234567890"
CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
SAME_FOR_ALL = "Bila nomor dan kontak itu cocok"


@pytest.fixture(autouse=True)
def _no_guesses_yet(db):
    cache.clear()


def left(mail: str = "", phone: str = "") -> Identity:
    return Identity(IdentityMode.NAMED, "Warga Uji", phone, mail)


def ask(number: str, contact: str):
    return browser().post(reverse("lost_code"), {"number": number, "contact": contact})


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def deliver() -> None:
    while deliver_due(now=timezone.now() + timedelta(minutes=1)):
        pass


@pytest.mark.parametrize("typed", [MAIL, MAIL.upper(), f" {MAIL} "])
def test_a_new_code_goes_to_the_address_that_was_left_and_the_old_one_opens_nothing(desk, mailoutbox, typed):
    case = desk.receive(identity=left(mail=MAIL, phone=PHONE))
    deliver()
    mailoutbox.clear()
    old = code_of(case)
    assert ask(case.number.lower(), typed).url.endswith("?diminta=1")
    deliver()
    (letter,) = mailoutbox
    assert letter.to == [MAIL]
    (new,) = set(CODE.findall(letter.body)) - {case.number}
    assert new == code_of(now(case)) != old
    opened = [browser().post(reverse("track"), {"number": case.number, "code": code}) for code in (old, new)]
    assert [answer.status_code for answer in opened] == [422, 302]


def test_a_browser_that_is_open_on_the_case_is_closed_with_the_old_code(desk):
    case = desk.receive(identity=left(mail=MAIL))
    finder = reporters_browser(case)
    renew_code(case)
    assert finder.get(reverse("tracked")).status_code == 302


def test_the_history_says_that_the_code_was_changed(desk):
    case = desk.receive(identity=left(mail=MAIL))
    renew_code(case)
    assert (
        "Kode akses diganti atas permintaan"
        in soup(reporters_browser(now(case)).get(reverse("tracked"))).text
    )


@pytest.mark.parametrize("contact", ["orang.lain@contoh.test", "081200000999"])
def test_whoever_knows_the_number_alone_changes_nothing_and_learns_nothing(desk, contact):
    case = desk.receive(identity=left(mail=MAIL, phone=PHONE))
    waiting = case.messages.count()
    answers = [ask(number, contact) for number in (case.number, "2026-ADU-KPS-999999")]
    right = ask(case.number, MAIL)
    assert {(answer.status_code, answer.url) for answer in answers} == {(right.status_code, right.url)}
    assert (now(case).code_version, case.messages.count()) == (2, waiting + 1)


def test_guessing_at_contacts_rests_like_guessing_at_codes(desk):
    case = desk.receive(identity=left(mail=MAIL))
    for guess in range(MOST_GUESSES):
        assert ask(case.number, f"tebakan{guess}@contoh.test").status_code == 302
    assert ask(case.number, MAIL).status_code == 429
    assert now(case).code_version == 1


def test_who_asks_again_within_the_hour_keeps_the_code_that_is_on_its_way(desk):
    case = desk.receive(identity=left(mail=MAIL))
    for _time in range(3):
        assert ask(case.number, MAIL).status_code == 302
    assert (now(case).code_version, case.events.filter(kind=RENEWED).count()) == (2, 1)
    renew_code(case, at=timezone.now() + AGAIN_AFTER + timedelta(minutes=1))
    assert now(case).code_version == 3


@pytest.mark.parametrize(
    ("number", "contact", "said"),
    [
        ("", MAIL, "Wajib"),
        ("2026-ADU-KPS-000001", "", "Wajib"),
        ("2026-ADU-KPS-000001", "warga@", "Tulis alamat surel lengkap, misalnya nama@contoh.id."),
        ("2026-ADU-KPS-000001", "12", "nomor"),
        ("2026-ADU-KPS-000001", "\x00@", "Null"),
    ],
)
def test_what_cannot_be_a_number_or_a_contact_is_said_beside_it_and_kept(db, number, contact, said):
    answer = ask(number, contact)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.select(".error-summary, [role=alert]")
    assert page.find("input", {"name": "number"}).get("value", "") == number
    assert page.find("input", {"name": "contact"}).get("value", "").strip("\x00") == contact.strip("\x00")


# Who left a telephone alone


@pytest.fixture
def by_phone(desk) -> Case:
    """A case whose reporter, reached by telephone alone, was called after the receipt and has lost the code since."""
    case = desk.receive(identity=left(phone=PHONE))
    deliver()
    reporter_called(case, by=desk.staff("operator"), seen=None, note="Nomor dan kode dibacakan.")
    return case


def receipt_of(case: Case, user) -> tuple[int, str]:
    answer = browser(user).get(reverse("desk_receipt", args=[case.number]))
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("typed", ["081234567890", "+62 812-3456-7890", "6281234567890"])
def test_whoever_has_to_call_reads_out_the_new_code_and_sees_it_no_longer_than_that(desk, by_phone, typed):
    assert ask(by_phone.number, typed).status_code == 302
    deliver()
    case = now(by_phone)
    assert case.tasks.filter(step=CALL_REPORTER, done_at=None).count() == 1
    page = browser(desk.operator).get(reverse("desk_case", args=[case.number])).content.decode()
    assert "kehilangan kode akses" in page
    status, shown = receipt_of(case, desk.operator)
    assert (status, code_of(case) in shown) == (200, True)
    reporter_called(case, by=desk.staff("operator"), seen=None, note="Kode baru dibacakan.")
    assert receipt_of(case, desk.operator)[0] == 404
    page = browser(desk.operator).get(reverse("desk_case", args=[case.number])).content.decode()
    assert "kehilangan kode akses" not in page


@pytest.mark.parametrize("person", ["head", "builder", "drafter", "coordinator"])
def test_nobody_else_of_the_office_learns_it(desk, by_phone, person):
    renew_code(by_phone)
    deliver()
    status, shown = receipt_of(by_phone, getattr(desk, person))
    assert status == 404
    assert code_of(now(by_phone)) not in shown


def test_a_call_for_another_reason_shows_no_code(desk):
    case = desk.receive(identity=left(phone=PHONE))
    deliver()
    assert case.tasks.filter(step=CALL_REPORTER, done_at=None).exists()
    assert receipt_of(case, desk.operator)[0] == 404


def test_who_stayed_unknown_cannot_be_told(desk):
    case = desk.receive(identity=Identity(IdentityMode.NONE))
    assert ask(case.number, MAIL).status_code == 302
    assert now(case).code_version == 1


def test_the_way_to_it_stands_where_the_code_is_asked_for(db):
    assert soup(browser().get(reverse("track"))).find("a", href=reverse("lost_code"))
    assert SAME_FOR_ALL in browser().get(reverse("lost_code") + "?diminta=1").content.decode()
