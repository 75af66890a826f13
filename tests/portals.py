"""A portal as it is once it has been opened: its front door, the pages of its units, its administrators."""

from collections.abc import Hashable, Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Site

from home.models import HomePage
from home.services.site import open_site
from opd_pages.models import Membership, Unit
from opd_pages.services.administrators import open_administrators
from opd_pages.services.unit_pages import open_unit_pages

from .made_once import made_once


def opened_site() -> HomePage:
    if HomePage.objects.exists():
        return open_site()
    home = made_once((open_site, settings.PUBLIC_URL, settings.WAGTAIL_SITE_NAME), open_site)
    Site.clear_site_root_paths_cache()
    return home


def with_pages(units: Iterable[Unit]) -> None:
    """The site, and a page for each of these units."""
    opened_site()
    units = list(units)
    key = (open_unit_pages, tuple(units), _standing_units(), _memberships())
    made_once(key, lambda: open_unit_pages(units) and None)


def opened_administrators() -> Group:
    return made_once((open_administrators, _memberships()), open_administrators)


def _standing_units() -> Hashable:
    return tuple(Unit.objects.order_by("pk").values_list("pk", "name", "parent", "kind"))


def _memberships() -> Hashable:
    return tuple(Membership.objects.order_by("pk").values_list("pk", "user", "unit", "role"))
