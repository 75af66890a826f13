"""What cases copy of their unit's place in the tree."""

from opd_pages.models import Unit

from ..models import Case


def cases_stay_with(unit: Unit) -> None:
    """A unit stands elsewhere in the tree: its cases are seen from there."""
    Case.objects.filter(responsible_unit=unit).update(area=unit.area_id, lineage=unit.lineage)
