"""A report brought some way along the Kapas procedure, for tests that begin there."""

from datetime import date, datetime, timedelta

from cases.models import Case
from pengaduan.models import Answer
from pengaduan.services import answers
from pengaduan.services import desk as desk_services

from .desk import TUESDAY, Desk


def verified(desk: Desk, case: Case, at: datetime = TUESDAY) -> Case:
    desk_services.verify(case, by=desk.staff("operator"), seen=None, at=at)
    return fresh(case)


def in_progress(desk: Desk, case: Case, at: datetime = TUESDAY) -> Case:
    verified(desk, case, at)
    section = desk.office.building_section
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=section, at=at)
    return fresh(case)


def drafted(desk: Desk, case: Case, at: datetime = TUESDAY, promised_until: date | None = None) -> Case:
    in_progress(desk, case, at)
    outcome = "promised" if promised_until else "done"
    drafter = desk.staff("drafter")
    answers.draft_answer(
        case,
        by=drafter,
        seen=None,
        text="Papan diganti.",
        outcome=outcome,
        promised_until=promised_until,
        at=at,
    )
    return fresh(case)


def answered(desk: Desk, case: Case, at: datetime = TUESDAY, promised_until: date | None = None) -> Case:
    drafted(desk, case, at, promised_until)
    answers.publish_answer(case, by=desk.staff("head"), seen=None, at=at)
    return fresh(case)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def later(days: float = 0, hours: float = 0) -> datetime:
    return TUESDAY + timedelta(days=days, hours=hours)


def open_steps(case: Case) -> list[str]:
    return sorted(case.tasks.filter(done_at=None).values_list("step", flat=True))


def running_clocks(case: Case) -> list[str]:
    return sorted(case.deadlines.filter(ended_at=None, paused_at=None).values_list("step", flat=True))


def event_kinds(case: Case) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def latest_answer(case: Case) -> Answer:
    return case.answers.order_by("-pk").first()
