"""The journey's pages for people with a narrow phone, a screen reader, a keyboard, or in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from home.services.site import open_site
from opd_pages.models import Channel, Contact, Leader
from opd_pages.services.contacts import confirm
from opd_pages.services.unit_pages import open_unit_pages
from ppid.services.site import open_ppid_page
from tests.pengaduan.desk import Desk

from .conftest import DESKTOP, NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/unit/",
    "/kecamatan-kapas/",
    "/k/KPS",
    "/lapor/?unit=KPS",
    "/lacak/",
    "/hitung-batas/?mulai=2027-12-29&aturan=complaint/law_complaint",
    "/hitung-batas/?mulai=kemarin",
    "/ppid/",
    "/ppid/permohonan/?unit=KPS",
    "/masuk/",
    "/gaya/",
]
DESK = ["/meja/", "/meja/pagi/", "/meja/permohonan/baru/"]


@pytest.fixture
def desk(office, empty_tree):
    desk = Desk.at_kapas(office)
    open_ppid_page(open_site())
    open_unit_pages([office.kapas, office.bakalan])
    Leader.objects.create(unit=office.kapas, office="Camat Kapas", name="Camat Contoh")
    Contact.objects.create(unit=office.kapas, channel=Channel.WHATSAPP, value="+62812345678")
    Contact.objects.create(unit=office.kapas, channel=Channel.INSTAGRAM, value="kecamatan.kapas")
    confirm(office.kapas, by=desk.operator)
    return desk


def faults(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found.response["violations"]]


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(NARROW, "light"), (DESKTOP, "dark")], ids=["narrow", "dark"]
)
def test_public_pages_have_no_barrier(desk, visit, viewport, scheme):
    for address in PUBLIC:
        page = visit(address, viewport=viewport, scheme=scheme)
        assert (address, faults(page)) == (address, [])
        assert (address, scrolls_sideways(page)) == (address, False)


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(NARROW, "dark"), (DESKTOP, "light")], ids=["narrow", "light"]
)
def test_the_desk_has_no_barrier(desk, officer, viewport, scheme):
    case = desk.receive()
    page = officer("camat", "/meja/", viewport=viewport, scheme=scheme)
    for address in [*DESK, f"/meja/perkara/{case.number}/"]:
        page.goto(address)
        assert (address, faults(page)) == (address, [])
        assert (address, scrolls_sideways(page)) == (address, False)


def test_a_report_can_be_sent_with_the_keyboard_alone(desk, visit):
    page = visit("/lapor/?unit=KPS", viewport=DESKTOP)

    def reach(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"{name} is out of the keyboard's reach")

    reach("words")
    page.keyboard.type("Lampu jalan padam di tikungan dekat pasar.")
    reach("is_about_officer")
    page.keyboard.press("Space")
    reach("name")
    page.keyboard.type("Warga Uji")
    reach("phone")
    page.keyboard.type("081234567890")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lacak/bukti/")
    assert page.locator("h1").inner_text() == "Laporan Anda sudah kami terima"


def test_two_clicks_make_one_report(desk, visit):
    from cases.models import Case

    page = visit("/lapor/?unit=KPS", js=False)
    page.fill("[name=words]", "Lampu jalan padam di tikungan dekat pasar.")
    page.check("[name=is_about_officer][value=no]")
    page.check("[name=identity_mode][value=none]")
    page.get_by_role("button", name="Kirim laporan").dblclick()
    # The second click breaks off the first one's way to the receipt: waited for is what is shown in the end.
    expect(page.locator("h1")).to_have_text("Laporan Anda sudah kami terima", timeout=60_000)
    assert Case.objects.count() == 1
