"""A page reads itself aloud with the browser's own voice, where there is one."""

import pytest

from opd_pages.models import Channel, Contact, Leader, Role
from opd_pages.services.contacts import confirm
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A browser with one voice, which says nothing and remembers what it was asked to say.
VOICE = """lang => {
  window.said = []; window.cancelled = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", {value: {
    getVoices: () => lang ? [{lang}] : [], addEventListener: () => {},
    speak: (each) => window.said.push([each.lang, each.text]), cancel: () => { window.cancelled += 1; },
  }});
}"""


@pytest.fixture
def open_with_voice(office, empty_tree, visit):
    from home.services.site import open_site

    open_site()
    open_unit_page(office.kapas)
    Leader.objects.create(unit=office.kapas, office="Camat Kapas", name="Camat Contoh")
    Contact.objects.create(unit=office.kapas, channel=Channel.WHATSAPP, value="+62812345678")
    confirm(office.kapas, by=member("operator", office.kapas, Role.OPERATOR))

    def open_page(lang: str):
        page = visit("/lacak/")
        page.add_init_script(f"({VOICE})({lang!r})")
        page.goto("/kecamatan-kapas/")
        return page

    return open_page


def test_name_and_numbers_are_read_in_indonesian_and_can_be_stopped(open_with_voice):
    page = open_with_voice("id-ID")
    button = page.get_by_role("button", name="Bacakan halaman ini")
    button.click()
    said = page.evaluate("window.said")
    text = " | ".join(line for _language, line in said)
    assert {language for language, _words in said} == {"id-ID"}
    words = ("Kecamatan Kapas", "Camat Contoh", "0 8 1 2 3 4 5 6 7 8")
    assert [each for each in words if each not in text] == []
    assert "Tulis" not in text  # what a finger taps is not read
    before = page.evaluate("window.cancelled")
    page.get_by_role("button", name="Berhenti membacakan").click()
    assert page.evaluate("window.cancelled") == before + 1
    assert button.is_visible()


def test_without_an_indonesian_voice_there_is_no_button(open_with_voice):
    page = open_with_voice("en-GB")
    assert page.locator("[data-read-aloud]").is_hidden()
