"""What the reporter and anyone read of a complaint is what its history holds, or the check of history names the case."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import history, vouching
from cases.actors import Reporter
from cases.history import COPY_CHANGED, COPY_GONE, COPY_UNTOLD
from cases.models import Case, Erasable
from cases.services.erasure import erase_at_request, erase_expired
from pengaduan.models import Answer, Complaint
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser
from tests.cases.guard import lifted_guard
from tests.cases.test_history import verify_history
from tests.pengaduan.test_erasure import LONG_AFTER, REASON, set_rule

from . import steps
from .desk import TUESDAY
from .steps import fresh

COPY, ANSWER = "Jembatan di desa ini rusak.", "Papan jembatan\nsudah diganti."
CHECKS = pytest.mark.parametrize("arguments", [[], ["--since", "1000000"]], ids=["whole", "daily"])


def published(desk, case: Case | None = None, *, text: str = COPY, answer: str = ANSWER) -> Case:
    """Promised to the reporter, and worded for anyone."""
    day = timezone.localdate(TUESDAY) + timedelta(days=20)
    case = case or steps.answered(desk, desk.receive(), promised_until=day)
    change_copy(desk, case, public_text=text, public_answer=answer)
    return fresh(case)


def change_copy(desk, case: Case, **copy) -> None:
    desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None, at=TUESDAY, **copy)


@pytest.fixture
def case(desk) -> Case:
    return published(desk)


def seq_of(case: Case, kind: str) -> int:
    return case.events.filter(kind=kind).latest("seq").seq


def named(case: Case, kind: str, reason: str) -> list[str]:
    return [f"{case.number} #{seq_of(case, kind)}: {reason}"]


def faults(*arguments: str) -> list[str]:
    code, lines = verify_history(*arguments)
    assert code == bool(lines[:-1])
    return lines[:-1]


# --- What anyone reads --------------------------------------------------------------------------------------------------


def of_the_complaint(**columns):
    return lambda case: Complaint.objects.filter(case=case).update(**columns)


def of_the_answer(**columns):
    return lambda case: Answer.objects.filter(case=case).update(**columns)


def put_words_from_one_into_the_other(case):
    of_the_complaint(public_text=f"{COPY}\n\n{ANSWER}")(case)
    of_the_answer(public_text="")(case)


@CHECKS
@pytest.mark.parametrize(
    "tamper",
    [
        of_the_complaint(public_text="Jembatan di desa ini baik."),
        of_the_complaint(public_text=Concat("public_text", Value(" "))),
        of_the_complaint(public_text=""),
        of_the_complaint(copy_salt=""),
        of_the_complaint(copy_salt="0" * 32),
        of_the_answer(public_text="Papan jembatan belum diganti."),
        of_the_answer(public_text=""),
        of_the_answer(outcome="done"),
        of_the_answer(promised_until=date(2030, 1, 1)),
        put_words_from_one_into_the_other,
    ],
)
def test_a_public_copy_that_was_changed_is_named(case, tamper, arguments):
    assert faults(*arguments) == []
    tamper(case)
    assert faults(*arguments) == named(case, "copy_published", vouching.CHANGED)
    assert faults("--case", case.number) == named(case, "copy_published", vouching.CHANGED)


@CHECKS
def test_a_public_copy_that_is_gone_without_being_taken_back_is_named(case, arguments):
    of_the_complaint(public_text="", copy_salt="")(case)
    of_the_answer(public_text="")(case)
    assert faults(*arguments) == named(case, "copy_published", vouching.GONE)


@CHECKS
def test_public_copies_that_changed_places_are_both_named(desk, case, arguments):
    other = published(desk, text="Lampu jalan mati.", answer="Lampu sudah diganti.")
    first, second = (
        Complaint.objects.filter(case__in=[case, other]).values("public_text", "copy_salt").order_by("pk")
    )
    of_the_complaint(**second)(case)
    of_the_complaint(**first)(other)
    expected = [
        *named(case, "copy_published", vouching.CHANGED),
        *named(other, "copy_published", vouching.CHANGED),
    ]
    assert faults(*arguments) == expected


@CHECKS
def test_a_public_copy_that_nobody_published_is_told(desk, arguments):
    case = steps.answered(desk, desk.receive())
    of_the_complaint(public_text=COPY)(case)
    assert faults(*arguments) == [f"{case.number}: {vouching.UNTOLD}"]
    of_the_complaint(public_text="")(case)
    of_the_answer(public_text=ANSWER)(case)
    assert faults(*arguments) == [f"{case.number}: {vouching.UNTOLD}"]


@CHECKS
def test_a_public_copy_that_comes_back_after_it_was_taken_back_is_told(desk, case, arguments):
    kept = Complaint.objects.filter(case=case).values("public_text", "copy_salt").get()
    change_copy(desk, case)
    assert faults(*arguments) == []
    of_the_complaint(**kept)(case)
    of_the_answer(public_text=ANSWER)(case)
    assert faults(*arguments) == [f"{case.number}: {vouching.UNTOLD}"]


@CHECKS
def test_an_earlier_wording_is_no_longer_what_was_published(desk, case, arguments):
    kept = Complaint.objects.filter(case=case).values("public_text", "copy_salt").get()
    change_copy(desk, case, public_text="Jembatan rusak.", public_answer=ANSWER)
    assert faults(*arguments) == []
    of_the_complaint(**kept)(case)
    assert faults(*arguments) == named(case, "copy_published", vouching.CHANGED)


# --- What the reporter reads --------------------------------------------------------------------------------------------


@CHECKS
@pytest.mark.parametrize("text", ["Papan belum diganti.", "", "papan diganti."])
def test_an_answer_that_was_changed_is_named(case, text, arguments):
    of_the_answer(text=text)(case)
    assert faults(*arguments) == named(case, "answer_drafted", COPY_CHANGED)
    assert faults("--case", case.number) == named(case, "answer_drafted", COPY_CHANGED)


def reworded(desk, case: Case, *texts: str) -> Case:
    """One wording after the other, the last of them published."""
    for text in texts:
        answers.draft_answer(case, by=desk.staff("drafter"), seen=None, text=text, outcome="done", at=TUESDAY)
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=TUESDAY)
    return fresh(case)


@CHECKS
def test_wordings_that_changed_places_are_both_named(desk, arguments):
    case = reworded(desk, steps.in_progress(desk, desk.receive()), "Papan menyusul.", "Papan diganti.")
    assert faults(*arguments) == []
    first, second = case.answers.order_by("pk")
    Answer.objects.filter(pk=first.pk).update(text=second.text)
    Answer.objects.filter(pk=second.pk).update(text=first.text)
    drafts = case.events.filter(kind="answer_drafted").values_list("seq", flat=True)
    assert faults(*arguments) == [f"{case.number} #{seq}: {COPY_CHANGED}" for seq in drafts]


@CHECKS
def test_an_answer_that_is_gone_is_missed(desk, arguments):
    case = steps.answered(desk, desk.receive())
    Answer.objects.filter(case=case).delete()
    assert faults(*arguments) == named(case, "answer_drafted", COPY_GONE)


@CHECKS
def test_two_wordings_made_into_one_row_are_named(desk, arguments):
    case = reworded(desk, steps.in_progress(desk, desk.receive()), "Papan menyusul.", "Papan diganti.")
    first, second = case.answers.order_by("pk")
    second.delete()
    Answer.objects.filter(pk=first.pk).update(
        text=Concat(F("text"), Value(f"{len(second.text)}:{second.text}"))
    )
    drafts = case.events.filter(kind="answer_drafted").values_list("seq", flat=True)
    assert faults(*arguments) == [
        f"{case.number} #{seq}: {reason}"
        for seq, reason in zip(drafts, (COPY_CHANGED, COPY_GONE), strict=True)
    ]


@CHECKS
def test_an_answer_that_went_over_to_another_case_is_missed_here_and_untold_there(desk, arguments):
    case, other = steps.answered(desk, desk.receive()), desk.receive()
    Answer.objects.filter(case=case).update(case=other)
    assert faults(*arguments) == [
        *named(case, "answer_drafted", COPY_GONE),
        f"{other.number}: {COPY_UNTOLD}",
    ]


def test_the_daily_check_looks_at_old_cases_without_working_out_their_hashes(case, monkeypatch):
    assert verify_history("--new")[0] == 0
    monkeypatch.setattr("cases.comparing.fits", lambda *_: 1 / 0)
    of_the_answer(text="Lain.")(case)
    for _again in range(2):
        assert faults("--new") == named(case, "answer_drafted", COPY_CHANGED)


def test_a_changed_copy_and_a_changed_history_are_told_of_the_same_case(case):
    with lifted_guard():
        case.events.filter(kind="answer_drafted").update(role="head")
    of_the_answer(text="Lain.")(case)
    assert faults() == [
        *named(case, "answer_drafted", "isi tidak cocok dengan sidiknya"),
        *named(case, "answer_drafted", COPY_CHANGED),
    ]


@pytest.mark.only_on("sqlite")  # PostgreSQL holds every column to its type
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE pengaduan_answer SET text = CAST('x' AS blob)",
        "UPDATE pengaduan_answer SET promised_until = 'besok'",
        "UPDATE pengaduan_complaint SET public_text = CAST(public_text AS blob)",
        "UPDATE pengaduan_complaint SET copy_salt = 7",
    ],
)
def test_what_sqlite_lets_into_a_column_of_another_type_is_named(case, tampering):
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    (found,) = faults()
    assert found.startswith(case.number)


# --- What changes them lawfully -----------------------------------------------------------------------------------------


def test_published_again_taken_back_and_published_anew(desk, case):
    for copy in (
        {"public_text": "Jembatan rusak."},
        {"public_text": "  Jembatan\r\nrusak. ", "public_answer": "Papan\r\ndiganti."},
        {},
        {"public_text": COPY, "public_answer": ANSWER},
    ):
        change_copy(desk, case, **copy)
        assert faults() == []


def test_published_by_the_desks_own_form(desk):
    case = steps.answered(desk, desk.receive(words="Lubang\r\ndi jalan, telepon +62812345678."))
    told = {"public_text": "Lubang\r\n\r\ndi jalan.\r\n", "public_answer": " Sudah\r\nditutup. "}
    act(browser(desk.operator), case, "public-copy", **told)
    complaint = Complaint.objects.get(case=case)
    assert (complaint.public_text, len(complaint.copy_salt)) == ("Lubang\n\ndi jalan.", 32)
    assert faults() == []


def test_answered_again_after_it_was_reopened(desk, case):
    answer = case.answers.get()
    Answer.objects.filter(pk=answer.pk).update(checked_at=TUESDAY)
    reporter.ask_to_reopen(case, by=Reporter(), reason="Papan lepas lagi.", at=TUESDAY)
    desk_services.decide_reopening(
        case, by=desk.staff("coordinator"), seen=None, is_granted=True, reason="Belum selesai.", at=TUESDAY
    )
    section = desk.office.building_section
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=section, at=TUESDAY)
    reworded(desk, fresh(case), "Papan menyusul.", "Papan diganti baja.")
    assert faults() == []
    published(desk, case, answer="Papan diganti baja.")
    assert (faults(), case.answers.exclude(public_text="").count()) == ([], 2)


@pytest.mark.parametrize("end", ["withdrawn", "handed_to_ppid", "duplicate", "passed_on"])
def test_withdrawn_handed_over_or_passed_on(desk, end):
    case = steps.in_progress(desk, desk.receive())
    change_copy(desk, case, public_text=COPY)
    match end:
        case "withdrawn":
            reporter.withdraw(case, by=Reporter(), reason="Sudah selesai.", at=TUESDAY)
        case "handed_to_ppid":
            desk_services.hand_to_ppid(case, by=desk.staff("operator"), seen=None, at=TUESDAY)
        case "duplicate":
            target = {"target": "duplicate", "reason": "Sama."}
            desk_services.end_without_answer(case, by=desk.staff("operator"), seen=None, at=TUESDAY, **target)
        case "passed_on":
            unit = {"unit": desk.office.works, "reason": "Jalan kabupaten."}
            desk_services.pass_on(case, by=desk.staff("operator"), seen=None, at=TUESDAY, **unit)
    assert bool(fresh(case).published_at) == (end == "passed_on")
    assert faults() == []


def closed(desk) -> Case:
    case = steps.answered(desk, desk.receive())
    case = published(desk, case)
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, words="Terima kasih.", at=TUESDAY)
    return fresh(case)


@pytest.mark.parametrize("is_kept", [True, False])
def test_erased_by_a_rule_that_keeps_the_copy_or_does_not(desk, is_kept):
    case, rule = closed(desk), set_rule(Erasable.WORDS)
    rule.keeps_public_copy = is_kept
    rule.save()
    erase_expired(LONG_AFTER)
    assert case.answers.get().text == ""
    assert bool(Complaint.objects.get(case=case).copy_salt) == is_kept
    assert faults() == []
    # What is left is vouched for as before, and what is gone must not come back.
    of_the_answer(text="Papan diganti.")(case)
    assert faults() == named(case, "answer_drafted", COPY_CHANGED)
    of_the_answer(text="")(case)
    of_the_complaint(public_text="Jembatan baik.")(case)
    assert len(faults()) == 1


def test_erased_at_the_persons_own_request(desk):
    case = closed(desk)
    erase_at_request(case, by=desk.staff("coordinator"), seen=None, subjects=list(Erasable), reason=REASON)
    complaint = Complaint.objects.get(case=case)
    assert (complaint.public_text, complaint.copy_salt, faults()) == ("", "", [])


def test_nobody_guesses_from_the_history_what_was_published(case):
    event = case.events.get(kind="copy_published")
    kept = Complaint.objects.get(case=case)
    assert (len(kept.copy_salt), event.data[vouching.ALONE]) == (32, True)
    of_the_complaint(copy_salt="")(case)
    assert event.data[vouching.KEY] not in dict(vouching.all_kinds()[0].vouched(case.pk, case.pk)).values()


# --- What it costs ------------------------------------------------------------------------------------------------------


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert list(history.verify()) == []
    return len(captured)


def test_three_copies_are_looked_at_in_as_many_queries_as_none(desk):
    steps.answered(desk, desk.receive())
    alone = queries()
    for _again in range(3):
        published(desk)
    assert queries() == alone
