"""What an office may not do to a date: outlive the law, shed a promise, or start a clock that nobody can count."""

from datetime import date, datetime, timedelta

import pytest

from cases.actors import Reporter, Staff
from cases.models import Rule
from cases.services.changes import CaseRefusal
from cases.services.clockwork import reference_changed
from cases.services.sweep import sweep
from cases.visibility import can_see
from opd_pages.models import Role
from pengaduan.models import ReportClass
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.factories import member

from . import steps
from .desk import JAKARTA, TUESDAY
from .steps import event_kinds, fresh, later, open_steps, running_clocks


def law(case) -> date:
    return case.deadlines.get(step="law", ended_at=None).due_at.astimezone(JAKARTA).date()


def postpone(desk, case, until: date) -> None:
    desk_services.postpone(
        case, by=desk.staff("head"), seen=None, reason="Menunggu anggaran.", until=until, at=later(days=1)
    )


def test_what_is_put_off_leaves_the_laws_date_where_it_was(desk):
    case = steps.in_progress(desk, desk.receive())
    before = law(case)
    postpone(desk, case, later(days=9).date())
    desk_services.take_up_again(case, by=desk.staff("head"), at=later(days=8))
    assert law(case) == before


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_report_is_put_off_to_a_day_ahead_and_within_the_law(desk, days):
    case = steps.in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal):
        postpone(desk, case, later(days=days).date())
    assert fresh(case).status == "in_progress"


def test_on_the_day_until_which_it_was_put_off_a_report_goes_on_by_itself(desk):
    case = steps.in_progress(desk, desk.receive())
    postpone(desk, case, later(days=5).date())
    sweep(later(days=4))
    assert fresh(case).status == "postponed"
    sweep(later(days=5))
    assert (fresh(case).status, "postponement" in running_clocks(case)) == ("in_progress", False)


def pass_on(desk, case, at: datetime) -> None:
    desk_services.pass_on(
        case, by=desk.staff("head"), seen=None, unit=desk.office.works, reason="Jalan kabupaten.", at=at
    )


def test_passing_on_tells_which_promise_it_replaced(desk):
    case = steps.verified(desk, desk.receive())
    old = case.deadlines.get(step="answer").due_at
    pass_on(desk, case, later(days=2))
    shift = case.events.get(kind="deadline_moved").data
    assert (shift["step"], datetime.fromisoformat(shift["old"])) == ("answer", old.replace(second=0))
    assert "overdue" not in event_kinds(case)


@pytest.mark.parametrize("is_swept", [True, False])
def test_passing_on_too_late_says_once_that_it_was_late(desk, is_swept):
    case = steps.verified(desk, desk.receive())
    if is_swept:
        sweep(later(days=7))
    pass_on(desk, case, later(days=8))
    assert event_kinds(case).count("overdue") == 1


def test_an_answer_that_passes_the_report_on_takes_it_there(desk):
    member("operator-pu", desk.office.works, Role.OPERATOR)
    case = steps.in_progress(desk, desk.receive())
    answers.draft_answer(
        case,
        by=desk.staff("drafter"),
        seen=None,
        text="Jalan ini milik kabupaten.",
        outcome="passed_on",
        passed_to=desk.office.works,
        at=TUESDAY,
    )
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=TUESDAY)
    case = fresh(case)
    assert (case.status, case.responsible_unit, open_steps(case)) == (
        "received",
        desk.office.works,
        ["verify"],
    )
    assert case.events.get(kind="passed_on").words.text == "Jalan ini milik kabupaten."


def promise(desk, case, day: date, at: datetime = TUESDAY) -> None:
    answers.draft_answer(
        case,
        by=desk.staff("drafter"),
        seen=None,
        text="Segera.",
        outcome="promised",
        promised_until=day,
        at=at,
    )


@pytest.mark.parametrize("day", [TUESDAY.date(), date(2027, 11, 25), date(9999, 12, 31)])
def test_a_promise_is_for_a_day_ahead_and_not_for_ever(desk, day):
    case = steps.in_progress(desk, desk.receive())
    with pytest.raises(CaseRefusal, match=r"Janji"):
        promise(desk, case, day)


def test_no_promise_goes_out_that_is_late_already(desk):
    case = steps.in_progress(desk, desk.receive())
    promise(desk, case, later(days=1).date())
    with pytest.raises(CaseRefusal, match=r"Janji memerlukan tanggal sesudah hari ini"):
        answers.publish_answer(case, by=desk.staff("head"), seen=None, at=later(days=3))
    assert fresh(case).status == "in_progress"


def test_a_second_answer_does_not_redeem_the_promise_of_the_first(desk):
    case = steps.answered(desk, desk.receive(), promised_until=later(days=9).date())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Terlalu lama.", at=later(days=1))
    desk_services.decide_reopening(
        case, by=desk.staff("coordinator"), seen=None, is_granted=True, reason="Benar.", at=later(days=1)
    )
    answers.draft_answer(
        case, by=desk.staff("head"), seen=None, text="Sudah.", outcome="done", at=later(days=2)
    )
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=later(days=2))
    assert (open_steps(case), "confirm" in running_clocks(case)) == (["check_promise"], False)
    answers.check_promise(
        case, by=desk.staff("operator"), seen=None, findings="Papan sudah diganti.", at=later(days=3)
    )
    assert (open_steps(case), running_clocks(case)) == ([], ["confirm"])


@pytest.mark.parametrize("step", ["investigate", "confirm", "answer"])
def test_a_clock_that_no_rule_counts_is_a_refusal_in_words_and_changes_nothing(desk, step):
    case = steps.drafted(desk, desk.receive())
    long_ago = {"effective_from": date(2018, 1, 1), "effective_until": date(2019, 12, 31)}
    Rule.objects.filter(step=step).update(**long_ago)
    reference_changed()
    verbs = {
        "investigate": lambda: desk_services.dispose(
            case, by=desk.staff("head"), seen=None, section=desk.office.order_section, at=TUESDAY
        ),
        "confirm": lambda: answers.publish_answer(case, by=desk.staff("head"), seen=None, at=TUESDAY),
        "answer": lambda: desk_services.pass_on(
            case, by=desk.staff("head"), seen=None, unit=desk.office.works, reason="Bukan kami.", at=TUESDAY
        ),
    }
    before = event_kinds(case)
    with pytest.raises(CaseRefusal, match=r"Batas waktu langkah ini tidak dapat dihitung"):
        verbs[step]()
    assert event_kinds(case) == before


def test_a_secret_report_is_answered_by_the_head_and_shown_to_no_section(desk):
    case = desk.receive(is_secret=True)
    desk_services.verify(case, by=desk.staff("head"), seen=None, at=TUESDAY)
    task = case.tasks.get(done_at=None)
    assert (task.step, task.role) == ("draft", Role.HEAD)
    with pytest.raises(CaseRefusal, match=r"Laporan rahasia tidak diteruskan kepada seksi"):
        desk_services.dispose(
            case, by=desk.staff("head"), seen=None, section=desk.office.order_section, at=TUESDAY
        )


def test_an_office_that_finds_itself_accused_hands_the_report_on_and_sees_it_no_more(desk):
    case = steps.verified(desk, desk.receive())
    desk_services.change_public_copy(
        case, by=desk.staff("operator"), seen=None, public_text="Jembatan rusak.", at=TUESDAY
    )
    desk_services.keep_from(
        case, by=desk.staff("operator"), seen=None, unit=desk.office.kapas, reason="Tentang kami.", at=TUESDAY
    )
    case = fresh(case)
    assert (case.responsible_unit, case.concerns_unit) == (desk.office.regency, desk.office.kapas)
    assert (case.published_at, Staff.of(desk.head).roles_on(case)) == (None, frozenset())


def test_what_is_about_nobody_after_all_is_opened_by_the_coordinator_alone(desk):
    case = desk.receive(accused=desk.office.bakalan)
    with pytest.raises(CaseRefusal):
        desk_services.clear_accused(case, by=desk.staff("head"), seen=None, reason="Keliru.", at=TUESDAY)
    desk_services.clear_accused(case, by=desk.staff("coordinator"), seen=None, reason="Keliru.", at=TUESDAY)
    assert fresh(case).concerns_unit is None


def test_what_accuses_nobody_after_all_is_no_longer_the_inspectorates_to_read_and_may_go_to_the_ppid(desk):
    inspector = Staff.of(member("auditor", desk.office.inspectorate, Role.INSPECTOR))
    asked = desk.receive(report_class=ReportClass.INFORMATION)
    whistle = desk.receive(accused=desk.office.works, report_class=ReportClass.WHISTLEBLOWING)
    desk_services.keep_from(
        asked,
        by=desk.staff("operator"),
        seen=None,
        unit=desk.office.works,
        reason="Tentang dinas.",
        at=TUESDAY,
    )
    assert can_see(inspector, fresh(asked))
    for case in (asked, whistle):
        desk_services.clear_accused(
            case, by=desk.staff("coordinator"), seen=None, reason="Keliru.", at=TUESDAY
        )
    assert (can_see(inspector, fresh(asked)), can_see(inspector, fresh(whistle))) == (False, True)
    later = desk_services.hand_to_ppid(asked, by=desk.staff("coordinator"), seen=None, at=TUESDAY)
    assert later.received_at == asked.received_at


def test_a_moved_date_is_announced_anew(desk):
    case = desk.receive()
    case.deadlines.filter(step="answer").update(reminded_at=TUESDAY)
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=TUESDAY + timedelta(days=3))
    assert case.deadlines.get(step="answer").reminded_at is None
