"""Where a unit is found: its page, its short address and its poster."""

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from home.addresses import page_address
from home.languages import in_indonesian

from .models import Unit


def printed_page_address(page: Page) -> str:
    """The page's full address, for what leaves the portal: paper, feeds, codes."""
    with in_indonesian():
        return f"{settings.PUBLIC_URL}{page_address(page)}"


def published_page_address(unit: Unit) -> str:
    """The path of the unit's page; "" where none is published. Wants select_related("page")."""
    page = getattr(unit, "page", None)
    return page_address(page) if page and page.live else ""


def unit_address(unit: Unit) -> str:
    """The unit's page, or its short address where no page is published. Wants select_related("page")."""
    return published_page_address(unit) or reverse("unit_short", args=[unit.short_code])


def short_address(unit: Unit) -> str:
    """The full short address, which stays as it is whatever becomes of the unit."""
    with in_indonesian():
        return f"{settings.PUBLIC_URL}{reverse('unit_short', args=[unit.short_code])}"


def printed_address(unit: Unit, version: int) -> str:
    """The full address behind the poster's QR code; the version tells an old print from the current one."""
    return f"{short_address(unit)}?v={version}"
