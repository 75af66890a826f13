"""What the home page and a unit's page show of complaints."""

from opd_pages.models import Unit

from .selectors.public import public_list

HOME_ROWS, UNIT_ROWS = 4, 3


def recently_answered() -> dict | None:
    """The newest public reports that were answered, for the home page: 2 queries."""
    cases = list(public_list().filter(answers__approved_at__isnull=False).distinct()[:HOME_ROWS])
    return {"template": "pengaduan/home_panel.html", "cases": cases} if cases else None


def answered_by(unit: Unit) -> dict | None:
    """The newest public reports of one unit: 2 queries."""
    cases = list(public_list().filter(responsible_unit=unit)[:UNIT_ROWS])
    return {"template": "pengaduan/unit_panel.html", "cases": cases} if cases else None
