"""What the reporter does with number and code, and what an officer writes down for them."""

import pytest

from cases.actors import Reporter, Staff, Voice
from cases.intake import AcceptedImage
from cases.models import IdentityMode
from cases.models.history import ActorKind
from cases.services.changes import CaseRefusal, MoveRefused, WordsMissing
from cases.services.outbox import deliver_due
from cases.services.receipt import Identity
from cases.services.sweep import sweep
from cases.workflow import REPORTER_BY_VOICE
from opd_pages.models import Role
from pengaduan.actions import DESK_ACTIONS
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.factories import member

from .desk import TUESDAY
from .steps import (
    answered,
    event_kinds,
    fresh,
    in_progress,
    later,
    latest_answer,
    open_steps,
    running_clocks,
    verified,
)

PHOTO = AcceptedImage(content=b"photo", width=4, height=3, sha256="0" * 64, location=None)


def last_event(case):
    return case.events.select_related("words").order_by("seq").last()


# --- Words in between --------------------------------------------------------------------------------------------------


def test_a_reply_that_nobody_asked_for_is_kept_and_told_to_the_desk(desk):
    case = verified(desk, desk.receive())
    reporter.reply(case, by=Reporter(), words="Tambah lapuk.", images=[PHOTO], at=later(days=1))
    event = last_event(case)
    assert (event.kind, event.actor_kind, event.words.is_internal) == (
        "reporter_replied",
        ActorKind.REPORTER,
        False,
    )
    assert list(event.files.values_list("by_reporter", flat=True)) == [True]
    assert case.messages.filter(template="desk_reply").values_list("role", flat=True).get() == Role.OPERATOR
    assert fresh(case).status == "verified"


def test_a_reply_to_a_secret_report_is_told_to_the_head(desk):
    case = desk.receive(is_secret=True)
    reporter.reply(case, by=Reporter(), words="Tambah lapuk.", at=later(days=1))
    assert case.messages.filter(template="desk_reply").values_list("role", flat=True).get() == Role.HEAD


def test_a_reply_to_a_question_says_something(desk):
    case = desk.receive()
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=1, question="Di mana?", at=later(hours=1)
    )
    with pytest.raises(WordsMissing):
        reporter.reply(case, by=Reporter(), words="  ", images=[PHOTO], at=later(days=1))
    assert (fresh(case).status, case.files.count()) == ("needs_clarification", 0)


@pytest.mark.parametrize("state", ["received", "verified", "in_progress"])
def test_after_the_reply_the_report_stands_where_it_was_asked(desk, state):
    case = desk.receive()
    if state != "received":
        verified(desk, case)
    if state == "in_progress":
        desk_services.dispose(
            case, by=desk.staff("head"), seen=None, section=desk.office.order_section, at=TUESDAY
        )
    steps = open_steps(case)
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=None, question="Di mana?", at=later(hours=1)
    )
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=later(days=1))
    assert (fresh(case).status, open_steps(case)) == (state, steps)


def test_a_second_question_leads_back_to_where_the_second_was_asked(desk):
    case = desk.receive()
    operator = desk.staff("operator")
    desk_services.ask_reporter(case, by=operator, seen=None, question="Di mana?", at=later(hours=1))
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=later(hours=2))
    desk_services.verify(case, by=operator, seen=None, at=later(hours=3))
    desk_services.ask_reporter(case, by=operator, seen=None, question="Sejak kapan?", at=later(hours=4))
    reporter.reply(case, by=Reporter(), words="Sejak Senin.", at=later(hours=5))
    assert fresh(case).status == "verified"


def test_what_is_closed_takes_no_more_words(desk):
    case = desk.receive()
    reporter.withdraw(case, by=Reporter(), reason="Sudah beres.", at=later(hours=1))
    with pytest.raises(CaseRefusal, match="sudah ditutup"):
        reporter.reply(case, by=Reporter(), words="Eh, belum.", at=later(hours=2))
    assert event_kinds(case) == ["received", "moved"]


# --- Saying yes or no --------------------------------------------------------------------------------------------------


def test_yes_resolves_and_is_kept_with_the_answer(desk):
    case = answered(desk, desk.receive())
    reporter.rate(
        case, by=Reporter(), satisfaction=3, is_solved=True, words="Terima kasih.", at=later(days=1)
    )
    answer = latest_answer(case)
    assert (fresh(case).status, answer.satisfaction, answer.rated_at) == ("resolved", 3, later(days=1))
    assert last_event(case).data["satisfaction"] == "Puas"
    assert (running_clocks(case), fresh(case).closed_at) == ([], later(days=1))


def test_no_is_kept_and_has_somebody_else_look_again(desk):
    case = answered(desk, desk.receive())
    case.messages.all().delete()
    reporter.rate(
        case, by=Reporter(), satisfaction=1, is_solved=False, words="Masih rusak.", at=later(days=1)
    )
    assert (fresh(case).status, latest_answer(case).satisfaction) == ("reopen_requested", 1)
    assert event_kinds(case)[-2:] == ["rated", "moved"]
    assert last_event(case).words.text == "Masih rusak."
    assert (open_steps(case), running_clocks(case)) == (["decide_reopening"], ["decide_reopening"])
    assert sorted(case.messages.values_list("template", "role")) == [
        ("desk_reply", Role.OPERATOR),
        ("desk_task", Role.COORDINATOR),
    ]


def test_no_without_a_word_is_no_all_the_same(desk):
    case = answered(desk, desk.receive())
    reporter.rate(case, by=Reporter(), satisfaction=1, is_solved=False, at=later(days=1))
    assert last_event(case).words.text == "Menurut pelapor masalahnya belum selesai."


def test_whoever_said_no_is_not_closed_as_silent(desk):
    case = answered(desk, desk.receive())
    reporter.rate(case, by=Reporter(), satisfaction=1, is_solved=False, at=later(days=1))
    sweep(later(days=60))
    assert fresh(case).status == "reopen_requested"


@pytest.mark.parametrize("is_solved", [True, False])
def test_while_a_promise_is_open_a_word_on_it_is_kept_and_told(desk, is_solved):
    case = answered(desk, desk.receive(), promised_until=later(days=10).date())
    case.messages.all().delete()
    reporter.rate(case, by=Reporter(), satisfaction=2, is_solved=is_solved, at=later(days=1))
    assert (fresh(case).status, running_clocks(case)) == ("answered", ["promise"])
    assert list(case.messages.values_list("template", flat=True)) == ["desk_reply"]


def test_whoever_replies_to_an_answer_has_ten_more_working_days(desk):
    case = answered(desk, desk.receive())
    reporter.reply(case, by=Reporter(), words="Papan masih hilang.", at=later(days=7))
    assert running_clocks(case) == ["confirm"]
    end = case.deadlines.get(step="confirm", ended_at=None).due_at
    assert end.date().isoformat() == "2026-12-15"


def test_replies_that_nobody_has_heard_of_yet_are_one_message(desk):
    case = desk.receive()
    for hours in (1, 2, 3):
        reporter.reply(case, by=Reporter(), words="Tambah lapuk.", at=later(hours=hours))
    assert case.messages.filter(template="desk_reply").count() == 1
    deliver_due(now=later(hours=4))
    deliver_due(now=later(hours=4))
    reporter.reply(case, by=Reporter(), words="Sekarang putus.", at=later(hours=5))
    assert case.messages.filter(template="desk_reply", recipient=None).count() == 2


def test_before_there_is_an_answer_there_is_nothing_to_rate(desk):
    with pytest.raises(CaseRefusal, match="Belum ada jawaban"):
        reporter.rate(desk.receive(), by=Reporter(), satisfaction=4, is_solved=True, at=later(days=1))


def test_what_is_resolved_is_over(desk):
    case = answered(desk, desk.receive())
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=later(days=1))
    for verb in (
        lambda: reporter.rate(case, by=Reporter(), satisfaction=1, is_solved=False, at=later(days=2)),
        lambda: reporter.ask_to_reopen(case, by=Reporter(), reason="Rusak lagi.", at=later(days=2)),
        lambda: reporter.withdraw(case, by=Reporter(), reason="Tidak jadi.", at=later(days=2)),
        lambda: reporter.reply(case, by=Reporter(), words="Rusak lagi.", at=later(days=2)),
    ):
        with pytest.raises(CaseRefusal):
            verb()
    assert latest_answer(case).satisfaction == 4


# --- By voice ----------------------------------------------------------------------------------------------------------


def test_what_was_said_by_voice_is_recorded_as_such_with_the_officers_name(desk):
    case = answered(desk, desk.receive())
    reporter.rate(case, by=Voice(desk.staff("operator")), satisfaction=4, is_solved=True, at=later(days=1))
    event = last_event(case)
    assert (event.actor_kind, event.actor, event.role) == (ActorKind.STAFF, desk.operator, REPORTER_BY_VOICE)
    assert fresh(case).status == "resolved"


@pytest.mark.parametrize("person", ["head", "drafter"])
@pytest.mark.parametrize("is_solved", [True, False])
def test_whoever_answered_is_nobodys_voice(desk, person, is_solved):
    case = answered(desk, desk.receive())
    with pytest.raises(CaseRefusal, match="oleh petugas lain"):
        reporter.rate(
            case, by=Voice(desk.staff(person)), satisfaction=4, is_solved=is_solved, at=later(days=1)
        )
    assert (fresh(case).status, latest_answer(case).satisfaction) == ("answered", None)


def test_nobody_outside_the_case_is_a_voice(desk):
    case = answered(desk, desk.receive())
    stranger = Voice(Staff.of(member("camat-dander", desk.office.dander, Role.HEAD)))
    with pytest.raises(CaseRefusal):
        reporter.rate(case, by=stranger, satisfaction=4, is_solved=False, at=later(days=1))
    with pytest.raises(CaseRefusal):
        reporter.reply(case, by=stranger, words="Katanya.", at=later(days=1))


def test_an_officer_who_is_no_voice_rates_nothing(desk):
    case = answered(desk, desk.receive())
    with pytest.raises(CaseRefusal):
        reporter.rate(case, by=desk.staff("operator"), satisfaction=4, is_solved=False, at=later(days=1))
    assert latest_answer(case).satisfaction is None


# --- Not settled -------------------------------------------------------------------------------------------------------


def test_a_request_to_reopen_goes_to_the_unit_above_the_one_that_answered(desk):
    member("bakalan-operator", desk.office.bakalan, Role.OPERATOR)
    cases = {"kapas": answered(desk, desk.receive()), "desa": desk.receive(village=desk.office.bakalan)}
    desk_services.end_without_answer(
        cases["desa"],
        by=Staff.of(desk.office.bakalan.memberships.get().user),
        seen=None,
        target="archived",
        reason="Uji coba.",
        at=later(hours=1),
    )
    for case in cases.values():
        reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=1))
    tasks = {
        name: case.tasks.filter(step="decide_reopening").values_list("role", "unit__short_code").get()
        for name, case in cases.items()
    }
    assert tasks == {"kapas": (Role.COORDINATOR, "BJN"), "desa": (Role.HEAD, "KPS")}


def test_asking_to_reopen_stops_the_clock_of_silence(desk):
    case = answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=1))
    assert (fresh(case).status, running_clocks(case)) == ("reopen_requested", ["decide_reopening"])


def test_the_unit_that_answered_does_not_decide(desk):
    case = answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=1))
    for person in ("head", "operator"):
        with pytest.raises(MoveRefused):
            desk_services.decide_reopening(
                case, by=desk.staff(person), seen=None, is_granted=True, at=later(days=2)
            )
    assert fresh(case).status == "reopen_requested"


def test_a_report_that_is_opened_again_is_handled_and_promised_anew(desk):
    case = answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=1))
    desk_services.decide_reopening(
        case, by=desk.staff("coordinator"), seen=None, is_granted=True, reason="Benar.", at=later(days=2)
    )
    assert (fresh(case).status, open_steps(case), running_clocks(case)) == (
        "reopened",
        ["dispose"],
        ["answer", "law"],
    )
    assert answered_again(desk, case).status == "answered"


def answered_again(desk, case):
    from pengaduan.services import answers

    desk_services.dispose(
        case, by=desk.staff("head"), seen=None, section=desk.office.building_section, at=later(days=2)
    )
    answers.draft_answer(
        case, by=desk.staff("drafter"), seen=None, text="Diganti semua.", outcome="done", at=later(days=2)
    )
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=later(days=3))
    return fresh(case)


def test_a_refused_request_needs_a_reason_and_closes_the_report(desk):
    case = answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=1))
    coordinator = desk.staff("coordinator")
    with pytest.raises(WordsMissing):
        desk_services.decide_reopening(case, by=coordinator, seen=None, is_granted=False, at=later(days=2))
    desk_services.decide_reopening(
        case, by=coordinator, seen=None, is_granted=False, reason="Sudah sesuai.", at=later(days=2)
    )
    assert (fresh(case).status, open_steps(case)) == ("upheld", [])


# --- Given up ----------------------------------------------------------------------------------------------------------


def test_a_withdrawal_needs_a_reason_and_is_told_to_the_desk(desk):
    case = desk.receive()
    case.messages.all().delete()
    with pytest.raises(WordsMissing):
        reporter.withdraw(case, by=Reporter(), reason="", at=later(days=1))
    reporter.withdraw(case, by=Reporter(), reason="Sudah beres.", at=later(days=1))
    assert (fresh(case).status, open_steps(case), running_clocks(case)) == ("withdrawn", [], [])
    assert list(case.messages.values_list("template", "role")) == [("desk_withdrawn", Role.OPERATOR)]


def test_what_was_withdrawn_can_be_taken_back(desk):
    case = desk.receive()
    reporter.withdraw(case, by=Reporter(), reason="Sudah beres.", at=later(days=1))
    reporter.ask_to_reopen(case, by=Reporter(), reason="Rusak lagi.", at=later(days=2))
    assert (fresh(case).status, open_steps(case)) == ("reopen_requested", ["decide_reopening"])


def test_a_withdrawal_by_voice_is_told_to_the_reporter_with_the_way_back(desk, mailoutbox):
    case = desk.receive()
    case.messages.all().delete()
    reporter.withdraw(case, by=Voice(desk.staff("operator")), reason="Kata pelapor beres.", at=later(days=1))
    deliver_due(now=later(days=1))
    (letter,) = mailoutbox
    assert letter.to == ["warga@contoh.test"]
    assert "Bila Anda tidak memintanya" in letter.body


@pytest.mark.parametrize("mode", [IdentityMode.ANONYMOUS, IdentityMode.NONE])
def test_nobody_withdraws_for_a_reporter_whom_the_office_does_not_know(desk, mode):
    case = desk.receive(identity=Identity(mode, "Warga Uji", "", "warga@contoh.test"))
    with pytest.raises(CaseRefusal, match="hanya dari pelapor yang dikenal"):
        reporter.withdraw(case, by=Voice(desk.staff("operator")), reason="Katanya.", at=later(days=1))
    assert "spoken-withdrawal" not in offered(desk.staff("operator"), case)


@pytest.mark.parametrize(
    ("person", "may"),
    [("operator", True), ("head", True), ("builder", False), ("drafter", False), ("coordinator", False)],
)
def test_a_withdrawal_by_voice_is_for_the_desk_that_has_the_report(desk, person, may):
    case = in_progress(desk, desk.receive())
    assert ("spoken-withdrawal" in offered(desk.staff(person), case)) is may
    if not may:
        with pytest.raises(CaseRefusal):
            reporter.withdraw(case, by=Voice(desk.staff(person)), reason="Katanya.", at=later(days=1))


def offered(staff: Staff, case) -> list[str]:
    tasks = list(case.tasks.filter(done_at=None))
    return [action.name for action in DESK_ACTIONS if action.allowed(staff, case, tasks)]
