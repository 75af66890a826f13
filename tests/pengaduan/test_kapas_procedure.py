"""Kecamatan Kapas from receipt to answer, as its own procedure says."""

from datetime import timedelta

from cases.actors import Reporter
from cases.history import verify
from cases.models import Case
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services

from .desk import TUESDAY


def hours(count: float):
    return TUESDAY + timedelta(hours=count)


def test_a_report_travels_from_receipt_to_the_reporters_yes(desk):
    case = desk.receive()
    assert case.number == "2026-ADU-KPS-000001"
    assert open_steps(case) == ["verify"]

    desk_services.verify(case, by=desk.staff("operator"), seen=1, told_head="langsung", at=hours(1))
    assert open_steps(case) == ["dispose"]

    desk_services.dispose(
        case,
        by=desk.staff("head"),
        seen=2,
        section=desk.office.building_section,
        instruction="Periksa.",
        at=hours(2),
    )
    assert open_steps(case) == ["investigate"]

    desk_services.report_findings(
        case, by=desk.staff("builder"), seen=3, findings="Papan hilang.", at=hours(5)
    )
    assert open_steps(case) == ["study", "draft"]

    answers.draft_answer(
        case, by=desk.staff("drafter"), seen=4, text="Papan sudah diganti.", outcome="done", at=hours(6)
    )
    assert open_steps(case) == ["study", "approve"]

    desk_services.decide_follow_up(case, by=desk.staff("head"), seen=5, decision="Ganti papan.", at=hours(7))
    answers.publish_answer(case, by=desk.staff("head"), seen=6, at=hours(8))
    assert status(case) == "answered"
    assert open_steps(case) == []

    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=hours(30))
    assert status(case) == "resolved"
    assert list(verify()) == []


def test_the_promise_to_the_reporter_runs_until_the_answer_is_out(desk):
    case = desk.receive()
    desk_services.verify(case, by=desk.staff("operator"), seen=1, told_head="langsung", at=hours(1))
    desk_services.dispose(
        case, by=desk.staff("head"), seen=2, section=desk.office.building_section, at=hours(2)
    )
    desk_services.report_findings(
        case, by=desk.staff("builder"), seen=3, findings="Papan hilang.", at=hours(5)
    )
    answers.draft_answer(case, by=desk.staff("drafter"), seen=4, text="Sudah.", outcome="done", at=hours(6))
    assert running_clocks(case) == ["answer", "law", "study"]
    answers.publish_answer(case, by=desk.staff("head"), seen=5, at=hours(8))
    assert running_clocks(case) == ["confirm"]


def running_clocks(case: Case) -> list[str]:
    return sorted(case.deadlines.filter(ended_at=None).values_list("step", flat=True))


def status(case: Case) -> str:
    return Case.objects.get(pk=case.pk).status


def open_steps(case: Case) -> list[str]:
    return list(case.tasks.filter(done_at=None).order_by("pk").values_list("step", flat=True))
