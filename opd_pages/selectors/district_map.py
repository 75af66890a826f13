"""The map of kecamatan: shapes from the office's file, and the same as a list."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from ..addresses import unit_address
from ..models import Level, Unit

MARGIN = 6  # units of the drawing


@dataclass(frozen=True)
class District:
    name: str
    short_name: str
    url: str
    villages: int
    path: str
    name_x: float
    name_y: float


@dataclass(frozen=True)
class DistrictMap:
    """`view_box` is "" where no outline was imported; the list stands without one."""

    districts: list[District]
    view_box: str


def district_map() -> DistrictMap:
    """The current kecamatan by name, with how many desa and kelurahan each has: 1 query."""
    today = timezone.localdate()
    current = Q(children__valid_until=None) | Q(children__valid_until__gte=today)
    units = Unit.objects.current().at(Level.DISTRICT).select_related("kind", "page", "outline")
    units = list(
        units.annotate(
            villages=Count("children", filter=current & Q(children__kind__level=Level.VILLAGE))
        ).order_by("name")
    )
    outlines = [unit.outline for unit in units if hasattr(unit, "outline")]
    return DistrictMap([_district(unit) for unit in units], _view_box(outlines))


def _district(unit: Unit) -> District:
    outline = getattr(unit, "outline", None)
    return District(
        name=unit.full_name,
        short_name=unit.name,
        url=unit_address(unit),
        villages=unit.villages,
        path=outline.path if outline else "",
        name_x=outline.name_x if outline else 0,
        name_y=outline.name_y if outline else 0,
    )


def _view_box(outlines: list) -> str:
    if not outlines:
        return ""
    left, top = min(each.left for each in outlines) - MARGIN, min(each.top for each in outlines) - MARGIN
    width = max(each.right for each in outlines) + MARGIN - left
    height = max(each.bottom for each in outlines) + MARGIN - top
    return f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}"
