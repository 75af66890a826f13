"""Takes the outlines of kecamatan over from a file: all of them, or none where one is wrong."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ..boundaries.drawing import outline
from ..boundaries.geojson import read_boundaries, told
from ..boundaries.simplify import simplified
from ..models import Level, Unit, UnitOutline

COMPARED = ("path", "left", "top", "right", "bottom", "name_x", "name_y")


@dataclass
class BoundaryReport:
    """Units by what happens to their outline; `missing` are kecamatan that the file does not draw."""

    faults: list[str] = field(default_factory=list)
    made: list[Unit] = field(default_factory=list)
    changed: list[Unit] = field(default_factory=list)
    same: list[Unit] = field(default_factory=list)
    missing: list[Unit] = field(default_factory=list)
    size: int = 0  # characters of all paths


@transaction.atomic
def import_boundaries(path: Path, *, code_name: str = "", dry_run: bool = False) -> BoundaryReport:
    """Units are known by their code, never by their name: Sumberrejo is spelt Sumberejo elsewhere. Raises BadBoundaries."""
    file, report = read_boundaries(path, code_name), BoundaryReport()
    report.faults = file.faults
    districts = Unit.objects.current().at(Level.DISTRICT).select_related("kind").in_bulk(field_name="code")
    known = {row.unit_id: row for row in UnitOutline.objects.all()}
    seen: dict[str, int] = {}
    for area in file.areas:
        if area.code not in districts:
            report.faults.append(told(area.number, _("kode %s bukan kecamatan di portal ini.") % area.code))
        elif area.code in seen:
            words = _("kode %(code)s sudah ada di bidang %(number)s.")
            report.faults.append(told(area.number, words % {"code": area.code, "number": seen[area.code]}))
        seen.setdefault(area.code, area.number)
    report.missing = [unit for code, unit in districts.items() if code not in seen]
    if report.faults:
        return report
    for area, rings in zip(file.areas, simplified([area.rings for area in file.areas]), strict=True):
        drawn = outline(districts[area.code], rings)
        _take(drawn, known.get(drawn.unit_id), report, dry_run)
    return report


def _take(drawn: UnitOutline, there: UnitOutline | None, report: BoundaryReport, dry_run: bool) -> None:
    report.size += len(drawn.path)
    if there and all(getattr(there, name) == getattr(drawn, name) for name in COMPARED):
        report.same.append(drawn.unit)
        return
    (report.changed if there else report.made).append(drawn.unit)
    if not dry_run:
        values = {name: getattr(drawn, name) for name in COMPARED}
        UnitOutline.objects.update_or_create(unit=drawn.unit, defaults=values)
