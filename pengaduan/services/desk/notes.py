"""What officers write down beside the procedure: notes, calls, and who handles the report."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actors import DESK_ROLES, OVERSIGHT_ROLES, Staff
from cases.models import Case
from cases.services.changes import CaseRefusal, change
from cases.services.staffing import CALL_REPORTER
from cases.workflow import PARENT
from opd_pages.models import Role

from .orders import open_tasks


def add_note(case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*DESK_ROLES, *OVERSIGHT_ROLES, Role.INSPECTOR, PARENT)
        changing.record("note", text=note)


def reporter_called(
    case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD, Role.COORDINATOR)
        # An anonymous reporter is called by the coordinator, and nobody else says that it was done.
        is_the_units = any(
            task.unit_id == changing.case.responsible_unit_id for task in open_tasks(changing, CALL_REPORTER)
        )
        if not changing.owes(CALL_REPORTER) and not (is_the_units and Role.HEAD in changing.roles):
            raise CaseRefusal(_("Tidak ada telepon kepada pelapor yang menunggu Anda."))
        changing.finish_tasks(CALL_REPORTER)
        changing.record("reporter_called", text=note)


def take_over(case: Case, *, by: Staff, seen: int | None, at: datetime | None = None) -> None:
    """Be the one who handles the report from now on, such as where the one before has left."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD)
        if changing.case.closed_at:
            raise CaseRefusal(_("Laporan ini sudah ditutup."))
        changing.case.handler = by.user
        changing.record("taken_over")
