"""When units merge, their open complaints follow, each as it stands."""

from cases.actors import System
from cases.models import Case
from cases.services.changes import change, place
from opd_pages.models import Role, Unit

from ..workflow import KIND


def cases_follow(old: Unit, new: Unit, by) -> None:
    """Give every open complaint of a merged unit to its successor, with a line in its history.

    The old unit's sections are gone, so what they owed is owed by the new unit's head.
    """
    for case in Case.objects.filter(kind=KIND, responsible_unit=old, closed_at=None).order_by("pk"):
        with change(case, by=System()) as changing:
            changing.record("unit_merged", **{"from": old.full_name, "to": new.full_name})
            place(changing.case, new)
            changing.case.tasks.filter(unit=old, done_at=None, section=None).update(unit=new)
            owed = changing.case.tasks.filter(unit=old, done_at=None)
            owed.update(unit=new, section=None, role=Role.HEAD)
