"""The units' pages, made by the service that makes every unit's page."""

from home.services.site import open_site
from opd_pages.models import Unit
from opd_pages.services.administrators import open_administrators
from opd_pages.services.importing import Progress
from opd_pages.services.unit_pages import open_unit_pages
from ppid.services.site import open_ppid_page


def make_pages(progress: Progress) -> int:
    """Open the pages of the demonstration's units. Returns how many were made."""
    open_ppid_page(open_site())
    open_administrators()
    return len(open_unit_pages(Unit.objects.filter(is_demo=True, page=None), progress=progress))
