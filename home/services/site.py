"""The site itself: its front door and the two pages every public site owes."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from ..languages import in_indonesian
from ..models import HomePage, PlainPage

PRIVACY = "kebijakan-privasi"
STARTING_PAGES = Path(__file__).resolve().parents[1] / "starting_pages"


@in_indonesian()
@transaction.atomic
def open_site() -> HomePage:
    """Make what is missing: home page, site, privacy and accessibility pages. What the office changed stays.

    The site's host and port follow PUBLIC_URL each time.
    """
    home = HomePage.objects.first() or _open_home_page()
    _point_site_at(home)
    for slug, title in ((PRIVACY, _("Kebijakan privasi")), ("aksesibilitas", _("Aksesibilitas"))):
        if not home.get_children().filter(slug=slug).exists():
            body = (STARTING_PAGES / f"{slug}.html").read_text(encoding="utf-8")
            page = home.add_child(instance=PlainPage(title=title, slug=slug, body=body))
            page.save_revision().publish()
    return home


def _open_home_page() -> HomePage:
    home = HomePage(title=_("Beranda"), slug="beranda")
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    return home


def _point_site_at(home: HomePage) -> None:
    address = urlsplit(settings.PUBLIC_URL)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first() or Site(
        is_default_site=True
    )
    welcome_page = site.root_page if site.root_page_id else None
    site.hostname = address.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    # A fresh Wagtail brings a page of its own, without a type and without children.
    if welcome_page and welcome_page.specific_class is Page and welcome_page.is_leaf():
        welcome_page.delete()
