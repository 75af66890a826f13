"""Reads the areas of a GeoJSON file (RFC 7946), each with its unit's code, and tells what is wrong by feature."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

Point = tuple[float, float]
Ring = list[Point]
CODE_NAMES = ("kode", "code", "KODE", "kode_wilayah")
SMALLEST_RING = 4  # points, the first again at the end


class BadBoundaries(ValueError):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class Area:
    number: int
    code: str
    rings: list[Ring]


@dataclass
class BoundaryFile:
    areas: list[Area] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_boundaries(path: Path, code_name: str = "") -> BoundaryFile:
    """Raises BadBoundaries."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise BadBoundaries(_("Berkas tidak dapat dibaca: %s") % fault) from fault
    except (ValueError, RecursionError) as fault:
        raise BadBoundaries(_("Berkas ini bukan GeoJSON: %s") % fault) from fault
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise BadBoundaries(_("Berkas ini bukan GeoJSON dengan daftar features."))
    read = BoundaryFile()
    for number, feature in enumerate(features, start=1):
        try:
            read.areas.append(_area(number, feature, code_name))
        except ValueError as fault:
            read.faults.append(told(number, str(fault)))
    return read


def told(number: int, words: str) -> str:
    return _("Bidang %(number)s: %(words)s") % {"number": number, "words": words}


def _area(number: int, feature, code_name: str) -> Area:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    names = (code_name,) if code_name else CODE_NAMES
    codes = [properties[name] for name in names if name in properties] if isinstance(properties, dict) else []
    if not codes or not str(codes[0] or "").strip():
        raise ValueError(_("tanpa kode wilayah (%s).") % ", ".join(names))
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        polygons = [geometry.get("coordinates")]
    elif kind == "MultiPolygon":
        polygons = geometry.get("coordinates")
    else:
        raise ValueError(_("bentuknya bukan Polygon atau MultiPolygon."))
    if not isinstance(polygons, list) or not polygons:
        raise ValueError(_("tanpa titik batas."))
    rings = [
        _ring(ring) for polygon in polygons for ring in (polygon if isinstance(polygon, list) else [None])
    ]
    if not rings:
        raise ValueError(_("tanpa titik batas."))
    return Area(number, str(codes[0]).strip().upper(), rings)


def _ring(points) -> Ring:
    if not isinstance(points, list) or len(points) < SMALLEST_RING:
        raise ValueError(_("garis batasnya kurang dari empat titik."))
    ring = [_point(point) for point in points]
    if ring[0] != ring[-1]:
        raise ValueError(_("garis batasnya tidak tertutup."))
    return ring


def _point(point) -> Point:
    if (
        not isinstance(point, list)
        or len(point) < 2
        or not all(type(each) in (int, float) for each in point[:2])
    ):
        raise ValueError(_("ada titik yang bukan bujur dan lintang."))
    longitude, latitude = float(point[0]), float(point[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(_("ada titik di luar bumi; urutannya bujur, lalu lintang."))
    # A metre is fine enough to tell which areas share a border.
    return round(longitude, 5), round(latitude, 5)
