"""Everything with the keyboard alone: each control is reached, and seen when it is."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import MessageTemplate
from opd_pages.models import Role
from opd_pages.services.administrators import open_administrators
from tests.browsers import received_now
from tests.factories import member
from tests.pengaduan import steps
from tests.pengaduan.desk import Desk

from .conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Controls a keyboard must reach: of radio buttons with one name, the one that is chosen, or the first.
CONTROLS = """() => {
  const seen = new Set();
  return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary")).filter((each) => {
    if (each.type === "hidden" || each.disabled || each.matches(".skip") || !each.checkVisibility({visibilityProperty: true})) return false;
    if (each.type !== "radio") return true;
    const group = document.getElementsByName(each.name);
    return each === (Array.from(group).find((one) => one.checked) || group[0]);
  }).map((each, at) => { each.dataset.control = at; return each.outerHTML.slice(0, 90); });
}"""
# What has the focus: its number, whether it can be seen, and whether a ring shows it.
FOCUSED = """() => {
  const has = document.activeElement, box = has.getBoundingClientRect();
  const middle = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2];
  const top = document.elementFromPoint(...middle);
  const isSeen = !!top && (has.contains(top) || top.contains(has) || top.closest("label")?.htmlFor === has.id
    || !!top.closest("li")?.contains(has));
  const ring = (pseudo) => { const style = getComputedStyle(has, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.content !== "none"; };
  return {control: has.dataset.control ?? null, isSeen, hasRing: ring(null) || ring("::after"),
    html: has.outerHTML.slice(0, 90)};
}"""


def walk(page) -> dict[str, list[str]]:
    """Press Tab until the page is through; what was not reached, not seen, or had no ring."""
    page.emulate_media(reduced_motion="reduce")  # else it is still on its way when it is looked for
    controls = page.evaluate(CONTROLS)
    reached, hidden, ringless = set(), [], []
    for _ in range(len(controls) + 20):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["control"] is None:
            if len(reached) == len(controls):
                break
            continue
        reached.add(int(now["control"]))
        hidden += [] if now["isSeen"] else [now["html"]]
        ringless += [] if now["hasRing"] else [now["html"]]
    missed = [html for at, html in enumerate(controls) if at not in reached]
    found = {"missed": missed, "hidden": hidden, "ringless": ringless}
    return {fault: htmls for fault, htmls in found.items() if htmls}


def reach(page, css: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
    raise AssertionError(f"{css} is out of the keyboard's reach")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_control_of_the_public_pages_is_reached_and_seen(office, empty_tree, visit, viewport):
    page, faults = visit("/lapor/", viewport=viewport), {}
    for address in ("/lapor/", "/lacak/", "/unit/", "/ppid/permohonan/"):
        page.goto(address)
        if found := walk(page):
            faults[address] = found
    assert faults == {}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_control_of_the_desk_is_reached_and_seen(office, empty_tree, officer, viewport):
    case = Desk.at_kapas(office).receive()
    page, faults = officer("camat", viewport=viewport), {}
    for address in ("/meja/", "/meja/pagi/", f"/meja/perkara/{case.number}/", "/meja/kontak/KPS/"):
        page.goto(address)
        if found := walk(page):
            faults[address] = found
    assert faults == {}


def test_the_first_key_leads_past_the_ways_about(office, empty_tree, visit):
    page = visit("/lapor/")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_officer_notes_something_on_a_report_with_the_keyboard_alone(office, empty_tree, officer):
    case = Desk.at_kapas(office).receive()
    page = officer("operator", viewport=DESKTOP)
    reach(page, f"a[href*='{case.number}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case.number}/")
    reach(page, "#note summary")
    page.keyboard.press("Enter")
    reach(page, "#note textarea")
    page.keyboard.type("Sudah dicek ke dusun.")
    reach(page, "#note form button")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Sudah dicek ke dusun.")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_officer_lets_one_number_out_and_masks_another_with_the_keyboard_alone(
    office, empty_tree, officer, viewport
):
    desk = Desk.at_kapas(office)
    case = received_now(desk, words="Hubungi saya di 0812-3456-7890 atau kantor (0353) 881234.")
    case = steps.verified(desk, case, case.received_at)
    page = officer("operator", f"/meja/perkara/{case.number}/", viewport=viewport, js=False)
    form = page.locator("#public-copy")
    if not form.evaluate("details => details.open"):
        reach(page, "#public-copy summary")
        page.keyboard.press("Enter")
    reach(page, "#public-copy textarea")
    expect(form.locator("textarea")).to_have_value(
        "Hubungi saya di [nomor telepon] atau kantor [nomor telepon]."
    )
    page.keyboard.press("Control+A")
    page.keyboard.type("Hubungi 0812-3456-7890 atau (0353) 881234.")
    reach(page, "#public-copy form > p button")
    page.keyboard.press("Enter")
    expect(form.locator(".error")).to_contain_text("Masih ada nomor telepon 0812-3456-7890")
    reach(page, "[name=public-copy-public_text_as_is][value='(0353) 881234']")
    page.keyboard.press("Space")
    reach(page, "[name=public-copy-public_text_masked]")
    page.keyboard.press("Space")
    reach(page, "#public-copy form > p button")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.success")).to_be_visible()
    assert steps.fresh(case).complaint.public_text == "Hubungi [nomor telepon] atau (0353) 881234."


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without"])
def test_who_words_a_message_sees_it_before_it_is_live_with_the_keyboard_alone(
    office, empty_tree, officer, js
):
    open_administrators()
    member("admin", office.regency, Role.ADMINISTRATOR)
    MessageTemplate.objects.create(code="uji", title="Uji", subject="{number}", body="Lama.")
    address = reverse("cases_messagetemplate_modeladmin_edit", args=["uji"])
    page = officer("admin", address, viewport=DESKTOP, js=js)
    reach(page, "textarea[name=body]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Kepada {unit}.")
    reach(page, "button[name=pratinjau]")
    page.keyboard.press("Enter")
    expect(page.locator("#pratinjau")).to_contain_text("Kepada Kecamatan Kapas.")
    expect(page.locator("#pratinjau")).to_be_focused()
    assert MessageTemplate.objects.get(code="uji").body == "Lama."
