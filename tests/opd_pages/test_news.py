import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images import get_image_model

from opd_pages.models import EventPage, NewsPage, UnitPage
from tests.browsers import photo, soup
from tests.editing import create, faults, streamfield

from .conftest import paints_renditions
from .news import JAKARTA, event, news, news_list

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=JAKARTA)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def kapas(small_portal) -> UnitPage:
    return UnitPage.objects.get(unit=small_portal.kapas)


@pytest.fixture
def pages(portal) -> dict[str, UnitPage]:
    return {page.unit.short_code: page for page in UnitPage.objects.select_related("unit")}


def typed(**fields) -> dict:
    return {
        "title": "Jembatan selesai",
        "slug": "jembatan",
        "published_on": "2026-11-23",
        "summary": "Papan baru sudah terpasang.",
        "picture": "",
        "picture_alt": "",
        "body": streamfield([("notice", {"title": "", "text": "Kendaraan berat lewat Balen."})]),
    } | fields


def test_an_editor_publishes_news_of_their_unit(as_editor, client, kapas):
    assert faults(create(as_editor, NewsPage, news_list(kapas), typed())) == {}
    page = soup(client.get("/kecamatan-kapas/kabar/jembatan/"))
    assert page.h1.text == "Jembatan selesai"
    assert page.select_one("header .meta").text == "Kecamatan Kapas · Senin, 23 November 2026"
    assert "Kendaraan berat lewat Balen." in page.main.text


def test_news_is_not_dated_ahead(as_editor, kapas):
    response = create(as_editor, NewsPage, news_list(kapas), typed(published_on="2062-11-23"))
    assert faults(response) == {"published_on": ["Tanggal ini belum tiba."]}


def test_a_desas_news_is_told_by_the_desa(client, pages):
    page = news(pages["KPS-2001"])
    assert (
        soup(client.get(page.url))
        .select_one("header .meta")
        .text.startswith("Desa Bakalan, Kecamatan Kapas · ")
    )


def test_a_units_page_shows_its_own_newest_news_and_no_other_units(client, pages):
    for day in (1, 4, 2, 3):
        news(pages["KPS"], f"Berita {day}", published_on=date(2026, 11, day))
    news(pages["KPS-2001"], "Dari desa", published_on=date(2026, 11, 20))
    news(pages["DDR"], "Dari Dander")
    panels = client.get("/kecamatan-kapas/").context["panels"]
    panel = next(panel for panel in panels if panel["template"] == "opd_pages/panels/unit_news.html")
    assert [row.title for row in panel["rows"]] == ["Berita 4", "Berita 3", "Berita 2"]
    assert panel["url"] == "/kecamatan-kapas/kabar/"


def test_the_front_page_shows_the_newest_news_with_its_unit(client, pages):
    news(pages["KPS"], "Dari Kapas", published_on=date(2026, 11, 2))
    news(pages["KPS-2001"], "Dari desa", published_on=date(2026, 11, 20))
    news(pages["DDR"], "Belum terbit", live=False)
    panels = client.get("/").context["panels"]
    panel = next(panel for panel in panels if panel["template"] == "opd_pages/panels/newest_news.html")
    assert [(row.title, row.unit) for row in panel["rows"]] == [
        ("Dari desa", "Desa Bakalan"),
        ("Dari Kapas", "Kecamatan Kapas"),
    ]


@pytest.mark.parametrize("address", ["/", "/kecamatan-kapas/", "/kecamatan-kapas/kabar/"])
def test_pages_with_news_take_12_queries_at_most(client, pages, address, django_assert_max_num_queries):
    for number in range(6):
        news(pages["KPS"], f"Berita {number}")
        event(pages["KPS"], f"Acara {number}", NOW + timedelta(days=number))
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_a_page_of_news_takes_7_queries(client, pages, django_assert_num_queries):
    """Site, home page, the page's two rows, those above, figures; settings."""
    address = news(pages["KPS-2001"]).url
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)


def test_the_list_of_news_goes_on_over_pages(client, pages):
    for number in range(21):
        news(pages["KPS"], f"Berita {number:02}", published_on=date(2026, 10, number + 1))
    first = client.get("/kecamatan-kapas/kabar/").context
    last = client.get("/kecamatan-kapas/kabar/", {"halaman": "2"}).context
    assert (first["rows"][0].title, len(first["rows"])) == ("Berita 20", 20)
    assert [row.title for row in last["rows"]] == ["Berita 00"]


# --- On paper and by feed --------------------------------------------------------------------------------------------


def test_news_has_a_view_for_paper(client, pages):
    page = news(pages["KPS"])
    paper = soup(client.get(f"{page.url}cetak.html"))
    assert paper.h1.text == page.title
    assert (paper.select("nav"), paper.select("main form"), paper.select('img[src^="/dibaca/"]')) == (
        [],
        [],
        [],
    )


def test_a_unit_has_a_feed_of_its_own_news(client, pages, settings):
    settings.PUBLIC_URL = "https://pendopo.contoh.test"
    news(pages["KPS"], "Lama", published_on=date(2026, 11, 1))
    news(pages["KPS"], "Baru & <penting>", slug="baru", published_on=date(2026, 11, 20))
    news(pages["KPS"], "Rencana", live=False)
    news(pages["KPS-2001"], "Dari desa")
    response = client.get("/kecamatan-kapas/berita.xml")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel.findtext("title") == "Berita Kecamatan Kapas"
    assert [(item.findtext("title"), item.findtext("link")) for item in channel.findall("item")] == [
        ("Baru & <penting>", "https://pendopo.contoh.test/kecamatan-kapas/kabar/baru/"),
        ("Lama", "https://pendopo.contoh.test/kecamatan-kapas/kabar/lama/"),
    ]


@pytest.mark.parametrize("address", ["/kecamatan-kapas/", "/kecamatan-kapas/kabar/"])
def test_readers_programs_find_the_feed(client, pages, address):
    news_list(pages["KPS"])
    feed = soup(client.get(address)).select_one('link[type="application/rss+xml"]')
    assert feed["href"] == "/kecamatan-kapas/berita.xml"


# --- Events ----------------------------------------------------------------------------------------------------------


def test_what_is_over_is_no_longer_announced(client, pages):
    event(pages["KPS"], "Kemarin", NOW - timedelta(days=1))
    event(pages["KPS"], "Tadi pagi", NOW - timedelta(hours=3))
    event(pages["KPS"], "Sudah selesai", NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1))
    event(pages["KPS"], "Sedang berlangsung", NOW - timedelta(days=2), ends_at=NOW + timedelta(days=1))
    event(pages["KPS"], "Besok", NOW + timedelta(days=1))
    events = client.get("/kecamatan-kapas/kabar/").context["events"]
    assert [each.title for each in events] == ["Sedang berlangsung", "Tadi pagi", "Besok"]
    assert "Acara ini sudah selesai." in client.get("/kecamatan-kapas/kabar/kemarin/").content.decode()


def test_an_event_says_when_in_the_offices_time(client, pages):
    start = datetime(2026, 12, 5, 7, 0, tzinfo=JAKARTA)
    page = event(pages["KPS"], "Kerja bakti", start, ends_at=start + timedelta(hours=2, minutes=30))
    when = soup(client.get(page.url)).select_one("dl.facts dd").text
    assert re.sub(r"\s+", " ", when) == "Sabtu, 5 Desember 2026 pukul 07.00 sampai 09.30 WIB"


def test_an_event_does_not_end_before_it_begins(as_editor, kapas):
    sent = {
        "title": "Kerja bakti",
        "slug": "kerja-bakti",
        "starts_at": "2026-12-05 07:00",
        "ends_at": "2026-12-04 09:00",
        "venue": "Balai desa",
        "organiser": "",
        "summary": "Terbuka.",
        "body": streamfield([]),
    }
    assert faults(create(as_editor, EventPage, news_list(kapas), sent)) == {
        "ends_at": ["Selesai mendahului mulai."]
    }


@paints_renditions
def test_news_that_is_passed_on_shows_its_picture_once_it_is_painted(client, kapas):
    file = ContentFile(photo(size=(1280, 720)), name="jembatan.jpg")
    image = get_image_model().objects.create(title="Jembatan", file=file)
    page = news(kapas, picture=image, picture_alt="Jembatan dengan papan baru")
    before, after = soup(client.get(page.url)), soup(client.get(page.url))
    assert before.select("meta[property='og:image']") == []
    told = {tag["property"]: tag["content"] for tag in after.select("meta[property^='og:image']")}
    assert told.pop("og:image").endswith(".jpg")
    assert told == {
        "og:image:alt": "Jembatan dengan papan baru",
        "og:image:width": "800",
        "og:image:height": "450",
    }
