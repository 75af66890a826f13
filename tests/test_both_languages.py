"""No word of the wrong language on any page, whoever opens it; and below /en/ nothing leads out of it by itself."""

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import RequestFactory
from wagtail.models import Page

from home.models import User
from opd_pages.models import Section, Unit, UnitPage
from tests.browsers import browser
from tests.languages import ENGLISH, INDONESIAN, Reading
from tests.opd_pages.one_of_each import write_one_of_each
from tests.test_every_address import ADDRESSES, PEOPLE, World, respond
from tests.test_html import PAGES, case, desk  # noqa: F401  (fixtures)

pytestmark = pytest.mark.everywhere
# Addresses that have one language: files, and the pages of the other one.
ONE_LANGUAGE = ("/static/", "/media/", "/tema.css", "/en/")


@pytest.fixture
def in_english(monkeypatch) -> None:
    """Whatever a browser of this test asks for, it asks for below /en/."""
    generic = RequestFactory.generic

    def below_en(self, method, path, *args, **kwargs):
        return generic(self, method, path if path.startswith("/en/") else f"/en{path}", *args, **kwargs)

    monkeypatch.setattr(RequestFactory, "generic", below_en)


def pages_of_everybody(office) -> Iterator[tuple[str, HttpResponse]]:
    world = World.make(office)
    write_one_of_each(UnitPage.objects.get(unit=office.kapas))
    for person in PEOPLE:
        client = browser(world.people[person])
        for address in ADDRESSES:
            yield f"{address} as {person}", respond(client, address, world)
    for page in Page.objects.live().filter(depth__gt=1):
        yield page.url_path, browser().get(f"/{page.url_path.split('/', 2)[2]}")


def pages_in_use(desk, case) -> Iterator[tuple[str, HttpResponse]]:  # noqa: F811
    for name, opened in PAGES.items():
        yield name, opened(desk, case)


def read(pages: Iterator[tuple[str, HttpResponse]], look: Callable[[str], object]) -> dict[str, object]:
    """What was found on each page on which something was found."""
    found = {
        name: look(response.content.decode())
        for name, response in pages
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
    }
    return {name: finds for name, finds in found.items() if finds}


def english_words(page: str) -> list[str]:
    return sorted(Reading(page).words("id") & ENGLISH)


def indonesian_words(page: str) -> list[str]:
    names = [unit.full_name for unit in Unit.objects.select_related("kind")]
    names += Section.objects.values_list("name", flat=True)
    names += [str(user) for user in User.objects.all()]
    return sorted(Reading(page).words("en", besides=tuple(names)) & INDONESIAN)


def ways_out(page: str) -> list[str]:
    """Addresses on a page below /en/ that lead to an Indonesian one."""
    tags = [
        tag
        for tag in BeautifulSoup(page, "html.parser").select("a[href^='/'], form[action^='/']")
        if not tag.get("hreflang")
    ]
    addresses = [tag.get("href") or tag.get("action") for tag in tags if not tag.find_parent(class_="prose")]
    return [address for address in addresses if not address.startswith(ONE_LANGUAGE)]


def test_no_indonesian_page_says_an_english_word(office):
    assert read(pages_of_everybody(office), english_words) == {}


def test_no_indonesian_page_in_use_says_an_english_word(desk, case):  # noqa: F811
    assert read(pages_in_use(desk, case), english_words) == {}


def test_no_english_page_says_an_indonesian_word_or_leads_out_of_english(office, in_english):
    pages = read(pages_of_everybody(office), lambda page: [*indonesian_words(page), *ways_out(page)])
    assert pages == {}


def test_no_english_page_in_use_says_an_indonesian_word(desk, case, in_english):  # noqa: F811
    assert read(pages_in_use(desk, case), indonesian_words) == {}


def test_a_word_of_the_wrong_language_is_found():
    page = '<html lang="{}"><body><p>{}</p><button aria-label="{}"></button><p lang="{}">{}</p></body></html>'
    assert english_words(page.format("id", "Choose", "Simpan", "en", "Search")) == ["choose"]
    assert Reading(page.format("en", "Choose", "Simpan", "id", "Cari")).words("en") & INDONESIAN == {"simpan"}
