"""The way up from a page."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from .addresses import page_address

HOME_DEPTH = 2  # below the tree's root


def paths_above(page: Page) -> list[str]:
    """The places in the tree of the pages above, from the top; the root's and the page's own are not among them."""
    return [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]


def crumb(page: Page) -> dict[str, str]:
    """{"title", "url"}, from the page's row alone; the front door is always called so."""
    is_front_door = page.depth == HOME_DEPTH
    return {"title": _("Beranda") if is_front_door else page.title, "url": page_address(page)}


def crumbs_to(page: Page) -> list[dict[str, str]]:
    """The published pages above, from the front door down. 1 query."""
    above = Page.objects.filter(path__in=paths_above(page), live=True).order_by("path")
    return [crumb(each) for each in above]
