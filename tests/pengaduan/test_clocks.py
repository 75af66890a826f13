"""What is promised and what the law bounds: each from its rule, and no inner date past its outer one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.actors import Reporter
from cases.models import Case, Holiday, Rule
from cases.services.changes import change
from cases.services.clockwork import NoRule, clockwork
from opd_pages.models import Role
from pengaduan.models import DeskSettings, ReportClass
from pengaduan.procedures import KAPAS, RAPID
from pengaduan.services import desk as desk_services
from pengaduan.services import lapses, reporter
from pengaduan.services.receiving import first_clocks
from tests.factories import member

from .desk import JAKARTA, TUESDAY
from .steps import answered, event_kinds, fresh, in_progress, later, running_clocks, verified

HOUR = timedelta(hours=1)


def end_of(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=JAKARTA)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def due(case: Case, step: str) -> datetime:
    return case.deadlines.get(step=step, ended_at=None).due_at.astimezone(JAKARTA)


def change_rule(procedure: str, step: str, **fields) -> None:
    rule = Rule.objects.get(procedure=procedure, step=step)
    for name, value in fields.items():
        setattr(rule, name, value)
    rule.save()


# --- At receipt --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report_class", "law"),
    [
        (ReportClass.COMPLAINT, "2026-12-14"),
        (ReportClass.ASPIRATION, "2026-12-01"),
        (ReportClass.INFORMATION, "2026-12-01"),
        (ReportClass.WHISTLEBLOWING, "2027-01-23"),
    ],
)
def test_the_laws_bound_depends_on_the_class_of_report(desk, report_class, law):
    member("insp", desk.office.inspectorate, Role.OPERATOR)
    assert due(desk.receive(report_class=report_class), "law") == end_of(law)


def test_a_report_about_officers_has_supervisory_weight_whatever_its_class(desk):
    case = desk.receive(accused=desk.office.bakalan, report_class=ReportClass.ASPIRATION)
    assert due(case, "law") == end_of("2027-01-23")


@pytest.mark.parametrize(("working_days", "law"), [(60, "2027-01-23"), (30, "2027-01-11")])
def test_of_two_terms_for_supervisory_weight_the_stricter_counts_and_both_are_named(desk, working_days, law):
    change_rule("complaint", "law_supervisory", amount=working_days)
    case = desk.receive(accused=desk.office.bakalan)
    clock = case.deadlines.get(step="law")
    assert clock.due_at.astimezone(JAKARTA) == end_of(law)
    assert f"{working_days} hari kerja sejak 24 November 2026" in clock.because
    assert "60 hari sejak 24 November 2026" in clock.because
    assert clock.rule.unit == ("hari" if working_days == 60 else "hk")


def test_each_unit_promises_by_its_own_procedure(desk):
    office = desk.office
    DeskSettings.objects.create(unit=office.works, procedure_code=RAPID)
    for unit in (office.dander, office.works):
        member(f"operator-{unit.pk}", unit, Role.OPERATOR)
    promises = [
        due(desk.receive(addressed_to=unit), "answer") for unit in (office.kapas, office.dander, office.works)
    ]
    assert promises == [end_of("2026-11-27"), end_of("2026-12-01"), at("2026-11-25T09:00")]


def test_a_promise_is_never_later_than_the_law(desk):
    change_rule("complaint", "law_aspiration", amount=1)
    case = desk.receive(report_class=ReportClass.ASPIRATION)
    assert (due(case, "answer"), due(case, "law")) == (end_of("2026-11-25"), end_of("2026-11-25"))


@pytest.mark.parametrize(
    "week", ["2026-11-23", "2027-03-01"], ids=["an ordinary week", "the week before Eid"]
)
def test_at_every_hour_of_every_day_the_inner_dates_lie_within_the_outer(desk, week):
    kapas = DeskSettings.objects.get(unit=desk.office.kapas)
    works, wrong = clockwork(), []
    for hour in range(7 * 24):
        received = at(f"{week}T00:00") + hour * HOUR
        clocks = {
            clock.step: clock.due for clock in first_clocks(ReportClass.COMPLAINT, False, kapas, received)
        }
        for step in ("investigate", "study"):
            rule = works.rule(KAPAS, step, received.date())
            clocks[step] = works.due(rule, received, outer=clocks["answer"])
        if clocks["answer"].at != end_of(str(received.date() + timedelta(days=3))):
            wrong.append((received, "answer", clocks["answer"].at))
        wrong += [
            (received, step, clocks[step].at)
            for step in ("verify", "investigate", "study")
            if not received <= clocks[step].at <= clocks["answer"].at <= clocks["law"].at
        ]
    assert wrong == []


# --- Rules by their dates ----------------------------------------------------------------------------------------------


@pytest.fixture
def _seven_days_from_december(db):
    change_rule("complaint", "law_complaint", effective_until=date(2026, 11, 30))
    Rule.objects.create(
        procedure="complaint",
        step="law_complaint",
        title="Pengaduan selesai",
        amount=7,
        unit="hk",
        legal_basis="peraturan baru",
        effective_from=date(2026, 12, 1),
    )


@pytest.mark.usefixtures("_seven_days_from_december")
@pytest.mark.parametrize(
    ("received", "law"),
    [
        (at("2026-11-30T23:59"), "2026-12-18"),
        (at("2026-12-01T00:00"), "2026-12-10"),
        (datetime(2026, 11, 30, 16, 59, tzinfo=UTC), "2026-12-18"),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "2026-12-10"),
    ],
)
def test_the_rule_in_force_on_the_offices_day_of_receipt_counts(desk, received, law):
    assert due(desk.receive(at=received), "law") == end_of(law)


@pytest.mark.usefixtures("_seven_days_from_december")
def test_a_report_received_under_the_old_rule_keeps_it(desk):
    case = desk.receive(at=at("2026-11-30T09:00"))
    verified(desk, case, at=at("2026-12-02T09:00"))
    assert due(case, "law") == end_of("2026-12-18")
    assert case.deadlines.get(step="law").rule.amount == 14


def test_a_day_before_any_rule_has_no_term(desk):
    with pytest.raises(NoRule, match="Belum ada aturan waktu untuk kapas/answer pada 2025-12-31"):
        desk.receive(at=at("2025-12-31T09:00"))
    assert Case.objects.count() == 0


def test_a_rule_that_has_run_out_is_no_rule(desk):
    change_rule("complaint", "law_complaint", effective_until=date(2026, 11, 23))
    with pytest.raises(NoRule, match="complaint/law_complaint"):
        desk.receive()


def test_a_holiday_entered_today_counts_from_the_next_receipt_on(desk):
    assert due(desk.receive(), "law") == end_of("2026-12-14")
    Holiday.objects.create(date=date(2026, 12, 9), name="Pilkada", kind="daerah")
    assert due(desk.receive(), "law") == end_of("2026-12-15")
    Holiday.objects.get(date=date(2026, 12, 9)).delete()
    assert due(desk.receive(), "law") == end_of("2026-12-14")


# --- Standing still ----------------------------------------------------------------------------------------------------


def ask(desk, case: Case, moment: datetime) -> None:
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=moment)


def test_a_question_stops_the_clocks_and_the_reply_lets_them_run_on_with_what_was_left(desk):
    case = verified(desk, desk.receive(), at=later(hours=1))
    ask(desk, case, at("2026-11-25T10:00"))
    assert running_clocks(case) == ["complete"]
    assert fresh(case).due_at == due(case, "complete") == end_of("2026-12-25")
    assert sorted(case.deadlines.exclude(paused_at=None).values_list("step", flat=True)) == ["answer", "law"]

    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=at("2026-12-07T08:00"))
    assert running_clocks(case) == ["answer", "law"]
    assert (due(case, "answer"), due(case, "law")) == (end_of("2026-12-09"), end_of("2026-12-28"))
    after = fresh(case)
    assert (after.status, after.paused_at, after.due_at) == ("verified", None, end_of("2026-12-09"))


def test_each_date_that_moved_is_in_the_history_with_old_new_and_why(desk):
    case = verified(desk, desk.receive(), at=later(hours=1))
    ask(desk, case, at("2026-11-25T10:00"))
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=at("2026-12-07T08:00"))
    law, answer = case.events.filter(kind="deadline_moved").order_by("seq")
    assert law.data == {
        "step": "law",
        "old": "2026-12-14T23:59+07:00",
        "new": "2026-12-28T23:59+07:00",
        "because": "sisa 13 hari kerja sejak dilanjutkan 7 Desember 2026; tidak dihitung: "
        "24 Des (cuti bersama Hari Raya Natal), 25 Des (Hari Raya Natal)",
    }
    assert (answer.data["step"], answer.data["new"]) == ("answer", "2026-12-09T23:59+07:00")


def test_what_is_late_when_the_clocks_stop_stays_late(desk):
    case = verified(desk, desk.receive(), at=later(hours=1))
    ask(desk, case, at("2026-12-01T10:00"))
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=at("2026-12-07T08:00"))
    assert due(case, "answer") == end_of("2026-11-27")
    assert due(case, "law") > end_of("2026-12-14")


def test_a_report_that_is_put_off_and_taken_up_again_goes_on_with_what_was_left(desk):
    case = in_progress(desk, desk.receive())
    desk_services.postpone(
        case,
        by=desk.staff("head"),
        seen=None,
        reason="Menunggu anggaran.",
        until=later(days=12).date(),
        at=later(days=1),
    )
    assert running_clocks(case) == ["law", "postponement"]
    desk_services.take_up_again(case, by=desk.staff("head"), seen=None, at=later(days=7))
    assert running_clocks(case) == ["answer", "investigate", "law"]
    assert due(case, "answer") == end_of("2026-12-03")


@pytest.mark.parametrize("ending", ["withdraw", "deem_withdrawn"])
def test_a_report_that_ends_while_its_clocks_stand_still_moves_no_date(desk, ending):
    case = desk.receive()
    ask(desk, case, later(hours=1))
    if ending == "withdraw":
        reporter.withdraw(case, by=Reporter(), reason="Sudah beres.", at=later(days=2))
    else:
        lapses.deem_withdrawn(case, later(days=31))
    assert event_kinds(case) == ["received", "moved", "moved"]
    after = fresh(case)
    assert (after.paused_at, after.due_at, running_clocks(case)) == (None, None, [])
    assert case.deadlines.filter(ended_at=None).count() == 0


MOMENTS = st.integers(min_value=0, max_value=24 * 40)


@given(received=st.integers(0, 24 * 14), first=MOMENTS, second=MOMENTS, third=MOMENTS, fourth=MOMENTS)
@settings(max_examples=12)
def test_however_often_the_clocks_stop_no_inner_one_passes_its_outer(
    desk, received, first, second, third, fourth
):
    start = TUESDAY + received * HOUR
    case = desk.receive(at=start)
    in_progress(desk, case, at=start)
    pauses = sorted([first, second, third, fourth])
    for stop, go in (pauses[:2], pauses[2:]):
        with change(case.pk, by=desk.staff("head"), at=start + stop * HOUR) as changing:
            changing.move("postponed", text="Menunggu.")
        with change(case.pk, by=desk.staff("head"), at=start + go * HOUR) as changing:
            changing.move("in_progress")
        clocks = {clock.step: clock for clock in case.deadlines.filter(ended_at=None)}
        wrong = [
            (clock.step, clock.due_at, clocks[clock.outer_step].due_at)
            for clock in clocks.values()
            if clock.outer_step and clock.due_at > clocks[clock.outer_step].due_at
        ]
        assert wrong == []
    assert sorted(clocks) == ["answer", "investigate", "law"]


# --- Passed on ---------------------------------------------------------------------------------------------------------


def pass_on(desk, case: Case, moment: datetime) -> Case:
    works = desk.office.works
    desk_services.pass_on(case, by=desk.staff("head"), seen=None, unit=works, reason="Jalan.", at=moment)
    return fresh(case)


def test_a_report_passed_on_is_promised_anew_within_the_same_law(desk):
    case = verified(desk, desk.receive())
    pass_on(desk, case, later(days=2))
    assert running_clocks(case) == ["answer", "law", "verify"]
    assert (due(case, "answer"), due(case, "law")) == (end_of("2026-12-03"), end_of("2026-12-14"))


def test_a_report_that_stood_still_before_it_was_passed_on_is_not_late_on_arrival(desk):
    case = verified(desk, desk.receive(), at=later(hours=1))
    ask(desk, case, later(days=1))
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=later(days=28))
    pass_on(desk, case, later(days=29))
    assert due(case, "answer") == end_of("2027-01-04")
    assert due(case, "answer") <= due(case, "law")


def test_a_report_that_was_opened_again_before_it_was_passed_on_is_not_late_on_arrival(desk):
    case = answered(desk, desk.receive())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=later(days=20))
    desk_services.decide_reopening(
        case, by=desk.staff("coordinator"), seen=None, is_granted=True, reason="Benar.", at=later(days=21)
    )
    pass_on(desk, case, later(days=22))
    assert due(case, "answer") == end_of("2026-12-23")
