"""What cases copy of their unit's place in the tree, and the steps that units above it owe."""

from opd_pages.models import Unit

from ..actors import System
from ..models import Case, Task
from .changes import change
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


def _keys(lineage: str) -> set[int]:
    return {int(pk) for pk in lineage.strip("/").split("/")}
