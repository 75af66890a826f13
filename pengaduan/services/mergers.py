"""When units merge, their complaints follow, each as it stands; those that accuse one of them keep away from it."""

from django.db.models import QuerySet

from cases.actors import System
from cases.models import Case, OutboxMessage
from cases.services.changes import CaseChange, change
from cases.services.places import follow_to
from opd_pages.models import Unit

from ..models import Complaint
from ..workflow import COMPLAINT, KIND
from .routing import desk_of


def cases_follow(old: Unit, new: Unit, by) -> None:
    """Give the complaints of a merged unit to its successor: the open ones, and the closed that may be reopened."""
    for case in _unfinished().filter(responsible_unit=old).order_by("pk"):
        with change(case, by=System()) as changing:
            accused = new if changing.case.concerns_unit_id == old.pk else changing.case.concerns_unit
            _follow(changing, old, new, accused)
    for case in _unfinished().filter(concerns_unit=old).order_by("pk"):
        with change(case, by=System()) as changing:
            _follow(changing, old, changing.case.responsible_unit, new)
    OutboxMessage.objects.filter(unit=old, sent_at=None, dropped_at=None).update(unit=new)


def _unfinished() -> QuerySet[Case]:
    final = [state.name for state in COMPLAINT.states if state.final]
    return Case.objects.filter(kind=KIND).exclude(status__in=final)


def _follow(changing: CaseChange, old: Unit, unit: Unit, accused: Unit | None) -> None:
    """From here on the case is this unit's, or where it accuses that unit, that of the one above it."""
    case = changing.case
    case.concerns_unit = accused
    if accused and unit.pk == accused.pk and unit.parent:
        unit = unit.parent
    if unit.pk == case.responsible_unit_id:
        changing.record("accused_merged", **{"from": old.full_name})
        changing.reseat()
        return
    Complaint.objects.filter(case=case).update(procedure=desk_of(unit).procedure_code)
    follow_to(changing, unit)
