"""A changed holiday, rule or hour moves the clocks that run, and says so in each case's history."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.actors import Reporter
from cases.models import Case, Event, Holiday, OfficeHours, Recount, Rule
from cases.services import forecasting, recounting
from cases.services.changes import CaseBusy, change
from cases.services.clockwork import clockwork, load
from cases.services.forecasting import forecast, rehearse
from cases.services.recounting import carry_out, move_clocks, take_up_waiting
from cases.services.sweep import sweep
from opd_pages.models import Role
from pengaduan.models import ReportClass
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.factories import member
from tests.pengaduan import steps
from tests.pengaduan.desk import JAKARTA, TUESDAY

WHY = "cuti bersama ditetapkan"


def end_of(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=JAKARTA)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def due(case: Case, step: str) -> datetime:
    return case.deadlines.get(step=step, ended_at=None).due_at.astimezone(JAKARTA)


def moved_by(write) -> int:
    """How many clocks a change is said to move, before it is made."""
    expected = forecast(clockwork(), rehearse(write))
    carry_out(write, why=WHY, by=None)
    return sum(shift.left is None for shifts in expected.cases for shift in shifts)


def add_holiday(day: str, kind: str = "cuti_bersama") -> int:
    holiday = Holiday(date=date.fromisoformat(day), name="Cuti Bersama Uji", kind=kind)
    return moved_by(holiday.save)


def change_rule(procedure: str, step: str, **fields) -> int:
    rule = Rule.objects.get(procedure=procedure, step=step)
    for name, value in fields.items():
        setattr(rule, name, value)
    return moved_by(rule.save)


def shown_shifts(case: Case) -> list[tuple]:
    moved = case.events.filter(kind="deadline_moved").order_by("seq")
    return [tuple(event.data[name][:10] for name in ("step", "old", "new")) for event in moved]


def test_a_new_day_off_moves_what_is_counted_in_working_days_alone(desk):
    case = desk.receive()
    add_holiday("2026-12-01")
    assert (due(case, "law"), due(case, "answer")) == (end_of("2026-12-15"), end_of("2026-11-27"))


def test_history_keeps_the_old_date_the_new_one_how_it_was_counted_and_why(desk):
    case = desk.receive()
    add_holiday("2026-12-01")
    event = case.events.get(kind="deadline_moved")
    assert (event.actor_kind, event.data) == (
        "system",
        {
            "step": "law",
            "old": "2026-12-14T23:59+07:00",
            "new": "2026-12-15T23:59+07:00",
            "because": "14 hari kerja sejak 24 November 2026; tidak dihitung: 1 Des (cuti bersama Uji); "
            "PermenPANRB 62/2018",
            "why": WHY,
        },
    )


def test_a_day_off_that_is_taken_back_brings_the_old_date_back(desk):
    case = desk.receive()
    add_holiday("2026-12-01")
    carry_out(Holiday.objects.get(date="2026-12-01").delete, why=WHY, by=None)
    assert (due(case, "law"), len(shown_shifts(case))) == (end_of("2026-12-14"), 2)


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-29", "2026-12-15"])
def test_days_that_were_not_counted_move_nothing(desk, day):
    desk.receive()
    assert (add_holiday(day), Recount.objects.count()) == (0, 0)


def test_the_cases_nearest_date_follows(desk):
    case = desk.receive()
    change_rule("kapas", "answer", amount=0)
    assert steps.fresh(case).due_at == due(case, "verify")
    desk_services.verify(case, by=desk.staff("operator"), seen=None, at=TUESDAY)
    change_rule("kapas", "answer", amount=1)
    assert steps.fresh(case).due_at == end_of("2026-11-25")


def test_a_shorter_promise_cuts_the_inner_clocks_too(desk):
    case = steps.in_progress(desk, desk.receive(), at=at("2026-11-26T09:00"))
    assert due(case, "investigate") == end_of("2026-11-27")
    change_rule("kapas", "answer", amount=2)
    assert (due(case, "answer"), due(case, "investigate")) == (end_of("2026-11-26"), end_of("2026-11-26"))


def test_a_longer_promise_ends_with_the_law_all_the_same(desk):
    case = desk.receive()
    change_rule("kapas", "answer", amount=200)
    assert due(case, "answer") == end_of("2026-12-14")


def test_a_rule_that_begins_later_leaves_earlier_cases_with_theirs(desk):
    case, later = desk.receive(), desk.receive(at=TUESDAY + timedelta(days=1))
    old = Rule.objects.get(procedure="kapas", step="answer")

    def succeed():
        Rule.objects.filter(pk=old.pk).update(effective_until=date(2026, 11, 24))
        fields = {"title": old.title, "unit": "hari", "legal_basis": "SK Camat 5/2026"}
        return Rule.objects.create(
            procedure="kapas", step="answer", amount=1, effective_from=date(2026, 11, 25), **fields
        )

    new, recount = carry_out(succeed, why=WHY, by=None)
    clock = later.deadlines.get(step="answer")
    assert (recount.done_at is None, due(case, "answer"), due(later, "answer"), clock.rule) == (
        False,
        end_of("2026-11-27"),
        end_of("2026-11-26"),
        new,
    )


def test_of_two_sources_the_stricter_counts_again(desk):
    member("insp", desk.office.inspectorate, Role.OPERATOR)
    case = desk.receive(report_class=ReportClass.WHISTLEBLOWING)
    assert due(case, "law") == end_of("2027-01-23")
    change_rule("complaint", "law_supervisory", amount=20)
    assert due(case, "law") == end_of("2026-12-22")


def test_a_first_look_waits_for_the_next_opening(desk):
    case = desk.receive(at=at("2026-11-24T16:00"))
    assert due(case, "verify") == at("2026-11-25T08:00")
    add_holiday("2026-11-25")
    assert due(case, "verify") == at("2026-11-26T08:00")


def test_a_first_look_that_would_come_after_the_answer_ends_with_it_and_names_the_true_opening(desk):
    case = desk.receive(at=at("2026-12-31T23:59"))
    look = case.deadlines.get(step="verify")
    assert (look.due_at, due(case, "answer")) == (end_of("2027-01-03"), end_of("2027-01-03"))
    assert look.because == (
        "buka meja berikutnya: Senin, 4 Januari 2027 pukul 08.00 WIB; dipotong sampai batas jawaban 3 Januari 2027"
    )


def test_other_office_hours_move_the_first_look(desk):
    case = desk.receive()
    hours = OfficeHours.objects.get(weekday=1, valid_from=None)
    hours.closes = time(12)
    carry_out(hours.save, why=WHY, by=None)
    assert due(case, "verify") == at("2026-11-24T11:45")


def test_a_clock_that_stands_still_keeps_what_is_left_and_is_counted_on_later(desk):
    case = steps.verified(desk, desk.receive())
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=None, question="Di mana?", at=at("2026-11-25T10:00")
    )
    assert add_holiday("2026-12-01") == 0
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=at("2026-12-07T08:00"))
    assert due(case, "law") == end_of("2026-12-28")
    add_holiday("2026-12-10")
    assert due(case, "law") == end_of("2026-12-29")


# --- What is corrected behind a pause --------------------------------------------------------------------------------


def ask(desk, case: Case, moment: datetime) -> None:
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=moment)


def reply(case: Case, moment: datetime) -> None:
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=moment)


WHEN = ["before all", "while it stands still", "when it has gone on"]


def asked_and_answered(desk, correct, when: str) -> Case:
    """A report that stood still from Wednesday, 25 November to Monday, 7 December, and what is corrected then."""
    if when == "before all":
        correct()
    case = steps.verified(desk, desk.receive())
    ask(desk, case, at("2026-11-25T10:00"))
    if when == "while it stands still":
        assert correct() == 0
    reply(case, at("2026-12-07T08:00"))
    if when == "when it has gone on":
        assert correct() > 0
    return case


@pytest.mark.parametrize("when", WHEN)
def test_a_day_off_before_a_pause_counts_whenever_it_is_entered(desk, when):
    case = asked_and_answered(desk, lambda: add_holiday("2026-11-25", "daerah"), when)
    # 14 left: 8-11; 14-18; 21-23; 28 29.
    assert due(case, "law") == end_of("2026-12-29")


@pytest.mark.parametrize("when", WHEN)
def test_a_corrected_term_counts_for_a_case_that_stood_still_too(desk, when):
    case = asked_and_answered(desk, lambda: change_rule("kapas", "answer", amount=5), when)
    assert due(case, "answer") == end_of("2026-12-11")


@pytest.mark.parametrize("when", WHEN)
def test_what_was_late_before_it_was_to_stand_still_by_the_corrected_term_stays_late(desk, when):
    case = asked_and_answered(desk, lambda: change_rule("kapas", "answer", amount=0), when)
    assert due(case, "answer") == end_of("2026-11-24")


@pytest.mark.parametrize("when", ["while it stands still", "when it has gone on"])
def test_what_was_late_by_a_wrong_term_alone_stands_still_with_the_others(desk, when):
    change_rule("kapas", "answer", amount=1)
    case = steps.verified(desk, desk.receive())
    ask(desk, case, at("2026-11-27T10:00"))
    assert steps.running_clocks(case) == ["answer", "complete"]
    if when == "while it stands still":
        assert change_rule("kapas", "answer", amount=4) == 1
        assert (steps.running_clocks(case), steps.fresh(case).due_at) == (["complete"], due(case, "complete"))
    reply(case, at("2026-12-07T08:00"))
    assert steps.running_clocks(case) == ["answer", "law"]
    if when == "when it has gone on":
        assert due(case, "answer") == end_of("2026-11-25")
        change_rule("kapas", "answer", amount=4)
    assert due(case, "answer") == end_of("2026-12-08")


DAYS = st.integers(0, 12)


@given(
    day=st.dates(date(2026, 11, 23), date(2026, 12, 31)),
    stretches=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=3),
    entered=st.integers(0, 6),
)
@settings(max_examples=15)
def test_a_day_off_that_is_entered_late_is_as_if_it_had_always_been_known(desk, day, stretches, entered):
    def enter():
        carry_out(Holiday(date=day, name="Uji", kind="daerah").save, why=WHY, by=None)

    def lived(*, until: int | None) -> Case:
        """A report that is put off and asked about in turn; before this step the day off is entered."""
        case, moment, step = steps.in_progress(desk, desk.receive()), TUESDAY + timedelta(hours=1), 0
        for runs, stands in stretches:
            for days, target in ((runs, "postponed"), (stands, "in_progress")):
                if step == until:
                    enter()
                moment, step = moment + timedelta(days=days, minutes=7), step + 1
                with change(case.pk, by=desk.staff("head"), at=moment) as changing:
                    changing.move(target, text="Uji.")
        if until is not None and until >= step:
            enter()
        return case

    Holiday.objects.filter(name="Uji").delete()
    late = lived(until=entered)
    counted = dates(late)
    move_clocks({late.pk: set(late.deadlines.values_list("pk", flat=True))}, why=WHY)
    assert (dates(late), counted) == (counted, dates(lived(until=None)))


def dates(case: Case) -> list[tuple]:
    clocks = case.deadlines.filter(ended_at=None).order_by("step")
    return [(clock.step, clock.due_at, clock.because, clock.paused_at) for clock in clocks]


# --- Clocks that stand still ----------------------------------------------------------------------------------------


def standing(expected) -> list[tuple]:
    """What a forecast says of the clocks that stand still: step, what is left, and the dates if it went on now."""
    return [
        (
            shift.clock.step,
            str(shift.left),
            *(moment.astimezone(JAKARTA).date().isoformat() for moment in (shift.old, shift.new)),
        )
        for shifts in expected.cases
        for shift in shifts
        if shift.left is not None
    ]


@pytest.fixture
def now(monkeypatch) -> datetime:
    """The moment at which the administrator looks."""
    moment = at("2026-11-27T10:00")
    monkeypatch.setattr(forecasting, "timezone", SimpleNamespace(now=lambda: moment))
    return moment


@pytest.fixture
def asked(desk, now) -> Case:
    """A report whose reporter was asked a question on Wednesday, so that its clocks stand still."""
    case = steps.verified(desk, desk.receive())
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=None, question="Di mana?", at=at("2026-11-25T10:00")
    )
    return case


def test_what_stands_still_is_foretold_as_it_is_counted_when_it_goes_on(asked, now):
    holiday = Holiday(date=date(2026, 12, 1), name="Uji", kind="daerah")
    expected = forecast(clockwork(), rehearse(holiday.save))
    assert standing(expected) == [("law", "13 hari kerja", "2026-12-16", "2026-12-17")]
    holiday.pk = None
    carry_out(holiday.save, why=WHY, by=None)
    assert Recount.objects.count() == 0
    reporter.reply(asked, by=Reporter(), words="Di Bakalan.", at=now)
    assert due(asked, "law") == end_of("2026-12-17")
    assert ("law", "2026-12-14", "2026-12-17") in shown_shifts(asked)


@pytest.mark.parametrize("day", ["2026-11-26", "2026-12-17", "2027-06-21"])
def test_a_day_off_outside_what_is_left_is_not_said_to_move_what_stands_still(asked, day):
    holiday = Holiday(date=date.fromisoformat(day), name="Uji", kind="daerah")
    assert standing(forecast(clockwork(), rehearse(holiday.save))) == []


def test_what_stands_still_follows_an_outer_clock_that_runs_on(desk, now):
    case = steps.verified(desk, desk.receive())
    desk_services.postpone(
        case,
        by=desk.staff("head"),
        seen=None,
        reason="Menunggu anggaran.",
        until=date(2026, 12, 10),
        at=at("2026-11-25T10:00"),
    )
    rule = Rule.objects.get(procedure="complaint", step="law_complaint")
    rule.amount = 3
    expected = forecast(clockwork(), rehearse(rule.save))
    assert standing(expected) == [("answer", "2 hari", "2026-11-29", "2026-11-27")]


def test_a_promise_stays_on_the_day_that_was_named(desk):
    case = steps.answered(desk, desk.receive(), promised_until=date(2026, 12, 15))
    add_holiday("2026-12-15")
    assert due(case, "promise") == end_of("2026-12-15")


def test_clocks_that_ended_stay_as_they_were(desk):
    case = desk.receive()
    desk_services.end_without_answer(
        case,
        by=desk.staff("operator"),
        seen=None,
        target="not_our_authority",
        reason="Milik PLN.",
        at=TUESDAY,
    )
    assert (add_holiday("2026-12-01"), shown_shifts(case)) == (0, [])


def passed_on_after_a_pause(desk) -> Case:
    case = steps.verified(desk, desk.receive())
    ask(desk, case, at("2026-11-25T10:00"))
    reply(case, at("2026-12-07T08:00"))
    works, moment = desk.office.works, at("2026-12-08T08:00")
    desk_services.pass_on(case, by=desk.staff("head"), seen=None, unit=works, reason="Jalan.", at=moment)
    return case


def opened_again(desk) -> Case:
    case = steps.answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=at("2026-12-07T08:00"))
    desk_services.decide_reopening(
        case,
        by=desk.staff("coordinator"),
        seen=None,
        is_granted=True,
        reason="Benar.",
        at=at("2026-12-08T08:00"),
    )
    return case


def test_counting_again_what_did_not_change_moves_nothing(desk):
    member("insp", desk.office.inspectorate, Role.OPERATOR)
    cases = [
        desk.receive(at=at("2026-11-21T16:00")),
        desk.receive(report_class=ReportClass.WHISTLEBLOWING),
        desk.receive(addressed_to=desk.office.regency),
        steps.verified(desk, desk.receive()),
        steps.in_progress(desk, desk.receive()),
        steps.answered(desk, desk.receive()),
        steps.answered(desk, desk.receive(), promised_until=date(2026, 12, 15)),
        passed_on_after_a_pause(desk),
        opened_again(desk),
    ]
    before = [(shown_shifts(case), dates(case)) for case in cases]
    for case in cases:
        move_clocks({case.pk: set(case.deadlines.values_list("pk", flat=True))}, why=WHY)
    assert [(shown_shifts(case), dates(case)) for case in cases] == before


def test_a_date_that_lies_ahead_again_is_announced_again_and_no_longer_broken(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)
    case, now = desk.receive(), at("2026-11-30T09:00")
    sweep(now)
    assert case.deadlines.get(step="answer").overdue_noted_at == now
    change_rule("kapas", "answer", amount=10)
    take_up_waiting(now)
    clock = case.deadlines.get(step="answer")
    assert (due(case, "answer"), clock.reminded_at, clock.overdue_noted_at) == (
        end_of("2026-12-04"),
        None,
        None,
    )


def test_a_rehearsal_changes_nothing(desk):
    desk.receive()
    before = clockwork()
    after = rehearse(Holiday(date=date(2026, 12, 1), name="Uji", kind="daerah").save)
    assert [[shift.clock.step for shift in shifts] for shifts in forecast(before, after).cases] == [["law"]]
    assert (Holiday.objects.filter(name="Uji").count(), forecast(before, load()).cases) == (0, ())


# --- Many cases -----------------------------------------------------------------------------------------------------


def test_many_are_left_to_the_worker_which_goes_on_where_it_stopped(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 1)
    cases = [desk.receive() for _ in range(3)]
    add_holiday("2026-12-01")
    assert {due(case, "law") for case in cases} == {end_of("2026-12-14")}

    monkeypatch.setattr(recounting, "TURN_SECONDS", -1)
    take_up_waiting()
    assert len(Recount.objects.get().waiting) == 3

    monkeypatch.setattr(recounting, "TURN_SECONDS", 10)
    sweep(TUESDAY)
    recount = Recount.objects.get()
    assert (recount.waiting, recount.done_at is None, {due(case, "law") for case in cases}) == (
        [],
        False,
        {end_of("2026-12-15")},
    )


def test_more_cases_than_can_be_looked_at_are_left_to_the_worker_to_look_at(desk, monkeypatch):
    monkeypatch.setattr(forecasting, "LOOKED_AT", 2)
    monkeypatch.setattr(recounting, "AT_ONCE", 0)
    cases = [desk.receive() for _ in range(3)]
    holiday = Holiday(date=date(2026, 12, 1), name="Uji", kind="daerah")
    expected = forecast(clockwork(), rehearse(holiday.save))
    assert (len(expected.cases), expected.is_whole) == (2, False)
    holiday.pk = None
    carry_out(holiday.save, why=WHY, by=None)
    take_up_waiting()
    assert [shown_shifts(case) for case in cases] == [[("law", "2026-12-14", "2026-12-15")]] * 3


def test_nobody_waits_while_cases_are_looked_at_that_are_left_to_the_worker(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)

    def statements(day: str) -> int:
        desk.receive()
        with CaptureQueriesContext(connection) as captured:
            carry_out(Holiday(date=day, name="Uji", kind="daerah").save, why=WHY, by=None)
        return sum("cases_deadline" in query["sql"] for query in captured)

    assert statements("2026-12-01") == 2  # the cases it may concern, and their clocks
    monkeypatch.setattr(forecasting, "LOOKED_AT", 1)
    assert statements("2026-12-02") == 2  # that they are many, and the keys of all their clocks


def test_a_turn_that_is_taken_twice_moves_nothing_twice(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)
    case = desk.receive()
    add_holiday("2026-12-01")
    waiting = Recount.objects.get().waiting
    take_up_waiting()
    Recount.objects.update(waiting=waiting, done_at=None)
    take_up_waiting()
    assert shown_shifts(case) == [("law", "2026-12-14", "2026-12-15")]


def test_a_case_that_cannot_be_moved_now_waits_and_holds_up_no_other(desk, monkeypatch):
    stuck, free = desk.receive(), desk.receive()
    real = recounting.move_clocks

    def busy(cases, **more):
        if stuck.pk in cases:
            raise CaseBusy("sedang disimpan")
        real(cases, **more)

    monkeypatch.setattr(recounting, "move_clocks", busy)
    add_holiday("2026-12-01")
    assert (due(free, "law"), len(Recount.objects.get().waiting)) == (end_of("2026-12-15"), 1)

    monkeypatch.setattr(recounting, "move_clocks", real)
    take_up_waiting()
    assert (due(stuck, "law"), Recount.objects.get().waiting) == (end_of("2026-12-15"), [])


def test_three_cases_take_as_many_statements_as_one(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)

    def statements(cases: int, day: str) -> int:
        for _ in range(cases):
            desk.receive()
        add_holiday(day)
        with CaptureQueriesContext(connection) as captured:
            take_up_waiting()
        # SQLite counts an executemany once too.
        return len(captured)

    assert statements(1, "2026-12-01") == statements(2, "2026-12-02")


def test_two_changes_that_wait_both_end_in_the_date_that_holds(desk, monkeypatch):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)
    case = desk.receive()
    add_holiday("2026-12-01")
    add_holiday("2026-12-02")
    take_up_waiting()
    assert due(case, "law") == end_of("2026-12-16")


def test_demo_cases_move_like_real_ones(desk):
    case = desk.receive()
    Case.objects.filter(pk=case.pk).update(is_demo=True)
    add_holiday("2026-12-01")
    assert Event.objects.get(kind="deadline_moved").is_demo
