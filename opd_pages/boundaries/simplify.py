"""Fewer points for the same borders. What two areas share is thinned once, so that no gap opens between them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from .geojson import Point, Ring

TOLERANCE = 0.0008  # degrees: some 90 metres, less than a line of the map is wide


def simplified(areas: list[list[Ring]], tolerance: float = TOLERANCE) -> list[list[Ring]]:
    """The same areas with every border within the tolerance of where it was; islets smaller than that are dropped."""
    corners = _corners(ring for area in areas for ring in area)
    thinned: dict[tuple[Point, ...], list[Point]] = {}
    result = []
    for area in areas:
        rings = [_thin_ring(ring, corners, thinned, tolerance) for ring in area]
        # An area that is all islets keeps its largest as it was.
        result.append([ring for ring in rings if len(ring) > 3] or [max(area, key=len)])
    return result


def _corners(rings: Iterable[Ring]) -> set[Point]:
    """Where borders meet: points with other than two neighbours in all areas together."""
    neighbours = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            if one != other:
                neighbours[one].add(other)
                neighbours[other].add(one)
    return {point for point, beside in neighbours.items() if len(beside) != 2}


def _thin_ring(ring: Ring, corners: set[Point], thinned: dict, tolerance: float) -> Ring:
    open_ring = ring[:-1]
    points = [point for number, point in enumerate(open_ring) if point != open_ring[number - 1]] or ring[:1]
    # Begin at a corner, or at a point that every area with this ring begins at.
    start = next(
        (number for number, point in enumerate(points) if point in corners), points.index(min(points))
    )
    points = [*points[start:], *points[:start], points[start]]
    outline, border = [points[0]], [points[0]]
    for point in points[1:]:
        border.append(point)
        if point in corners:
            outline += _thin_border(border, thinned, tolerance)[1:]
            border = [point]
    if len(border) > 1:
        outline += _thin_border(border, thinned, tolerance)[1:]
    return outline


def _thin_border(border: list[Point], thinned: dict, tolerance: float) -> list[Point]:
    """The same points whichever area asks, in its own direction."""
    forward, backward = tuple(border), tuple(reversed(border))
    key = min(forward, backward)
    if key not in thinned:
        thinned[key] = _douglas_peucker(list(key), tolerance)
    return thinned[key] if key == forward else thinned[key][::-1]


def _douglas_peucker(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker 1973, without recursion: borders have thousands of points."""
    keep, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, distance = 0, 0.0
        for number in range(first + 1, last):
            if (away := _distance(points[number], points[first], points[last])) > distance:
                far, distance = number, away
        # A closed border has no chord to be near to: it is halved at its farthest point at least.
        if distance > tolerance or (points[first] == points[last] and far):
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
    return ((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5
