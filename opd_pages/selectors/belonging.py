"""Whose a page is: the unit on whose page it stands. The tree is the one truth, so a page that moves changes hands."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from home.crumbs import crumb, paths_above

from ..models import Unit, UnitPage


@dataclass(frozen=True)
class Belonging:
    """The unit a page belongs to, None above all units, with the way down to the page."""

    unit: Unit | None
    crumbs: list[dict[str, str]]


def belonging(page: Page) -> Belonging:
    """1 query."""
    above = Page.objects.filter(path__in=paths_above(page)).select_related(
        "unitpage__unit__kind", "unitpage__unit__parent__kind"
    )
    above = sorted(above, key=lambda each: each.depth)
    units = [each.unitpage.unit for each in above if hasattr(each, "unitpage")]
    return Belonging(units[-1] if units else None, [crumb(each) for each in above if each.live])


def units_of(pages: Iterable[Page]) -> dict[int, Unit]:
    """By page, the unit it belongs to; a page above all units is left out. 1 query."""
    pages = list(pages)
    paths = {path for page in pages for path in paths_above(page)}
    rows = UnitPage.objects.filter(path__in=paths).select_related("unit__kind", "unit__parent__kind")
    units = {row.path: row.unit for row in rows}
    found = {page.pk: [units[path] for path in paths_above(page) if path in units] for page in pages}
    return {key: above[-1] for key, above in found.items() if above}


def unit_of(page: Page, parent: Page | None = None) -> Unit | None:
    """The unit of a page, or of one that is being made below `parent`. 1 query."""
    paths = [*paths_above(parent), parent.path] if parent is not None else paths_above(page)
    row = (
        UnitPage.objects.filter(path__in=paths)
        .select_related("unit__kind", "unit__parent__kind")
        .order_by("-depth")
        .first()
    )
    return row.unit if row else None
