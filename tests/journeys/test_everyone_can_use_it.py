"""The journey's pages for people with a narrow phone, a screen reader, a keyboard, or in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from home.services.site import open_site
from opd_pages.models import Channel, Contact, Leader, UnitPage
from opd_pages.services.contacts import confirm
from opd_pages.services.unit_pages import open_unit_pages
from ppid.services.site import open_ppid_page
from tests.browsers import code_of
from tests.opd_pages.one_of_each import ADDRESSES, WITH_FILES, write_one_of_each, write_with_files
from tests.painted import paints_renditions
from tests.pengaduan import test_public_pages as public
from tests.pengaduan.desk import Desk

from .conftest import DESKTOP, NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/unit/",
    "/unit/peta/",
    "/cari/?q=ktp",
    "/pengaduan/",
    "/transparansi/",
    "/transparansi/periksa/",
    "/kebijakan-privasi/",
    "/aksesibilitas/",
    "/tidak-ada/",
    "/kabupaten-bojonegoro/",
    "/kecamatan-kapas/",
    "/kecamatan-kapas/desa-bakalan/",
    "/k/KPS",
    "/k/KPS?v=1",
    "/k/TIDAKADA",
    "/unit/KPS/tidak-terhubung/",
    "/unit/KPS/tidak-terhubung/?selesai=1",
    "/kepatuhan/",
    "/lapor/?unit=KPS",
    "/lacak/",
    "/hitung-batas/?mulai=2027-12-29&aturan=complaint/law_complaint",
    "/hitung-batas/?mulai=kemarin",
    "/ppid/",
    "/ppid/permohonan/?unit=KPS",
    "/masuk/",
    "/gaya/",
    *(f"/kecamatan-kapas/{address}" for address in (*ADDRESSES, *WITH_FILES)),
]
DESK = [
    "/meja/",
    "/meja/pagi/",
    "/meja/laporan/baru/",
    "/meja/permohonan/baru/",
    "/meja/tugas/",
    "/meja/tugas/KPS/",
    "/meja/kontak/?perlu=1",
    "/meja/kontak/KPS/",
    "/meja/kontak/KPS/tambah/",
    "/meja/kontak/KPS/komitmen/",
    "/masuk/akun/",
]


@pytest.fixture
def desk(office, empty_tree):
    desk = Desk.at_kapas(office)
    open_ppid_page(open_site())
    open_unit_pages([office.kapas, office.bakalan])
    Leader.objects.create(unit=office.kapas, office="Camat Kapas", name="Camat Contoh")
    Contact.objects.create(unit=office.kapas, channel=Channel.WHATSAPP, value="+62812345678")
    Contact.objects.create(unit=office.kapas, channel=Channel.INSTAGRAM, value="kecamatan.kapas")
    confirm(office.kapas, by=desk.operator)
    write_one_of_each(UnitPage.objects.get(unit=office.kapas))
    write_with_files(UnitPage.objects.get(unit=office.kapas))
    return desk


EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a width or a scheme alone can spoil.
BY_SIGHT = {"type": "rule", "values": ["color-contrast", "target-size"]}


def faults(page, rules=EVERYTHING) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules})
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found.response["violations"]]


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


SIGHTS = [
    (NARROW, "light", EVERYTHING),
    (NARROW, "dark", BY_SIGHT),
    (DESKTOP, "light", BY_SIGHT),
    (DESKTOP, "dark", EVERYTHING),
]


def barriers(page, address: str) -> list[str]:
    """What is wrong with a page, narrow and wide, in the light and in the dark."""
    page.goto(address)
    found = []
    for viewport, scheme, rules in SIGHTS:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        found += [f"{viewport['width']} {scheme}: {fault}" for fault in faults(page, rules)]
        if scrolls_sideways(page):
            found.append(f"{viewport['width']} scrolls sideways")
    return found


@paints_renditions
def test_public_pages_have_no_barrier(desk, visit):
    page = visit("/")
    report = public.shown(desk, public.answered(desk, public.published(desk)))
    addresses = [*PUBLIC, public.page_of(report)]
    assert {address: found for address in addresses if (found := barriers(page, address))} == {}


def test_what_reporters_read_of_their_report_has_no_barrier(desk, visit):
    report = public.shown(desk, public.answered(desk, public.published(desk)))
    page = visit("/lacak/")
    page.fill("[name=number]", report.number)
    page.fill("[name=code]", code_of(report))
    page.keyboard.press("Enter")
    page.wait_for_url("**/lacak/perkara/")
    assert {address: found for address in ("/lacak/perkara/",) if (found := barriers(page, address))} == {}


def test_the_desk_has_no_barrier(desk, officer):
    case = desk.receive()
    page = officer("camat")
    addresses = [*DESK, f"/meja/perkara/{case.number}/"]
    assert {address: found for address in addresses if (found := barriers(page, address))} == {}


# --- Larger, further apart, without movement ---------------------------------------------------------------------------

# WCAG 2.2, 1.4.12 and 1.4.4.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
TWICE = "html { font-size: 200% !important; }"
CUT_OFF = """Array.from(document.querySelectorAll("body *")).filter((each) => {
  const style = getComputedStyle(each);
  return each.matches(":not(.visually-hidden, .visually-hidden *, select, textarea, input, svg *, img)")
    && each.innerText?.trim() && style.overflow !== "visible" && style.overflowX !== "auto" && style.clipPath === "none"
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map((each) => each.outerHTML.slice(0, 100))"""


def with_style(page, css: str) -> None:
    """As a reader's own stylesheet would: past the policy, which stops what a page brings."""
    page.evaluate(
        "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }",
        css,
    )


@paints_renditions
@pytest.mark.parametrize(("viewport", "css"), [(NARROW, SPACED), (DESKTOP, TWICE)], ids=["spaced", "twice"])
def test_words_set_wide_or_twice_as_large_are_neither_cut_off_nor_out_of_sight(desk, visit, viewport, css):
    page, lost = visit("/", viewport=viewport), {}
    for address in PUBLIC:
        page.goto(address)
        with_style(page, css)
        if found := page.evaluate(CUT_OFF) + scrolls_sideways(page) * ["scrolls sideways"]:
            lost[address] = found
    assert lost == {}


MOVES = """Array.from(document.querySelectorAll("*")).filter((each) => {
  const style = getComputedStyle(each);
  return style.scrollBehavior === "smooth" || style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
}).map((each) => each.outerHTML.slice(0, 100))"""


def test_nothing_moves_for_who_asked_for_stillness(desk, visit):
    page = visit("/gaya/")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVES) == []


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
