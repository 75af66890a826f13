"""What the home page and a unit's page show of complaints."""

from opd_pages.models import Unit

from .selectors.public import public_list, recently_answered

HOME_ROWS, UNIT_ROWS = 4, 3


def newest_answers() -> dict | None:
    """The public reports that were answered last, for the home page: 1 query."""
    cases = recently_answered(HOME_ROWS)
    return {"template": "pengaduan/home_panel.html", "cases": cases} if cases else None


def newest_reports_to(unit: Unit) -> dict | None:
    """The newest public reports of one unit, answered or not: 2 queries."""
    cases = list(public_list().filter(responsible_unit=unit)[:UNIT_ROWS])
    return {"template": "pengaduan/unit_panel.html", "cases": cases} if cases else None
