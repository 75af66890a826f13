"""From the first wording to the answer that the reporter reads, and to a promise that somebody else has checked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.actors import Reporter, Staff, Voice
from cases.intake import AcceptedImage
from cases.models import Case
from cases.services.changes import CaseRefusal, MoveRefused
from opd_pages.models import Role
from pengaduan.models import Answer
from pengaduan.services import answers, lapses, reporter
from pengaduan.services import desk as desk_services
from tests.factories import member

from .desk import TUESDAY, Desk
from .steps import (
    answered,
    drafted,
    event_kinds,
    fresh,
    in_progress,
    later,
    latest_answer,
    open_steps,
    running_clocks,
    verified,
)

PROMISED = later(days=10).date()
PHOTO = AcceptedImage(content=b"photo", width=4, height=3, sha256="0" * 64, location=None)


def draft(desk: Desk, case: Case, **wording) -> Answer:
    wording.setdefault("outcome", "done")
    wording.setdefault("text", "Papan diganti.")
    return answers.draft_answer(case, by=desk.staff("drafter"), seen=None, at=TUESDAY, **wording)


# --- Wording -----------------------------------------------------------------------------------------------------------


def test_a_wording_waits_for_the_head_and_says_nothing_to_the_reporter(desk):
    case = drafted(desk, desk.receive())
    assert (case.status, open_steps(case)) == ("in_progress", ["approve", "investigate"])
    assert case.messages.filter(template="complaint_answered").count() == 0
    assert case.events.get(kind="answer_drafted").words.is_internal is True


def test_a_newer_wording_replaces_the_one_that_waits(desk):
    case = in_progress(desk, desk.receive())
    first, second = draft(desk, case, text="Pertama."), draft(desk, case, text="Kedua.")
    first.refresh_from_db()
    assert (first.returned_at, second.returned_at) == (TUESDAY, None)
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=later(hours=1))
    published = Answer.objects.exclude(approved_at=None).get()
    assert published.text == "Kedua."


def test_a_wording_that_is_returned_is_worded_again(desk):
    case = drafted(desk, desk.receive())
    answers.return_draft(case, by=desk.staff("head"), seen=None, reason="Terlalu kaku.", at=later(hours=1))
    assert open_steps(case) == ["draft", "investigate"]
    with pytest.raises(CaseRefusal, match="Belum ada rumusan jawaban"):
        answers.publish_answer(case, by=desk.staff("head"), seen=None, at=later(hours=1))


def test_nothing_can_be_returned_where_nothing_waits(desk):
    case = in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="Tidak ada rumusan"):
        answers.return_draft(case, by=desk.staff("head"), seen=None, reason="Kaku.", at=TUESDAY)


@pytest.mark.parametrize("days", [0, -1])
def test_a_promise_names_a_day_to_come(desk, days):
    case = in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="Janji memerlukan tanggal sesudah hari ini"):
        draft(desk, case, outcome="promised", promised_until=later(days=days).date())


def test_a_promise_without_a_day_is_refused_by_the_service_and_by_the_database(desk):
    case = in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="Janji memerlukan tanggal"):
        draft(desk, case, outcome="promised")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            case=case, text="x", outcome="promised", drafted_by=desk.head, drafted_at=TUESDAY
        )


def test_an_answer_that_passes_on_says_to_whom(desk):
    case = in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="Pilih kepada siapa"):
        draft(desk, case, outcome="passed_on")
    assert draft(desk, case, outcome="passed_on", passed_to=desk.office.works).passed_to == desk.office.works


def test_a_date_or_unit_that_does_not_belong_to_the_outcome_is_not_kept(desk):
    case = in_progress(desk, desk.receive())
    answer = draft(desk, case, outcome="done", promised_until=PROMISED, passed_to=desk.office.works)
    assert (answer.promised_until, answer.passed_to) == (None, None)


def test_before_the_desk_has_looked_there_is_nothing_to_word(desk):
    with pytest.raises(CaseRefusal, match="belum sampai pada perumusan"):
        draft(desk, desk.receive())


def test_after_the_answer_there_is_nothing_to_word_any_more(desk):
    case = answered(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="belum sampai pada perumusan"):
        draft(desk, case)


# --- Publishing --------------------------------------------------------------------------------------------------------


def test_a_published_answer_ends_every_step_and_clock_and_waits_for_the_reporter(desk):
    case = answered(desk, desk.receive(), at=later(hours=2))
    assert (case.status, open_steps(case), running_clocks(case)) == ("answered", [], ["confirm"])
    answer = latest_answer(case)
    assert (answer.approved_by, answer.approved_at) == (desk.head, later(hours=2))
    event = case.events.select_related("words").get(kind="moved", data__to="answered")
    assert (event.words.text, event.words.is_internal) == ("Papan diganti.", False)
    assert case.messages.filter(template="complaint_answered", to_reporter=True).count() == 1


@pytest.mark.parametrize("person", ["operator", "drafter", "builder", "coordinator"])
def test_only_the_head_publishes(desk, person):
    case = drafted(desk, desk.receive())
    with pytest.raises(MoveRefused):
        answers.publish_answer(case, by=desk.staff(person), seen=None, at=TUESDAY)
    assert (fresh(case).status, latest_answer(case).approved_at) == ("in_progress", None)


def test_what_another_unit_had_worded_is_not_published_after_the_report_was_passed_on(desk):
    case = drafted(desk, desk.receive())
    works_head = Staff.of(member("kadis", desk.office.works, Role.HEAD))
    desk_services.pass_on(
        case, by=desk.staff("head"), seen=None, unit=desk.office.works, reason="Jalan.", at=later(hours=1)
    )
    desk_services.verify(case, by=works_head, seen=None, at=later(hours=2))
    assert fresh(case).status == "in_progress"
    with pytest.raises(CaseRefusal, match="Belum ada rumusan"):
        answers.publish_answer(case, by=works_head, seen=None, at=later(hours=3))


# --- A promise ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def promised(desk) -> Case:
    return answered(desk, desk.receive(), promised_until=PROMISED)


def test_a_promise_runs_until_its_day_and_the_reporters_silence_does_not(desk, promised):
    assert (running_clocks(promised), open_steps(promised)) == (["promise"], ["check_promise"])
    clock = promised.deadlines.get(step="promise")
    assert clock.because == "dijanjikan sampai Jumat, 4 Desember 2026"
    assert clock.due_at == TUESDAY.replace(month=12, day=4, hour=23, minute=59, second=59)


def test_an_open_promise_cannot_be_called_resolved_by_anybody(desk, promised):
    reporter.rate(promised, by=Reporter(), satisfaction=4, is_solved=True, at=later(days=1))
    voice = Voice(desk.staff("operator"))
    reporter.rate(promised, by=voice, satisfaction=4, is_solved=True, at=later(days=2))
    assert fresh(promised).status == "answered"
    assert event_kinds(promised)[-2:] == ["rated", "rated"]


def test_an_open_promise_is_not_closed_by_silence_even_if_a_clock_says_so(desk, promised):
    promised.deadlines.filter(step="promise").update(step="confirm")
    with pytest.raises(MoveRefused, match="belum diperiksa"):
        lapses.close_unconfirmed(promised, later(days=60))
    assert fresh(promised).status == "answered"


@pytest.mark.parametrize("person", ["drafter", "head"])
def test_whoever_gave_the_promise_does_not_check_it(desk, promised, person):
    # The head of Kapas approved it; the drafter, made operator since, had worded it.
    member_role = Role.OPERATOR
    user = getattr(desk, person)
    user.memberships.update(role=member_role)
    with pytest.raises(CaseRefusal, match="bukan oleh yang menjanjikan"):
        answers.check_promise(promised, by=Staff.of(user), seen=None, findings="Sudah.", at=later(days=5))
    assert latest_answer(promised).checked_at is None


@pytest.mark.parametrize("person", ["operator", "builder", "coordinator"])
def test_somebody_else_finds_the_promise_kept_and_then_the_reporters_silence_counts(desk, promised, person):
    answers.check_promise(
        promised, by=desk.staff(person), seen=None, findings="Papan baru.", images=[PHOTO], at=later(days=5)
    )
    answer = latest_answer(promised)
    assert (answer.checked_by, answer.checked_at) == (getattr(desk, person), later(days=5))
    assert (running_clocks(promised), open_steps(promised)) == (["confirm"], [])
    event = promised.events.select_related("words").get(kind="promise_kept")
    assert (event.words.is_internal, event.files.count()) == (False, 1)
    reporter.rate(promised, by=Reporter(), satisfaction=4, is_solved=True, at=later(days=6))
    assert fresh(promised).status == "resolved"


def test_a_promise_found_broken_stays_open_and_is_told_to_the_reporter_and_the_head(desk, promised):
    answers.check_promise(
        promised,
        by=desk.staff("operator"),
        seen=None,
        is_kept=False,
        findings="Papan belum ada.",
        images=[PHOTO],
        at=later(days=12),
    )
    assert latest_answer(promised).checked_at is None
    assert (running_clocks(promised), open_steps(promised)) == (["promise"], ["check_promise"])
    event = promised.events.select_related("words").get(kind="promise_not_kept")
    assert (event.words.text, event.words.is_internal, event.files.count()) == ("Papan belum ada.", False, 1)
    told = promised.messages.filter(created_at=later(days=12)).order_by("template")
    assert [message.template for message in told] == ["complaint_status", "desk_promise_not_kept"]
    reporter.rate(promised, by=Reporter(), satisfaction=1, is_solved=True, at=later(days=13))
    assert fresh(promised).status == "answered"
    answers.check_promise(
        promised, by=desk.staff("operator"), seen=None, findings="Sudah.", at=later(days=14)
    )
    assert running_clocks(promised) == ["confirm"]


def test_a_promise_is_checked_once(desk, promised):
    answers.check_promise(promised, by=desk.staff("operator"), seen=None, findings="Sudah.", at=later(days=5))
    with pytest.raises(CaseRefusal, match="Tidak ada janji terbuka"):
        answers.check_promise(
            promised, by=desk.staff("operator"), seen=None, findings="Lagi.", at=later(days=6)
        )


def test_a_promise_outlives_a_request_to_reopen_that_is_refused(desk, promised):
    reporter.ask_to_reopen(promised, by=Reporter(), reason="Belum juga.", at=later(days=2))
    assert running_clocks(promised) == ["decide_reopening", "promise"]
    desk_services.decide_reopening(
        promised,
        by=desk.staff("coordinator"),
        seen=None,
        is_granted=False,
        reason="Belum waktunya.",
        at=later(days=3),
    )
    assert (fresh(promised).status, running_clocks(promised), open_steps(promised)) == (
        "answered",
        ["promise"],
        ["check_promise"],
    )


# --- Orders --------------------------------------------------------------------------------------------------------------


def test_an_operator_writes_down_an_order_that_was_given_aloud_but_gives_none(desk):
    case = verified(desk, desk.receive())
    section = desk.office.building_section
    with pytest.raises(CaseRefusal):
        desk_services.dispose(case, by=desk.staff("operator"), seen=None, section=section, at=TUESDAY)
    desk_services.dispose(
        case, by=desk.staff("operator"), seen=None, section=section, is_spoken=True, at=TUESDAY
    )
    order = case.dispositions.get()
    assert (order.ordered_by, order.recorded_by, order.is_spoken) == (None, desk.operator, True)


def test_findings_of_one_section_do_not_finish_the_other_sections_work(desk):
    case = in_progress(desk, desk.receive())
    desk_services.dispose(
        case, by=desk.staff("head"), seen=None, section=desk.office.order_section, at=TUESDAY
    )
    desk_services.report_findings(
        case, by=desk.staff("builder"), seen=None, findings="Lapuk.", at=later(hours=1)
    )
    assert open_steps(case) == ["investigate"]
    desk_services.report_findings(
        case, by=desk.staff("order_keeper"), seen=None, findings="Aman.", at=later(hours=2)
    )
    assert open_steps(case) == ["draft", "study"]
    assert case.deadlines.get(step="study").due_at <= case.deadlines.get(step="answer").due_at


def test_an_order_that_is_returned_waits_for_the_head_again(desk):
    case = in_progress(desk, desk.receive())
    desk_services.return_disposition(
        case, by=desk.staff("builder"), seen=None, reason="Bukan tugas kami.", at=TUESDAY + timedelta(hours=1)
    )
    assert open_steps(case) == ["dispose"]
    assert "answer" in running_clocks(case)
    assert case.dispositions.get().returned_at == later(hours=1)
