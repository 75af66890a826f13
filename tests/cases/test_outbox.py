"""Messages: written with what they tell of, sent after it, at least once, and only while they are true."""

import time
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.access_codes import access_code, shown
from cases.actors import Reporter, Voice
from cases.channels.mail import not_sent
from cases.models import Case, IdentityMode, MessageTemplate, OutboxMessage
from cases.services import outbox
from cases.services.changes import change
from cases.services.outbox import (
    BACK_OFF,
    CALL_REPORTER,
    STUCK_AFTER_TRIES,
    deliver_due,
    fault_words,
    stuck_messages,
)
from cases.services.receipt import Identity
from cases.wording import check_fields, fill
from opd_pages.models import Membership, Role
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.factories import join, member
from tests.pengaduan.desk import TUESDAY
from tests.pengaduan.steps import answered, in_progress, later

NOW = later(hours=1)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend.send_messages"
BY_PHONE = "+6281234567890"


def notify_head(case: Case, desk) -> OutboxMessage:
    """One message to whoever heads Kapas, and no other waiting."""
    OutboxMessage.objects.all().delete()
    with change(case, by=desk.staff("operator"), at=TUESDAY) as changing:
        changing.record("note")
        changing.notify("desk_reply", role=Role.HEAD)
    return OutboxMessage.objects.get()


def addressees(mailoutbox) -> list[str]:
    return sorted(address for message in mailoutbox for address in message.to)


def test_a_receipt_writes_messages_down_and_sends_none(desk, mailoutbox):
    case = desk.receive()
    waiting = case.messages.values_list("template", "to_reporter", "role", "unit__short_code")
    assert sorted(waiting) == [
        ("complaint_received", True, "", None),
        ("desk_new_complaint", False, Role.OPERATOR, "KPS"),
    ]
    assert mailoutbox == []


def test_a_change_that_fails_tells_nobody(desk, mailoutbox):
    case = desk.receive()
    OutboxMessage.objects.all().delete()

    def fail_after_telling() -> None:
        with change(case, by=desk.staff("operator")) as changing:
            changing.move("verified")
            changing.notify_reporter("complaint_status")
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        fail_after_telling()
    assert deliver_due(now=later(days=1)) == 0
    assert mailoutbox == []


def test_the_reporter_reads_number_code_promise_and_why(desk, mailoutbox):
    case = desk.receive()
    deliver_due(now=NOW)
    (letter,) = [message for message in mailoutbox if message.to == ["warga@contoh.test"]]
    assert letter.subject == "Laporan 2026-ADU-KPS-000001 kami terima"
    assert "Nomor: 2026-ADU-KPS-000001\n" in letter.body
    assert f"Kode akses: {shown(access_code(case.number, 1))}\n" in letter.body
    assert "Kecamatan Kapas menjawab paling lambat Jumat, 27 November 2026.\n" in letter.body
    assert "Dihitung 3 hari sejak 24 November 2026; prosedur Kecamatan Kapas.\n" in letter.body


def test_a_letter_to_an_officer_holds_no_code_no_words_and_no_name(desk, mailoutbox):
    case = desk.receive()
    handled_step_by_step(desk, case)
    to_officers = [message for message in mailoutbox if message.to != ["warga@contoh.test"]]
    secrets = [
        shown(access_code(case.number, 1)),
        "Jembatan",
        "Warga Uji",
        "warga@contoh.test",
        "081234567890",
    ]
    for message in to_officers:
        assert [secret for secret in secrets if secret in message.subject + message.body] == []
    assert addressees(to_officers) == [
        "camat@contoh.test",
        "camat@contoh.test",
        "operator@contoh.test",
        "pembangunan@contoh.test",
    ]


def handled_step_by_step(desk, case: Case) -> None:
    """From receipt to answer, with every message sent before the next step is taken."""
    operator, head, drafter = (desk.staff(name) for name in ("operator", "head", "drafter"))
    section = desk.office.building_section
    for step in (
        lambda: None,
        lambda: desk_services.verify(case, by=operator, seen=None, at=NOW),
        lambda: desk_services.dispose(case, by=head, seen=None, section=section, at=NOW),
        lambda: answers.draft_answer(case, by=drafter, seen=None, text="Diganti.", outcome="done", at=NOW),
        lambda: answers.publish_answer(case, by=head, seen=None, at=NOW),
    ):
        step()
        deliver_all()


def deliver_all(now=NOW) -> None:
    while deliver_due(now=now):
        pass


def test_no_letter_at_all_holds_the_reporters_name(desk, mailoutbox):
    handled_step_by_step(desk, desk.receive())
    assert len(mailoutbox) > 5
    assert [message for message in mailoutbox if "Warga Uji" in message.subject + message.body] == []


def test_the_promise_in_a_letter_is_the_one_in_force_when_it_is_sent(desk, mailoutbox):
    case = desk.receive()
    case.deadlines.filter(step="answer").update(due_at=later(days=9), because="libur bersama")
    deliver_due(now=NOW)
    (letter,) = [message for message in mailoutbox if message.to == ["warga@contoh.test"]]
    assert "paling lambat Kamis, 3 Desember 2026.\nDihitung libur bersama." in letter.body


# --- Who gets it -------------------------------------------------------------------------------------------------------


def test_whoever_holds_the_role_when_it_is_sent_gets_a_letter_of_their_own(desk, mailoutbox):
    notify_head(desk.receive(), desk)
    join(desk.builder, desk.office.kapas, Role.HEAD)
    desk.head.memberships.update(valid_until="2021-01-01")
    member("plh", desk.office.kapas, Role.HEAD)
    deliver_due(now=NOW)
    deliver_due(now=NOW)
    assert addressees(mailoutbox) == ["pembangunan@contoh.test", "plh@contoh.test"]
    assert [len(message.to) for message in mailoutbox] == [1, 1]


def test_somebody_with_the_role_twice_gets_one_letter(desk, mailoutbox):
    notify_head(desk.receive(), desk)
    join(desk.head, desk.office.kapas, Role.HEAD)
    deliver_due(now=NOW)
    deliver_due(now=NOW)
    assert addressees(mailoutbox) == ["camat@contoh.test"]


def test_a_section_head_hears_of_the_sections_own_tasks_only(desk, mailoutbox):
    case = desk.receive()
    OutboxMessage.objects.all().delete()
    with change(case, by=desk.staff("head"), at=TUESDAY) as changing:
        changing.record("note")
        changing.notify("desk_reply", role=Role.SECTION_HEAD, section=desk.office.order_section)
    deliver_due(now=NOW)
    deliver_due(now=NOW)
    assert addressees(mailoutbox) == ["trantib@contoh.test"]


def test_an_account_that_is_closed_is_passed_by_and_who_stands_in_hears(desk, mailoutbox):
    notify_head(desk.receive(), desk)
    type(desk.head).objects.filter(pk=desk.head.pk).update(is_active=False)
    deliver_all()
    assert addressees(mailoutbox) == ["koordinator@contoh.test"]


def test_a_message_to_a_role_that_nobody_holds_is_shown_as_lost(desk):
    row = notify_head(desk.receive(), desk)
    Membership.objects.all().delete()
    deliver_due(now=NOW)
    row.refresh_from_db()
    assert (row.sent_at, row.dropped_at, row.last_fault) == (None, NOW, "Tidak ada yang memegang peran ini.")
    assert list(stuck_messages()) == [row]


def test_an_officer_without_an_address_is_not_counted_as_written_to(desk, mailoutbox):
    case = desk.receive()
    notify_head(case, desk)
    type(desk.head).objects.filter(pk=desk.head.pk).update(email="")
    deliver_all()
    row = OutboxMessage.objects.get(recipient=desk.head)
    assert (mailoutbox, row.sent_at, row.dropped_at) == ([], None, NOW)
    assert row.last_fault == "Petugas ini tidak mempunyai alamat yang dapat dikirimi."
    assert list(stuck_messages()) == [row]


def test_nobody_hears_of_a_report_that_accuses_their_unit(desk, mailoutbox):
    case = desk.receive()
    notify_head(case, desk)
    Case.objects.filter(pk=case.pk).update(concerns_unit=desk.office.kapas)
    deliver_all()
    assert addressees(mailoutbox) == ["koordinator@contoh.test"]


def test_who_was_written_to_is_asked_about_again_when_it_is_sent(desk, mailoutbox):
    case = desk.receive()
    notify_head(case, desk)
    deliver_due(now=NOW, limit=1)
    assert OutboxMessage.objects.get(sent_at=None).recipient == desk.head
    Case.objects.filter(pk=case.pk).update(concerns_unit=desk.office.kapas)
    deliver_due(now=NOW)
    assert (mailoutbox, OutboxMessage.objects.get(recipient=desk.head).dropped_at) == ([], NOW)


def test_operators_hear_nothing_of_a_secret_report(desk, mailoutbox):
    case = desk.receive(is_secret=True)
    OutboxMessage.objects.filter(to_reporter=True).delete()
    with change(case, by=desk.staff("head"), at=TUESDAY) as changing:
        changing.record("note")
        changing.notify("desk_reply", role=Role.OPERATOR)
    while deliver_due(now=NOW):
        pass
    assert addressees(mailoutbox) == ["camat@contoh.test"]


@pytest.mark.parametrize(
    ("mode", "is_secret", "role", "unit"),
    [
        (IdentityMode.NAMED, False, Role.OPERATOR, "KPS"),
        (IdentityMode.NAMED, True, Role.HEAD, "KPS"),
        (IdentityMode.ANONYMOUS, False, Role.COORDINATOR, "BJN"),
        (IdentityMode.ANONYMOUS, True, Role.COORDINATOR, "BJN"),
    ],
)
def test_a_reporter_without_email_is_called_by_whoever_may_know_the_number(
    desk, mailoutbox, mode, is_secret, role, unit
):
    case = desk.receive(identity=Identity(mode, "Warga Uji", BY_PHONE), is_secret=is_secret)
    OutboxMessage.objects.filter(to_reporter=False).delete()
    deliver_due(now=NOW)
    tasks = case.tasks.filter(step=CALL_REPORTER).values_list("role", "unit__short_code", "done_at")
    assert (list(tasks), mailoutbox) == ([(role, unit, None)], [])
    assert case.messages.get().sent_at == NOW


def test_two_messages_for_one_reporter_are_one_call(desk):
    case = desk.receive(identity=Identity(IdentityMode.NAMED, "Warga Uji", BY_PHONE))
    with change(case, by=desk.staff("operator"), at=TUESDAY) as changing:
        changing.record("note")
        changing.notify_reporter("complaint_status")
    deliver_due(now=NOW)
    assert case.tasks.filter(step=CALL_REPORTER).count() == 1


def test_for_a_reporter_without_identity_no_message_is_even_written(desk):
    case = desk.receive(identity=Identity(IdentityMode.NONE))
    with change(case, by=desk.staff("operator")) as changing:
        changing.record("note")
        changing.notify_reporter("complaint_status")
    assert list(case.messages.filter(to_reporter=True)) == []


def test_an_anonymous_reporter_who_left_no_way_back_is_let_be(desk, mailoutbox):
    case = desk.receive(identity=Identity(IdentityMode.ANONYMOUS))
    OutboxMessage.objects.filter(to_reporter=False).delete()
    deliver_due(now=NOW)
    assert (case.messages.get().dropped_at, case.tasks.filter(step=CALL_REPORTER).count()) == (NOW, 0)
    assert mailoutbox == []


# --- When sending fails ------------------------------------------------------------------------------------------------


def refuse_first_address(monkeypatch, mailoutbox, address: str) -> None:
    def send(_backend, messages):
        for message in messages:
            if address in message.to:
                raise SMTPRecipientsRefused({address: (450, f"<{address}> later".encode())})
            mailoutbox.append(message)
        return len(messages)

    monkeypatch.setattr(LOCMEM, send)


def test_a_message_that_fails_stands_back_and_the_others_go(desk, mailoutbox, monkeypatch):
    desk.receive()
    refuse_first_address(monkeypatch, mailoutbox, "warga@contoh.test")
    while deliver_due(now=NOW):
        pass
    assert addressees(mailoutbox) == ["operator@contoh.test"]
    failed = OutboxMessage.objects.get(sent_at=None)
    assert (failed.tries, failed.next_try_at) == (1, NOW + BACK_OFF[0])
    assert failed.last_fault == "mail SMTPRecipientsRefused 450"


def test_each_failure_waits_longer_and_the_last_wait_is_repeated(desk, monkeypatch):
    desk.receive()
    OutboxMessage.objects.filter(to_reporter=False).delete()
    refuse_first_address(monkeypatch, [], "warga@contoh.test")
    waits, now = [], NOW
    for _ in range(len(BACK_OFF) + 2):
        assert deliver_due(now=now) == 1
        assert deliver_due(now=now) == 0
        row = OutboxMessage.objects.get()
        waits.append(row.next_try_at - now)
        now = row.next_try_at
    assert waits == [*BACK_OFF, BACK_OFF[-1], BACK_OFF[-1]]


def test_what_failed_often_is_listed_until_it_goes_out(desk, mailoutbox, monkeypatch):
    desk.receive()
    OutboxMessage.objects.filter(to_reporter=False).delete()
    now = NOW
    with monkeypatch.context() as broken:
        refuse_first_address(broken, mailoutbox, "warga@contoh.test")
        for tries in range(1, STUCK_AFTER_TRIES + 1):
            assert list(stuck_messages()) == []
            deliver_due(now=now)
            row = OutboxMessage.objects.get()
            assert row.tries == tries
            now = row.next_try_at
    assert list(stuck_messages()) == [row]
    deliver_due(now=now)
    assert (list(stuck_messages()), addressees(mailoutbox)) == ([], ["warga@contoh.test"])


def test_a_crash_after_sending_repeats_the_letter_under_the_same_message_id(desk, mailoutbox, monkeypatch):
    desk.receive()
    OutboxMessage.objects.filter(to_reporter=False).delete()
    with monkeypatch.context() as crashing:
        crashing.setattr(outbox, "_close", lambda *_args: (_ for _ in ()).throw(MemoryError()))
        deliver_due(now=NOW)
    deliver_due(now=NOW + timedelta(days=1))
    message_id = OutboxMessage.objects.get().message_id
    assert [message.extra_headers["Message-ID"] for message in mailoutbox] == [message_id, message_id]


def test_a_row_that_a_killed_worker_had_claimed_is_free_again_after_the_lease(desk, mailoutbox, monkeypatch):
    desk.receive()
    OutboxMessage.objects.filter(to_reporter=False).delete()
    with monkeypatch.context() as killed:
        killed.setattr(outbox, "_work_on", lambda *_args: None)
        assert deliver_due(now=NOW) == 1
    assert deliver_due(now=NOW + outbox.LEASE - timedelta(seconds=1)) == 0
    assert deliver_due(now=NOW + outbox.LEASE) == 1
    assert addressees(mailoutbox) == ["warga@contoh.test"]


def test_more_messages_than_one_round_takes_all_go_out(desk, mailoutbox):
    for _ in range(3):
        desk.receive()
    rounds = 0
    while deliver_due(now=NOW, limit=2):
        rounds += 1
    assert (rounds, len(mailoutbox)) == (5, 6)


def test_a_missing_template_is_a_fault_of_its_own_row(desk, mailoutbox):
    MessageTemplate.objects.filter(code="complaint_received").delete()
    desk.receive()
    while deliver_due(now=NOW):
        pass
    assert addressees(mailoutbox) == ["operator@contoh.test"]
    assert OutboxMessage.objects.get(sent_at=None).last_fault == "DoesNotExist"


def test_the_fault_of_a_mail_server_is_kept_without_its_words():
    refusal = not_sent(SMTPAuthenticationError(535, b"warga@contoh.test no"))
    assert fault_words(refusal) == "SMTPAuthenticationError 535"
    assert fault_words(ConnectionRefusedError("warga@contoh.test")) == "ConnectionRefusedError"


# --- How long it takes ------------------------------------------------------------------------------------------------


def test_each_row_is_claimed_at_its_own_moment(desk, monkeypatch):
    desk.receive(at=timezone.now() - timedelta(hours=1))
    begun = timezone.now()
    moments = iter([begun + timedelta(minutes=n) for n in range(10)])
    claims = []
    with monkeypatch.context() as slow:
        slow.setattr(outbox.timezone, "now", lambda: next(moments))
        slow.setattr(outbox, "_work_on", lambda pk, now, _turn: claims.append((pk, now)))
        assert deliver_due() == 2
    free_again = [OutboxMessage.objects.get(pk=pk).next_try_at for pk, _now in claims]
    assert free_again == [now + outbox.LEASE for _pk, now in claims]
    assert free_again[1] - free_again[0] == timedelta(minutes=1)


def test_when_the_time_is_up_no_other_row_is_begun(desk, mailoutbox):
    desk.receive()
    assert deliver_due(now=NOW, stop_at=time.monotonic()) == 0
    assert (mailoutbox, OutboxMessage.objects.filter(tries=0).count()) == ([], 2)


# --- Whether it is still true -----------------------------------------------------------------------------------------


def templates_sent(case: Case) -> list[str]:
    deliver_all()
    sent = case.messages.filter(unit=None).exclude(sent_at=None)
    return sorted(sent.values_list("template", flat=True))


def test_a_question_that_is_answered_already_is_asked_no_more(desk):
    case = desk.receive()
    case.messages.all().delete()
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=TUESDAY)
    assert templates_sent(case) == ["desk_reply"]


def test_what_is_verified_already_is_announced_as_new_to_nobody(desk):
    case = in_progress(desk, desk.receive())
    assert templates_sent(case) == ["complaint_received", "desk_task"]
    told = case.messages.filter(template="desk_task").exclude(recipient=None)
    assert list(told.values_list("recipient__username", "sent_at")) == [
        ("camat", None),
        ("pembangunan", NOW),
    ]


def test_a_reporter_who_has_said_yes_is_not_asked_whether_it_helped(desk):
    case = answered(desk, desk.receive())
    case.messages.exclude(template="complaint_answered").delete()
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=TUESDAY)
    assert templates_sent(case) == []


def test_a_call_is_asked_for_only_while_there_is_something_to_say(desk):
    case = desk.receive(identity=Identity(IdentityMode.NAMED, "Warga Uji", BY_PHONE))
    case.messages.all().delete()
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    reporter.reply(case, by=Voice(desk.staff("operator")), words="Di Bakalan.", at=TUESDAY)
    deliver_all()
    assert not case.tasks.filter(step=CALL_REPORTER).exists()


def test_nobody_is_warned_of_a_date_that_stands_still(desk, mailoutbox):
    case = desk.receive()
    case.messages.all().delete()
    outbox.queue_messages(case, "desk_reminder", at=TUESDAY, unit=desk.office.kapas, role=Role.HEAD)
    outbox.queue_messages(case, "desk_overdue", at=TUESDAY, unit=desk.office.kapas, role=Role.HEAD)
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    assert templates_sent(case) == ["complaint_clarify"]


@pytest.mark.parametrize(
    ("promised", "step"), [(False, "Jawaban kepada pelapor"), (True, "Janji")], ids=["answer", "promise"]
)
def test_a_warning_says_what_is_due(desk, mailoutbox, promised, step):
    case = desk.receive()
    if promised:
        answered(desk, case, promised_until=later(days=3).date())
    case.messages.all().delete()
    outbox.queue_messages(case, "desk_reminder", at=TUESDAY, unit=desk.office.kapas, role=Role.HEAD)
    deliver_all()
    outbox.queue_messages(case, "desk_overdue", at=later(days=5), unit=desk.office.kapas, role=Role.HEAD)
    deliver_all(later(days=5))
    said = [letter.body.splitlines()[2] for letter in mailoutbox]
    assert said == [f"{step}: paling lambat Jumat, 27 November 2026."] * 2


def test_the_receipt_of_what_was_ended_meanwhile_names_no_date(desk, mailoutbox):
    case = desk.receive()
    desk_services.end_without_answer(
        case, by=desk.staff("operator"), seen=None, target="archived", reason="Uji coba.", at=TUESDAY
    )
    case.messages.exclude(template="complaint_received").delete()
    deliver_all()
    (letter,) = mailoutbox
    assert "Keadaan laporan sekarang: Diarsipkan." in letter.body
    assert ("tanpa batas waktu" in letter.body, "Dihitung" in letter.body) == (False, False)


# --- What it says ------------------------------------------------------------------------------------------------------


def test_a_row_has_exactly_one_kind_of_addressee(desk):
    case = desk.receive()
    for addressee in (
        {},
        {"to_reporter": True, "unit": desk.office.kapas, "role": Role.HEAD},
        {"unit": desk.office.kapas},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            outbox.message_to(case, "desk_task", at=TUESDAY, **addressee).save()


def test_a_template_with_an_unknown_field_is_refused_beside_the_part_that_has_it():
    wrong = MessageTemplate(code="x", title="x", subject="Laporan {nomor}", body="{nama} {link} {telepon}")
    with pytest.raises(ValidationError) as refused:
        check_fields(wrong)
    assert refused.value.message_dict == {
        "subject": ["Isian tidak dikenal: {nomor}."],
        "body": ["Isian tidak dikenal: {nama}, {telepon}."],
    }


@pytest.mark.parametrize(
    ("body", "near"),
    [
        ("Halo {number", "Halo {number"),
        ("Halo number}", "Halo number}"),
        ("Halo {{number}} {code}", "Halo {{number}} {c"),
        ("Baik {number}.\n\nHalo }code{ {number}", "ber}. Halo }code{ {numbe"),
    ],
)
def test_a_brace_that_makes_no_field_is_refused_with_the_words_around_it(body, near):
    wrong = MessageTemplate(code="x", title="x", subject="Laporan {number}", body=body)
    with pytest.raises(ValidationError) as refused:
        check_fields(wrong)
    assert refused.value.message_dict == {
        "body": [
            f"Kurung kurawal di dekat “{near}” tidak berpasangan. Tulis isian dengan satu kurung di tiap sisi, "
            "misalnya {number}."
        ]
    }


@pytest.mark.parametrize("code", ["complaint_received", "request_received"])
def test_a_receipt_without_number_or_code_is_refused_and_they_may_stand_in_either_part(db, code):
    receipt = MessageTemplate.objects.get(code=code)
    receipt.subject, receipt.body = "Kami terima", "Terima kasih. {link}"
    with pytest.raises(ValidationError) as refused:
        receipt.clean()
    assert refused.value.message_dict == {
        "body": ["Isian {code}, {number} harus ada, di perihal atau di isinya."]
    }
    receipt.subject, receipt.body = "Nomor {number}", "Kode {code}"
    receipt.clean()


def test_every_template_that_ships_is_fit_to_be_sent(db):
    templates = list(MessageTemplate.objects.all())
    for template in templates:
        template.clean()
    assert {"complaint_received", "desk_new_complaint"} < {template.code for template in templates}


def test_what_fills_a_field_is_not_read_for_fields_again():
    assert fill("{subject} {number} {other}", {"subject": "{number}", "number": "7"}) == "{number} 7 {other}"


def test_a_subject_cannot_bring_headers_of_its_own(desk, mailoutbox):
    MessageTemplate.objects.filter(code="complaint_received").update(subject="Laporan {subject}")
    case = desk.receive()
    Case.objects.filter(pk=case.pk).update(subject="a\r\nBcc: semua@contoh.test")
    OutboxMessage.objects.filter(to_reporter=False).delete()
    deliver_due(now=NOW)
    (letter,) = mailoutbox
    assert isinstance(letter, EmailMessage)
    assert (letter.subject, letter.recipients()) == (
        "Laporan a Bcc: semua@contoh.test",
        ["warga@contoh.test"],
    )
