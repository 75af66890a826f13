"""What a budget's page and banner show."""

from django.utils.translation import gettext as _

from home.models import PortalSettings

from ..addresses import page_address, printed_page_address
from ..budgets.banner import Banner
from ..models import BudgetPage
from .belonging import unit_of
from .posters import crest_file


def budget_context(page: BudgetPage) -> dict:
    """{"table", "others", "address"}: the unit's budgets of other years and stages, newest first. 1 query."""
    others = BudgetPage.objects.sibling_of(page, inclusive=False).live().order_by("-year", "-pk")
    return {
        "table": page.table,
        "others": [
            {"title": f"{each.year}, {each.get_stage_display()}", "url": page_address(each)}
            for each in others
        ],
        "address": page_address(page),
    }


def banner_of(page: BudgetPage) -> Banner:
    """4 queries."""
    portal = PortalSettings.load()
    unit = unit_of(page)
    return Banner(
        region=_("Pemerintah %(region)s") % {"region": portal.region_name},
        unit=unit.place_name if unit else "",
        title=page.title,
        stage=page.get_stage_display(),
        table=page.table,
        legal_basis=page.legal_basis,
        url=printed_page_address(page),
        changed_on=page.changed_on,
        crest=crest_file(portal),
        primary=portal.primary_color,
        accent=portal.accent_color,
    )
