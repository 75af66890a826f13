"""What officers write down beside any procedure: notes, calls, and who handles the case."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opd_pages.models import Role

from ..actors import DESK_ROLES, OVERSIGHT_ROLES, Staff
from ..kinds import kind_of
from ..models import Case
from ..workflow import PARENT
from .changes import CaseRefusal, change
from .staffing import CALL_REPORTER


def add_note(case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*DESK_ROLES, *OVERSIGHT_ROLES, Role.INSPECTOR, PARENT)
        changing.record("note", text=note)


def reporter_called(
    case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.INSPECTOR, PARENT)
        # An anonymous reporter is called by the coordinator, and nobody else says that it was done.
        calls = changing.case.tasks.filter(step=CALL_REPORTER, done_at=None)
        is_the_units = calls.filter(unit=changing.case.responsible_unit_id).exists()
        if not changing.owes(CALL_REPORTER) and not (is_the_units and Role.HEAD in changing.roles):
            person = kind_of(changing.case).person
            raise CaseRefusal(_("Tidak ada telepon kepada %s yang menunggu Anda.") % person)
        changing.finish_tasks(CALL_REPORTER)
        changing.record("reporter_called", text=note)


def take_over(case: Case, *, by: Staff, seen: int | None, at: datetime | None = None) -> None:
    """Be the one who handles the case from now on, such as where the one before has left."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD)
        if changing.case.closed_at:
            raise CaseRefusal(_("%s ini sudah ditutup.") % capfirst(kind_of(changing.case).noun))
        changing.case.handler = by.user
        changing.record("taken_over")
