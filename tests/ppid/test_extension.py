"""The one extension of UU 14/2008 Ps 22(8): counted from the date, once, with reasons, and kept when dates are recounted."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cases.actors import Reporter
from cases.models import Deadline, Holiday, Rule
from cases.services.changes import CaseRefusal, WordsMissing
from cases.services.recounting import carry_out
from cases.services.sweep import lapse_clocks
from ppid.models import PpidSettings
from ppid.services import applicant
from ppid.services import desk as desk_services
from tests.pengaduan.desk import JAKARTA

from .desk import MONDAY, fresh, messages_of, running_clocks

REASON = "Dokumen ada di tiga kantor."


def due_on(clock: Deadline) -> str:
    clock.refresh_from_db()
    return timezone.localdate(clock.due_at).isoformat()


def extended(desk, *, received: datetime = MONDAY) -> Deadline:
    case = desk.assigned(at=received)
    return desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=REASON, at=received)


GOLDEN = [
    # received, the notice's date, with seven working days more
    ("2026-03-16", "2026-04-07", "2026-04-16"),
    ("2026-11-24", "2026-12-08", "2026-12-17"),
    # Christmas with its joint leave, and New Year.
    ("2026-12-10", "2026-12-28", "2027-01-08"),
    # A Saturday: day 1 is the working day after.
    ("2026-07-04", "2026-07-17", "2026-07-28"),
]


@pytest.mark.parametrize(("received", "notice", "until"), GOLDEN)
def test_it_is_seven_working_days_from_the_date_and_not_from_today(desk, received, notice, until):
    at = datetime.combine(date.fromisoformat(received), datetime.min.time(), JAKARTA).replace(hour=9)
    case = desk.assigned(at=at)
    clock = case.deadlines.get(step="notice")
    assert due_on(clock) == notice
    desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=REASON, at=at)
    assert due_on(clock) == until


def test_history_keeps_the_old_date_the_new_one_and_the_reason(desk):
    case = extended(desk).case
    moved = case.events.get(kind="deadline_moved")
    assert (moved.data["old"][:10], moved.data["new"][:10]) == ("2026-04-07", "2026-04-16")
    assert case.events.get(kind="deadline_extended").words.text == REASON


def test_the_date_says_how_it_came_about(desk):
    _ten_days, law, extension = extended(desk).because.partition("UU 14/2008 Ps 22(7)")
    assert law + extension == (
        "UU 14/2008 Ps 22(7); diperpanjang 7 hari kerja sejak 7 April 2026; UU 14/2008 Ps 22(8)"
    )


def test_the_applicant_is_told(desk):
    assert messages_of(extended(desk).case)[-1] == "request_extended"


def test_it_happens_once(desk):
    case = extended(desk).case
    with pytest.raises(CaseRefusal, match=r"hanya satu kali"):
        desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=REASON, at=MONDAY)
    assert due_on(case.deadlines.get(step="notice")) == "2026-04-16"


@pytest.mark.parametrize("reason", ["", " \r\n\x00 "])
def test_it_needs_a_reason(desk, reason):
    case = desk.assigned()
    with pytest.raises(WordsMissing):
        desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=reason, at=MONDAY)


def test_what_is_late_already_is_not_prolonged(desk):
    case = desk.assigned()
    late = case.deadlines.get(step="notice").due_at + timedelta(seconds=2)
    with pytest.raises(CaseRefusal, match=r"sudah lewat"):
        desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=REASON, at=late)


def test_what_stands_still_is_not_prolonged(desk):
    PpidSettings.objects.create(incomplete_pauses_clock=True)
    case = desk.receive()
    desk_services.ask_to_complete(
        case, by=desk.staff("operator"), seen=None, missing="Tahun berapa?", at=MONDAY
    )
    with pytest.raises(CaseRefusal, match=r"tidak sedang berjalan"):
        desk_services.extend(case, by=desk.staff("operator"), seen=None, reason=REASON, at=MONDAY)


def test_only_whoever_holds_the_request_prolongs_it(desk):
    case = desk.assigned()
    with pytest.raises(CaseRefusal, match=r"memegang permohonan"):
        desk_services.extend(case, by=desk.staff("operator"), seen=None, reason=REASON, at=MONDAY)


# --- Recounting -------------------------------------------------------------------------------------------------------


def test_a_new_day_off_in_the_first_ten_days_moves_the_whole(desk):
    clock = extended(desk)
    carry_out(
        lambda: Holiday.objects.create(date=date(2026, 3, 17), name="Hari jadi", kind="daerah"),
        why="hari jadi",
        by=None,
    )
    assert due_on(clock) == "2026-04-17"


def test_a_new_day_off_in_the_seven_days_moves_the_whole(desk):
    clock = extended(desk)
    carry_out(
        lambda: Holiday.objects.create(date=date(2026, 4, 9), name="Hari jadi", kind="daerah"),
        why="hari jadi",
        by=None,
    )
    assert due_on(clock) == "2026-04-17"


@pytest.mark.parametrize(
    ("step", "amount", "until"), [("notice", 5, "2026-04-09"), ("extension", 3, "2026-04-10")]
)
def test_a_corrected_term_is_recounted_with_the_extension(desk, step, amount, until):
    clock = extended(desk)
    rule = Rule.objects.get(procedure="information_request", step=step)
    rule.amount = amount
    carry_out(rule.save, why="aturan dibetulkan", by=None)
    assert due_on(clock) == until


# --- Waiting for the applicant ----------------------------------------------------------------------------------------


def asked(desk):
    case = desk.receive()
    desk_services.ask_to_complete(
        case, by=desk.staff("operator"), seen=None, missing="Tahun berapa?", at=MONDAY
    )
    return fresh(case)


def test_the_ten_days_run_on_while_the_applicant_completes_the_request(desk):
    case = asked(desk)
    assert case.paused_at is None
    assert due_on(case.deadlines.get(step="notice")) == "2026-04-07"


def test_an_office_may_settle_that_they_stand_still(desk):
    PpidSettings.objects.create(incomplete_pauses_clock=True)
    case = asked(desk)
    assert case.paused_at == MONDAY
    assert running_clocks(case) == ["complete"]
    applicant.complete(case, by=Reporter(), words="Tahun 2025.", at=MONDAY + timedelta(days=14))
    assert due_on(case.deadlines.get(step="notice")) == "2026-04-14"


@pytest.mark.parametrize("is_prolonged", [False, True])
@pytest.mark.parametrize("entered", ["while it stands still", "when it has gone on"])
def test_a_day_off_before_the_pause_that_is_entered_late_is_given_to_the_office(desk, entered, is_prolonged):
    PpidSettings.objects.create(incomplete_pauses_clock=True)
    case = desk.receive()
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=9)
    desk_services.ask_to_complete(
        case, by=desk.staff("operator"), seen=None, missing="Tahun berapa?", at=tuesday
    )

    def enter():
        day = Holiday(date=tuesday.date(), name="Hari jadi", kind="daerah")
        carry_out(day.save, why="hari jadi", by=None)

    if entered == "while it stands still":
        enter()
    applicant.complete(case, by=Reporter(), words="Tahun 2025.", at=wednesday)
    if is_prolonged:
        desk_services.assign(case, by=desk.staff("operator"), seen=None, at=wednesday)
        desk_services.extend(case, by=desk.staff("assistant"), seen=None, reason=REASON, at=wednesday)
    if entered == "when it has gone on":
        enter()
    # 17 March is no working day then, so that all 10 are left: 26 27; 30 31 1 2; 6-9 (3 April off). And 7 more: 10; 13-17; 20.
    assert due_on(case.deadlines.get(step="notice")) == ("2026-04-20" if is_prolonged else "2026-04-09")


def test_the_applicant_has_three_working_days_either_way(desk):
    assert due_on(asked(desk).deadlines.get(step="complete")) == "2026-03-26"


def test_waiting_that_led_to_nothing_stops_no_clock_any_longer(desk):
    """Where the ten days stand still for the applicant, they run on once the applicant's own days are over."""
    PpidSettings.objects.create(incomplete_pauses_clock=True)
    case = desk.receive()
    desk_services.ask_to_complete(
        case, by=desk.staff("operator"), seen=None, missing="Tahun berapa?", at=MONDAY
    )
    lapse_clocks(case.deadlines.get(step="complete").due_at + timedelta(minutes=1))
    assert running_clocks(fresh(case)) == ["assign", "notice"]
