"""What must happen by itself happens once, however long nobody looked, and one bad row holds up nothing."""

import logging
from datetime import datetime, timedelta

import pytest

from cases.models import Case, Deadline, OutboxMessage, SweepMark
from cases.services import sweep as sweeping
from cases.services.outbox import stuck_messages
from cases.services.sweep import remind, sweep
from opd_pages.models import Role
from pengaduan.models import DeskSettings
from pengaduan.services import desk as desk_services
from tests.factories import member
from tests.pengaduan.desk import JAKARTA, Desk
from tests.pengaduan.steps import answered, event_kinds, fresh, later

THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=JAKARTA)
FRIDAY = datetime(2026, 11, 27, 7, 0, tzinfo=JAKARTA)
SUNDAY_NIGHT = datetime(2026, 11, 29, 23, 59, 59, tzinfo=JAKARTA)


def everything() -> list:
    """What a sweep could change: states, histories, clocks, tasks and messages."""
    return [
        list(Case.objects.order_by("pk").values("status", "version", "chain_length", "due_at")),
        list(Deadline.objects.order_by("pk").values("due_at", "ended_at", "reminded_at", "overdue_noted_at")),
        list(OutboxMessage.objects.order_by("pk").values("template", "tries", "sent_at", "dropped_at")),
    ]


def templates(case: Case) -> list[str]:
    """What officers were written to about, without the copies that a role's message was split into."""
    rows = case.messages.filter(recipient=None, to_reporter=False).order_by("pk")
    return [f"{row.template} {row.role}" for row in rows]


@pytest.fixture
def silent(desk) -> dict[str, Case]:
    """Four reports that nobody touches any more."""
    return {
        "new": desk.receive(),
        "asked": _asked(desk),
        "answered": answered(desk, desk.receive()),
        "promised": answered(desk, desk.receive(), promised_until=later(days=5).date()),
    }


def _asked(desk: Desk) -> Case:
    case = desk.receive()
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=1, question="Di mana?", at=later())
    return case


def test_a_sweep_after_forty_silent_days_does_everything_once(silent):
    sweep(later(days=40))
    assert {name: fresh(case).status for name, case in silent.items()} == {
        "new": "received",
        "asked": "deemed_withdrawn",
        "answered": "closed_unconfirmed",
        "promised": "answered",
    }
    overdue = {name: event_kinds(case).count("overdue") for name, case in silent.items()}
    assert overdue == {"new": 1, "asked": 0, "answered": 0, "promised": 1}


def test_a_second_sweep_changes_nothing(silent):
    sweep(later(days=40))
    before = everything()
    sweep(later(days=40))
    assert everything() == before


def test_sweeping_every_few_days_comes_to_the_same_as_sweeping_once(silent):
    for day in range(0, 41, 4):
        sweep(later(days=day))
    statuses = [fresh(silent[name]).status for name in ("asked", "answered")]
    assert statuses == ["deemed_withdrawn", "closed_unconfirmed"]
    overdue = {name: event_kinds(case).count("overdue") for name, case in silent.items()}
    assert overdue == {"new": 1, "asked": 0, "answered": 0, "promised": 1}


def test_before_anything_is_due_nothing_happens(silent):
    sweep(later())
    before = everything()
    sweep(later(hours=2))
    assert everything() == before


def test_a_late_promise_is_told_to_the_head_and_the_coordinator_once(desk):
    case = desk.receive()
    OutboxMessage.objects.all().delete()
    for days in (4, 5, 6):
        sweep(later(days=days))
    assert templates(case) == ["desk_overdue head", "desk_overdue coordinator"]
    (event,) = case.events.filter(kind="overdue")
    assert (event.actor_kind, event.data, event.at) == ("system", {"step": "answer"}, later(days=4))


def test_a_promise_is_late_only_after_its_last_second(desk):
    case = desk.receive()
    due = case.deadlines.get(step="answer").due_at
    sweep(due)
    assert event_kinds(case) == ["received"]
    sweep(due + timedelta(milliseconds=1))
    assert event_kinds(case) == ["received", "overdue"]


def test_an_inner_step_that_is_late_is_no_broken_promise(desk):
    case = desk.receive()
    verify = case.deadlines.get(step="verify")
    assert verify.due_at < later(hours=6)
    sweep(later(hours=7))
    assert event_kinds(case) == ["received"]


def test_a_clock_that_stands_still_is_neither_late_nor_announced(desk):
    case = _asked(desk)
    OutboxMessage.objects.all().delete()
    sweep(later(days=20))
    assert (event_kinds(case), templates(case)) == (["received", "moved"], [])


# --- Announcing --------------------------------------------------------------------------------------------------------


def reminders(case: Case) -> list[tuple[str, str]]:
    rows = case.messages.filter(template="desk_reminder", sent_at=None, dropped_at=None).order_by("pk")
    return [(row.role, row.recipient.username if row.recipient else "") for row in rows]


def test_a_promise_that_lapses_on_a_sunday_is_announced_on_friday_morning(desk):
    case = desk.receive(at=THURSDAY)
    assert case.deadlines.get(step="answer").due_at == SUNDAY_NIGHT
    remind(FRIDAY - timedelta(seconds=1))
    assert reminders(case) == []
    remind(FRIDAY)
    assert reminders(case) == [(Role.OPERATOR, ""), (Role.HEAD, "")]


def test_of_two_sweeps_that_read_the_same_clock_one_announces_it(desk, monkeypatch):
    case, look = desk.receive(at=THURSDAY), sweeping.warning_day

    def while_another_was_quicker(due, calendar):
        monkeypatch.setattr(sweeping, "warning_day", look)
        remind(FRIDAY)
        return look(due, calendar)

    monkeypatch.setattr(sweeping, "warning_day", while_another_was_quicker)
    remind(FRIDAY)
    assert reminders(case) == [(Role.OPERATOR, ""), (Role.HEAD, "")]


def test_whoever_is_on_duty_hears_of_what_lapses_on_a_day_off(desk):
    on_duty = member("piket", desk.office.kapas, Role.SECTION_HEAD, section=desk.office.order_section)
    DeskSettings.objects.filter(unit=desk.office.kapas).update(on_duty=on_duty)
    weekend, working_day = desk.receive(at=THURSDAY), desk.receive(at=later())
    remind(FRIDAY)
    assert reminders(weekend) == [(Role.OPERATOR, ""), (Role.HEAD, ""), ("", "piket")]
    assert reminders(working_day) == [(Role.OPERATOR, ""), (Role.HEAD, "")]


def test_a_promise_is_announced_once(desk):
    case = desk.receive(at=THURSDAY)
    for hours in (0, 1, 30):
        remind(FRIDAY + timedelta(hours=hours))
    assert len(reminders(case)) == 2


def test_whoever_missed_friday_is_told_on_saturday_still(desk):
    case = desk.receive(at=THURSDAY)
    remind(FRIDAY + timedelta(days=1))
    assert len(reminders(case)) == 2


def test_what_came_on_a_friday_night_and_lapses_on_monday_is_announced_on_monday(desk):
    case = desk.receive(at=FRIDAY.replace(hour=22))
    assert case.deadlines.get(step="answer").due_at == datetime(2026, 11, 30, 23, 59, 59, tzinfo=JAKARTA)
    remind(FRIDAY + timedelta(days=2, hours=15))
    assert reminders(case) == []
    remind(FRIDAY + timedelta(days=3))
    assert len(reminders(case)) == 2


def test_a_promise_that_is_late_already_is_not_announced_any_more(desk):
    case = desk.receive(at=THURSDAY)
    remind(SUNDAY_NIGHT + timedelta(seconds=1))
    assert reminders(case) == []


def test_before_a_long_break_everything_in_it_is_announced_on_the_last_working_day(desk):
    # Eid 2027: from Monday 8 March (joint leave 9 and 12, holidays 8, 10, 11; joint leave 15) to Tuesday 16 March.
    received = datetime(2027, 3, 4, 9, 0, tzinfo=JAKARTA)
    case = desk.receive(at=received)
    case.deadlines.filter(step="answer").update(due_at=datetime(2027, 3, 15, 23, 59, 59, tzinfo=JAKARTA))
    remind(datetime(2027, 3, 4, 12, 0, tzinfo=JAKARTA))
    assert reminders(case) == []
    remind(datetime(2027, 3, 5, 7, 0, tzinfo=JAKARTA))
    assert len(reminders(case)) == 2


# --- What goes wrong ---------------------------------------------------------------------------------------------------


@pytest.fixture
def _pages_of_two(monkeypatch):
    monkeypatch.setattr(sweeping, "PAGE", 2)


@pytest.mark.usefixtures("_pages_of_two")
def test_rows_that_always_fail_hold_up_nothing_behind_them(desk, monkeypatch, caplog):
    cases = [answered(desk, desk.receive()) for _ in range(6)]
    poisoned = {case.pk for case in cases[:3]}
    real_change = sweeping.kind_of(cases[0]).on_lapse["confirm"]

    def lapse(case, at):
        if case.pk in poisoned:
            raise ValueError("poison")
        real_change(case, at)

    monkeypatch.setitem(sweeping.kind_of(cases[0]).on_lapse, "confirm", lapse)
    with caplog.at_level(logging.CRITICAL):
        sweep(later(days=30))
    assert [fresh(case).status for case in cases] == ["answered"] * 3 + ["closed_unconfirmed"] * 3


@pytest.mark.usefixtures("_pages_of_two")
def test_more_late_promises_than_one_page_are_all_noted(desk):
    cases = [desk.receive() for _ in range(5)]
    sweep(later(days=10))
    assert [event_kinds(case) for case in cases] == [["received", "overdue"]] * 5


def test_daily_duties_and_messages_go_on_after_a_clock_that_stood_ahead_was_set_right(
    desk, monkeypatch, mailoutbox
):
    done, ahead = [], later(days=400)
    monkeypatch.setattr(sweeping.daily_duties, "_entries", [(1, done.append)])
    desk.receive()
    sweep(ahead)
    OutboxMessage.objects.update(sent_at=None, dropped_at=None, next_try_at=ahead)
    mailoutbox.clear()
    sweep(later(hours=1))
    assert (done, len(mailoutbox) > 0) == ([ahead, later(hours=1)], True)


def test_a_duty_that_fails_leaves_the_others_to_theirs(desk, monkeypatch, mailoutbox, caplog):
    desk.receive()
    monkeypatch.setattr(sweeping, "_promises", lambda: 1 / 0)
    with caplog.at_level(logging.CRITICAL):
        sweep(later(days=10))
    assert len(mailoutbox) == 2
    assert SweepMark.objects.get(name="sweep").at == later(days=10)


def test_a_mail_server_that_is_down_holds_up_no_clock(desk, monkeypatch, caplog):
    case = answered(desk, desk.receive())

    def refuse(*_messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with caplog.at_level(logging.CRITICAL):
        sweep(later(days=30))
    assert fresh(case).status == "closed_unconfirmed"
    assert list(stuck_messages()) == []


def test_a_mail_server_that_hangs_keeps_no_duty_from_its_turn(desk, monkeypatch):
    turns = []
    for name in ("lapse_clocks", "note_overdue", "remind", "once_a_day", "deliver"):
        monkeypatch.setattr(sweeping, name, lambda now, name=name: turns.append(name))
    sweep(later())
    assert turns[-1] == "deliver"
    assert set(turns[:-1]) == {"lapse_clocks", "note_overdue", "remind", "once_a_day"}


def test_sending_stops_well_before_the_worker_is_stopped(desk, monkeypatch, settings):
    longest = sweeping.DELIVERY_SECONDS + settings.Q_CLUSTER["timeout"] / 2  # one letter waits for the server
    assert longest < settings.Q_CLUSTER["timeout"]
    clock = iter(range(0, 1000, 4))
    monkeypatch.setattr(sweeping, "monotonic", lambda: next(clock))
    monkeypatch.setattr("cases.services.outbox.time.monotonic", lambda: next(clock))
    for _ in range(5):
        desk.receive()
    sweeping.deliver(later())
    assert OutboxMessage.objects.filter(tries__gt=0).count() == 2
