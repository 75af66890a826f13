"""What somebody's first visit costs on a slow line, and whom the browser asks."""

import json
import re

import pytest
from django.test import Client

from home.models import PortalSettings
from home.pictures import SHAPES, paint
from home.services.site import open_site
from opd_pages.models import Channel, Leader, Role
from opd_pages.services.administrators import open_administrators
from opd_pages.services.contacts import confirm
from opd_pages.services.portraits import show_portrait
from opd_pages.services.unit_pages import open_unit_pages
from tests.browsers import photo
from tests.factories import member
from tests.opd_pages.conftest import add_contact
from tests.painted import paints_renditions

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KILOBYTE = 1000
MOST_WITHOUT_PHOTOS, MOST_WITH_PHOTOS = 100 * KILOBYTE, 300 * KILOBYTE
HOTLINES = [("Darurat", "112"), ("Ambulans", "119"), ("Polisi", "110"), ("Pemadam kebakaran", "113")]


@pytest.fixture
def portal(office, empty_tree):
    """A kabupaten with leaders, their photos, and an office with many contacts."""
    open_site()
    open_unit_pages([office.regency, office.kapas, office.bakalan, office.tanjungharjo])
    operator = member("operator", office.kapas, Role.OPERATOR)
    for unit, title in ((office.regency, "Bupati Contoh"), (office.kapas, "Camat Kapas")):
        leader = Leader.objects.create(unit=unit, office=title, name=f"Nama {title}")
        show_portrait(leader, photo(size=(1200, 1600)), by=operator)
        paint(leader.photo, [SHAPES["portrait"]])
        for channel, value in (
            ("phone", "0353 881826"),
            ("whatsapp", "0812345678"),
            ("email", "a@contoh.test"),
        ):
            add_contact(unit, channel, value)
        for channel in (Channel.INSTAGRAM, Channel.FACEBOOK, Channel.X, Channel.TIKTOK, Channel.YOUTUBE):
            add_contact(unit, channel, "pemkabcontoh")
        confirm(unit, operator)
    settings = PortalSettings.load()
    settings.hotlines = [("hotline", {"label": label, "number": number}) for label, number in HOTLINES]
    settings.save()
    return office


def bytes_of_visit(page, address: str) -> tuple[int, int]:
    """What the browser loads for a page it has never seen, without its photos and with them, nothing compressed."""
    loaded = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(address, wait_until="networkidle")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    photos = sum(len(each.body()) for each in loaded if "/media/images/" in each.url)
    rest = sum(len(each.body()) for each in loaded if "/media/images/" not in each.url)
    return rest, rest + photos


@paints_renditions
@pytest.mark.parametrize("address", ["/", "/kecamatan-kapas/"])
def test_a_first_visit_is_light(portal, visit, address):
    page = visit("about:blank", viewport=PHONE)
    without, with_photos = bytes_of_visit(page, address)
    assert without <= MOST_WITHOUT_PHOTOS
    assert without < with_photos <= MOST_WITH_PHOTOS


@paints_renditions
def test_what_search_engines_read_offends_no_policy_in_the_browser(portal, visit):
    page, complaints = visit("about:blank"), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/kecamatan-kapas/", wait_until="networkidle")
    told = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert (told["name"], complaints) == ("Kecamatan Kapas", [])


ROOMS = {
    "operator": ["/meja/", "/meja/pagi/", "/meja/kontak/", "/meja/kontak/KPS/", "/masuk/akun/"],
    "admin": [
        "/admin/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/settings/home/portalsettings/",
    ],
}


def hosts_asked(page, addresses: list[str]) -> dict[str, list[str]]:
    """By address, what the browser asked of anybody but us while it was open."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ours, found = ("/".join(page.url.split("/")[:3]) + "/", "data:", "blob:"), {}
    for address in addresses:
        asked.clear()
        page.goto(address, wait_until="networkidle")
        if strangers := [url for url in asked if not url.startswith(ours)]:
            found[address] = strangers
    return found


@paints_renditions
def test_no_page_asks_anybody_but_the_portal(portal, visit, officer):
    open_administrators()
    member("admin", portal.regency, Role.ADMINISTRATOR)
    listed = re.findall(r"<loc>[^<]*//[^</]+(/[^<]*)</loc>", Client().get("/sitemap.xml").content.decode())
    public = visit("/")
    assert len(listed) > 10
    assert hosts_asked(public, [*listed, "/k/KPS", "/gaya/", "/tidak-ada/"]) == {}
    for name, addresses in ROOMS.items():
        assert hosts_asked(officer(name, addresses[0]), addresses) == {}
