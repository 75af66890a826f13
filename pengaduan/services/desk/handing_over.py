"""To whom a report goes from here: another unit, or away from the one that it is about."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.models import Case
from cases.services.changes import CaseChange, CaseRefusal, change, place
from cases.services.clockwork import clockwork
from cases.services.hand_over import hand_over as continue_as
from cases.workflow import PARENT
from opd_pages.models import Role, Unit

from ...models import Complaint
from ..receiving import answer_due, first_look
from ..routing import desk_of, is_supervisory, route
from .public_copy import take_copy_back

# The kind of case by which the PPID answers.
REQUEST = "information_request"
HANDED_OVER_IN = frozenset({"received", "verified", "in_progress", "reopened"})
# The unit above may take a report to itself, where the office has nobody left.
PASSING_ON = frozenset({Role.OPERATOR, Role.HEAD, Role.COORDINATOR, PARENT})


def pass_on(
    case: Case, *, by: Staff, seen: int | None, unit: Unit, reason: str, at: datetime | None = None
) -> None:
    """Give the report to the unit that has the authority. It starts there afresh, inside the same law's bound."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*PASSING_ON)
        hand_over(changing, unit, reason)


def hand_over(changing: CaseChange, unit: Unit, reason: str) -> None:
    """Move the report with its clocks to another unit, where the desk looks at it first.

    Raises CaseRefusal for the unit that has it already, and for the one it accuses.
    """
    case = changing.case
    if unit.pk in (case.responsible_unit_id, case.concerns_unit_id):
        raise CaseRefusal(_("Pilih unit lain."))
    promised = changing.due_of("answer")
    broken = case.deadlines.filter(
        step="answer", ended_at=None, overdue_noted_at=None, due_at__lt=changing.at
    )
    is_broken_in_silence = broken.exists()
    if case.status != "received":
        changing.move("received")
    changing.record(
        "passed_on",
        text=reason,
        internal=False,
        **{"from": case.responsible_unit.full_name, "to": unit.full_name},
    )
    place(case, unit)
    case.handler = None
    case.tasks.filter(done_at=None).update(done_at=changing.at)
    changing.end_clocks("answer", "verify", "investigate", "study")
    case.answers.filter(approved_at=None, returned_at=None).update(returned_at=changing.at)
    desk = desk_of(unit)
    Complaint.objects.filter(case=case).update(procedure=desk.procedure_code)
    works = clockwork()
    rule, due = answer_due(desk, changing.at, changing.due_of("law"), works)
    changing.start_clock("answer", rule=rule, due=due, outer="law")
    if is_broken_in_silence:
        changing.record("overdue", step="answer")
    if promised:
        changing.record_shift("answer", promised, due)
    look = first_look(desk, changing.at, due, works)
    clock = changing.start_clock("verify", rule=look.rule, due=look.due, outer="answer")
    role = Role.HEAD if case.is_secret else Role.OPERATOR
    changing.open_task("verify", role=role, deadline=clock)
    changing.notify("desk_new_complaint", role=role)
    changing.notify_reporter("complaint_status")


def hand_to_ppid(
    case: Case, *, by: Staff, seen: int | None, note: str = "", at: datetime | None = None
) -> Case:
    """The report asks for information: it ends here and goes on as a request, counted from its own receipt.

    Returns the request. Both numbers and the request's code stand on the reporter's page of the report.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("handed_to_ppid", text=note)
        take_copy_back(changing)
        later = continue_as(changing, to=REQUEST)
        changing.record("goes_on_as", internal=False, number=later.number)
        return later


def keep_from(
    case: Case, *, by: Staff, seen: int | None, unit: Unit, reason: str, at: datetime | None = None
) -> None:
    """The report turns out to be about an office or its people: from now on it does not exist for them.

    Whoever has it hands it to the office that watches over the accused, and with it goes what was published of it.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*PASSING_ON, Role.INSPECTOR)
        if changing.case.status not in HANDED_OVER_IN:
            raise CaseRefusal(_("Laporan ini sudah dijawab atau ditutup."))
        way = route(
            addressed_to=changing.case.responsible_unit,
            accused=unit,
            report_class=changing.case.complaint.report_class,
            is_secret=changing.case.is_secret,
        )
        changing.case.concerns_unit, changing.case.is_supervisory = unit, way.is_supervisory
        take_copy_back(changing)
        changing.record("kept_from", text=reason, unit=unit.full_name)
        if way.unit.pk != changing.case.responsible_unit_id:
            hand_over(changing, way.unit, reason)
        else:
            changing.reseat()


def clear_accused(
    case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None
) -> None:
    """The report is not about that office after all. Only who looks over the whole kabupaten may say so.

    With the accusation goes the weight that it gave the report; whistle-blowing keeps its own.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.COORDINATOR)
        if changing.case.concerns_unit_id is None:
            raise CaseRefusal(_("Laporan ini tidak menyebut kantor yang dilaporkan."))
        changing.record("accused_cleared", text=reason, unit=changing.case.concerns_unit.full_name)
        changing.case.concerns_unit = None
        changing.case.is_supervisory = is_supervisory(changing.case.complaint.report_class, None)
        changing.reseat()
