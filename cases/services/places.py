"""What cases copy of their unit's place in the tree, and the steps that units above it owe."""

from opd_pages.models import Unit

from ..actors import System
from ..models import Case, Task
from .changes import CaseChange, change, place
from .staffing import taker


def cases_stay_with(unit: Unit) -> None:
    """A unit stands elsewhere in the tree: its cases are seen from there, and what the former unit above was to
    decide is decided there."""
    cases = Case.objects.filter(responsible_unit=unit)
    before = set(cases.values_list("lineage", flat=True).distinct())
    cases.update(area=unit.area_id, lineage=unit.lineage)
    left = {pk for lineage in before for pk in _keys(lineage)} - _keys(unit.lineage)
    for task in Task.objects.filter(case__responsible_unit=unit, unit__in=left, done_at=None):
        with change(task.case_id, by=System()) as changing:
            changing.readdress(task, taker(changing.case, unit.parent or unit, task.role))


def follow_to(changing: CaseChange, unit: Unit) -> None:
    """The unit that has the case ended: from here on the case, with what is owed and promised, is its successor's."""
    case = changing.case
    changing.record("unit_merged", **{"from": case.responsible_unit.full_name, "to": unit.full_name})
    left = case.responsible_unit_id
    place(case, unit)
    case.handler = None
    case.deadlines.filter(ended_at=None).update(unit=unit)
    for task in case.tasks.filter(unit=left, done_at=None):
        changing.readdress(task, taker(case, unit, task.role))


def _keys(lineage: str) -> set[int]:
    return {int(pk) for pk in lineage.strip("/").split("/")}
