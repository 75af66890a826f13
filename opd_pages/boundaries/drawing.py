"""From rings of degrees to what an SVG draws."""

from itertools import pairwise

from ..models import Unit, UnitOutline
from .geojson import Point, Ring

SCALE = 1000  # units of the drawing in a degree


def outline(unit: Unit, rings: list[Ring]) -> UnitOutline:
    """Not saved. Near the equator a degree is as wide as it is high, to a hundredth, so none is stretched."""
    drawn = [[_drawn(point) for point in ring] for ring in rings]
    xs, ys = zip(*(point for ring in drawn for point in ring), strict=True)
    name_x, name_y = _centre(max(drawn, key=lambda ring: abs(_area(ring))))
    return UnitOutline(
        unit=unit,
        path="".join(map(_path, drawn)),
        left=min(xs),
        top=min(ys),
        right=max(xs),
        bottom=max(ys),
        name_x=name_x,
        name_y=name_y,
    )


def _drawn(point: Point) -> Point:
    longitude, latitude = point
    return round(longitude * SCALE, 1), round(-latitude * SCALE, 1)


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in ring[:-1]) + "Z"


def _area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def _centre(ring: Ring) -> Point:
    """The centre of gravity of a ring, or of its points where it has no area."""
    x0, y0 = ring[0]
    near = [(x - x0, y - y0) for x, y in ring]
    if not (area := _area(near)):
        return round(sum(x for x, _ in ring) / len(ring), 1), round(sum(y for _, y in ring) / len(ring), 1)
    crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(near)]
    x = sum((a[0] + b[0]) * cross for a, b, cross in crosses) / (6 * area)
    y = sum((a[1] + b[1]) * cross for a, b, cross in crosses) / (6 * area)
    return round(x0 + x, 1), round(y0 + y, 1)
