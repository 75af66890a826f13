"""What the desk does with a request before it is answered."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.models import Case, Deadline
from cases.services.changes import CaseChange, CaseRefusal, change, place
from cases.services.clockwork import clockwork
from cases.services.staffing import nearest_desk
from opd_pages.models import Role, Unit

from ..workflow import ANSWERING, BEING_HANDLED, KIND
from .receiving import FIRST_LOOK


def assign(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    unit: Unit | None = None,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Give the request to the PPID of the office that holds the information. The law's term runs on from receipt."""
    with change(case, by=by, seen=seen, at=at) as changing:
        case, before = changing.case, changing.case.responsible_unit
        changing.move("assigned", text=note, internal=True)
        changing.finish_tasks("assign")
        changing.end_clocks("assign", "complete")
        if unit and unit.pk != before.pk:
            place(case, unit)
            case.handler = None
            case.deadlines.filter(ended_at=None).update(unit=unit)
            changing.record("passed_on", internal=False, **{"from": before.full_name, "to": unit.full_name})
        task = changing.open_task("draft", role=Role.PPID_ASSISTANT, deadline=notice_clock(case))
        changing.notify("desk_task", role=task.role, unit=task.unit)
        changing.notify_reporter("request_status")


def give_back(case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None) -> None:
    """The PPID to whom it was assigned returns it to the desk, saying why."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("received", text=reason, internal=True)
        changing.finish_tasks("draft")
        look_first(changing)


def ask_to_complete(
    case: Case, *, by: Staff, seen: int | None, missing: str, at: datetime | None = None
) -> None:
    """Ask the applicant for what the form lacks. Whether the ten days stand still meanwhile is the office's setting."""
    with change(case, by=by, seen=seen, at=at) as changing:
        start_waiting(changing, missing)


def start_waiting(changing: CaseChange, missing: str) -> None:
    changing.move("incomplete", text=missing)
    changing.start_clock("complete", rule=rule_of("complete", changing.at))
    changing.notify_reporter("request_incomplete")


def look_first(changing: CaseChange) -> None:
    """The desk looks at a request that is to be assigned, or assigned anew."""
    unit, role = nearest_desk(changing.case.responsible_unit, FIRST_LOOK)
    rule = rule_of("assign", changing.at)
    task = changing.open_task("assign", role=role, unit=unit, rule=rule, outer="notice")
    changing.notify("desk_task", role=task.role, unit=task.unit)


def extend(case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None) -> Deadline:
    """Prolong the term of the written notice once, with written reasons (UU 14/2008 Ps 22(8)).

    Raises WordsMissing, CaseRefusal.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*ANSWERING)
        if changing.case.status not in BEING_HANDLED or not changing.owes("draft", "assign"):
            raise CaseRefusal(_("Perpanjangan diberitahukan oleh petugas yang memegang permohonan ini."))
        clock = changing.extend_clock("notice", rule=rule_of("extension", changing.at), reason=reason)
        changing.notify_reporter("request_extended")
        return clock


def notice_clock(case: Case) -> Deadline | None:
    return case.deadlines.filter(step="notice", ended_at=None).first()


def rule_of(step: str, at: datetime):
    return clockwork().rule(KIND, step, timezone.localdate(at))
