"""What silence does, and what it never does."""

from datetime import timedelta

import pytest

from cases.actors import Reporter
from cases.services.changes import CaseRefusal
from cases.services.sweep import sweep
from pengaduan.services import answers, lapses, reporter
from pengaduan.services import desk as desk_services

from .steps import answered, event_kinds, fresh, later, open_steps, running_clocks

SECOND = timedelta(seconds=1)


def deadline(case, step: str):
    return case.deadlines.get(step=step, ended_at=None).due_at


# --- Silence after an answer -------------------------------------------------------------------------------------------


def test_silence_for_ten_working_days_closes_without_calling_it_resolved(desk):
    case = answered(desk, desk.receive(), at=later(hours=2))
    end = deadline(case, "confirm")
    assert end.date().isoformat() == "2026-12-08"
    sweep(end)
    assert fresh(case).status == "answered"
    sweep(end + SECOND)
    after = fresh(case)
    assert (after.status, after.closed_at, after.due_at) == ("closed_unconfirmed", end + SECOND, None)
    assert after.public_status == "Ditutup tanpa tanggapan pelapor"
    assert (open_steps(case), running_clocks(case)) == ([], [])
    last = case.events.order_by("seq").last()
    assert (last.actor_kind, last.actor, last.role) == ("system", None, "system")


def test_the_reporter_is_told_that_it_was_closed(desk):
    case = answered(desk, desk.receive())
    case.messages.all().delete()
    lapses.close_unconfirmed(case, later(days=30))
    assert list(case.messages.values_list("template", "to_reporter")) == [("complaint_status", True)]


def test_what_silence_closed_can_be_opened_again(desk):
    case = answered(desk, desk.receive())
    sweep(later(days=30))
    reporter.ask_to_reopen(case, by=Reporter(), reason="Saya di luar kota.", at=later(days=31))
    after = fresh(case)
    assert (after.status, after.closed_at) == ("reopen_requested", None)


@pytest.mark.parametrize("days", [0, 5])
def test_a_clock_that_has_not_run_out_closes_nothing(desk, days):
    case = answered(desk, desk.receive())
    lapses.close_unconfirmed(case, later(days=days))
    assert (fresh(case).status, fresh(case).version) == ("answered", case.version)


def test_whoever_was_faster_than_the_sweep_is_left_in_peace(desk):
    case = answered(desk, desk.receive())
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=later(days=29))
    before = event_kinds(case)
    lapses.close_unconfirmed(case, later(days=30))
    assert (fresh(case).status, event_kinds(case)) == ("resolved", before)


# --- A promise ---------------------------------------------------------------------------------------------------------


def test_a_promise_that_nobody_checks_stays_open_and_is_told_to_be_late(desk):
    case = answered(desk, desk.receive(), promised_until=later(days=10).date())
    for days in (9, 11, 60, 400):
        sweep(later(days=days))
    assert (fresh(case).status, running_clocks(case)) == ("answered", ["promise"])
    assert event_kinds(case).count("overdue") == 1
    assert case.messages.filter(template="desk_overdue", recipient=None).count() == 2


def test_once_the_promise_is_checked_silence_counts_from_that_day(desk):
    case = answered(desk, desk.receive(), promised_until=later(days=10).date())
    answers.check_promise(case, by=desk.staff("operator"), seen=None, findings="Sudah.", at=later(days=9))
    end = deadline(case, "confirm")
    assert end.date().isoformat() == "2026-12-17"
    sweep(end + SECOND)
    assert fresh(case).status == "closed_unconfirmed"


# --- Silence after a question ------------------------------------------------------------------------------------------


@pytest.fixture
def asked(desk):
    case = desk.receive()
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=1, question="Di mana?", at=later(hours=1)
    )
    return case


def test_a_question_unanswered_for_thirty_days_counts_as_withdrawn(desk, asked):
    end = deadline(asked, "complete")
    assert end.date().isoformat() == "2026-12-24"
    sweep(end)
    assert fresh(asked).status == "needs_clarification"
    sweep(end + SECOND)
    after = fresh(asked)
    assert (after.status, after.closed_at) == ("deemed_withdrawn", end + SECOND)
    assert list(asked.messages.filter(template="complaint_status").values_list("to_reporter", flat=True)) == [
        True
    ]


def test_a_reply_in_the_last_minute_keeps_the_report(desk, asked):
    end = deadline(asked, "complete")
    reporter.reply(asked, by=Reporter(), words="Di Bakalan.", at=end)
    sweep(end + SECOND)
    assert fresh(asked).status == "received"


def test_a_reply_that_comes_too_late_is_told_how_to_go_on(desk, asked):
    sweep(later(days=31))
    with pytest.raises(CaseRefusal, match="meminta dibuka kembali"):
        reporter.reply(asked, by=Reporter(), words="Di Bakalan.", at=later(days=32))
    reporter.ask_to_reopen(asked, by=Reporter(), reason="Saya baru membaca.", at=later(days=32))
    assert fresh(asked).status == "reopen_requested"


def test_each_question_has_its_own_thirty_days(desk, asked):
    reporter.reply(asked, by=Reporter(), words="Di Bakalan.", at=later(days=20))
    desk_services.ask_reporter(
        asked, by=desk.staff("operator"), seen=None, question="Sejak kapan?", at=later(days=21)
    )
    sweep(later(days=31))
    assert fresh(asked).status == "needs_clarification"
    sweep(later(days=52))
    assert fresh(asked).status == "deemed_withdrawn"
