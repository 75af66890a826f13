"""The same pages in English, below /en/."""

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect

from home.languages import in_indonesian, interface, language_of
from home.models import HomePage, PortalSettings
from opd_pages.addresses import printed_address
from tests.browsers import browser, soup
from tests.portals import opened_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(office) -> HomePage:
    return opened_site()


def languages_of(response) -> tuple[str, str]:
    return soup(response).html["lang"], response.headers["Content-Language"]


def links_to_other_languages(response) -> list[tuple[str, str, str]]:
    return [(a["href"], a["lang"], a["hreflang"]) for a in soup(response).select(".footer a[hreflang]")]


@pytest.mark.parametrize("page", ["/", "/lapor/", "/unit/", "/aksesibilitas/", "/masuk/", "/hitung-batas/"])
def test_a_page_stands_in_english_below_en(site, page):
    assert languages_of(browser().get(page)) == ("id", "id")
    assert languages_of(browser().get(f"/en{page}")) == ("en", "en")


def test_neither_a_cookie_nor_the_browsers_wishes_change_the_language(site):
    client = browser()
    client.cookies["django_language"] = "en"
    response = client.get("/lapor/", headers={"Accept-Language": "en"})
    assert (languages_of(response), "Accept-Language" in response.headers.get("Vary", "")) == (
        ("id", "id"),
        False,
    )


def test_each_page_leads_to_itself_in_the_other_language(site):
    assert links_to_other_languages(browser().get("/unit/?q=kapas")) == [("/en/unit/?q=kapas", "en", "en")]
    assert links_to_other_languages(browser().get("/en/unit/?q=kapas")) == [("/unit/?q=kapas", "id", "id")]


def test_a_sent_form_leads_nowhere_else_so_that_nothing_written_is_lost(site):
    assert links_to_other_languages(browser().post("/en/lapor/", {})) == []


def test_a_form_that_is_sent_in_english_is_answered_in_english(site):
    response = browser().post("/en/lapor/", {})
    assert (response.status_code, soup(response).html["lang"]) == (422, "en")


@pytest.mark.parametrize("typed", ["/en", "/en/lapor", "/en/aksesibilitas"])
def test_a_forgotten_slash_is_added(site, typed):
    assert browser().get(typed).headers["Location"] == f"{typed}/"


def test_what_is_missing_in_english_is_missing_in_english(site):
    response = browser().get("/en/tidak-ada/")
    assert (response.status_code, languages_of(response)) == (404, ("en", "en"))


def test_an_old_address_leads_on_in_english(site):
    page = site.get_children().get(slug="aksesibilitas")
    Redirect.objects.create(old_path="/lama", redirect_page=page)
    assert browser().get("/lama/").headers["Location"] == "/aksesibilitas/"
    assert browser().get("/en/lama/").headers["Location"] == "/en/aksesibilitas/"


@pytest.mark.parametrize("closed", ["/meja/", "/meja/kontak/", "/admin/"])
def test_a_closed_door_leads_to_the_log_in_of_its_language(site, closed):
    assert browser().get(closed).headers["Location"] == f"/masuk/?next={closed}"
    assert browser().get(f"/en{closed}").headers["Location"] == f"/en/masuk/?next=/en{closed}"


def test_the_style_rules_of_the_editor_hold_in_both_languages(site):
    assert "unsafe-inline" not in browser().get("/en/lapor/").headers["Content-Security-Policy"]


def test_no_language_is_left_behind_for_the_next_visitor(site):
    browser().get("/en/lapor/")
    assert (translation.get_language(), reverse("report")) == ("id", "/lapor/")


def test_what_is_kept_sent_or_printed_is_indonesian_on_an_english_page_too(office):
    with interface("en", "/en/"):
        assert reverse("report") == "/en/lapor/"
        with in_indonesian():
            assert (translation.get_language(), reverse("report")) == ("id", "/lapor/")
        with override_settings(PUBLIC_URL="https://contoh.go.id"):
            assert printed_address(office.kapas, 1) == "https://contoh.go.id/k/KPS?v=1"


@pytest.mark.parametrize("address", ["/english/", "/en", "/unit/en/", "/"])
def test_only_the_first_segment_is_a_language(address):
    assert language_of(address) == ("id", "/")


def test_the_portals_own_words_are_english_there_and_the_offices_stay_indonesian(site):
    def front_page() -> list[tuple[str, str | None]]:
        shown = soup(browser().get("/en/"))
        return [(tag.get_text(), tag.get("lang")) for tag in (shown.h1, shown.select_one(".masthead small"))]

    assert front_page() == [
        ("Is something in need of repair?", None),
        ("Portal for services and information", None),
    ]
    site.headline = "Sugeng rawuh"
    site.save_revision().publish()
    PortalSettings.objects.update(tagline="Bersama warga")
    assert front_page() == [("Sugeng rawuh", "id"), ("Bersama warga", "id")]
