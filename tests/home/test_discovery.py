import re

import pytest
from django.test import RequestFactory

from home.discovery import canonical
from home.models import PlainPage
from tests.portals import opened_site


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://portal.contoh.test"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/", "/"),
        ("/unit/?q=ktp&kecamatan=KPS", "/unit/?q=ktp&kecamatan=KPS"),
        ("/unit/?q=ktp&utm_source=wa&fbclid=x", "/unit/?q=ktp"),
        ("/unit/?q=&jenis=", "/unit/"),
        ("/k/KPS?v=3", "/k/KPS"),
        ("/unit/?q=a%26b%3Cc", "/unit/?q=a%26b%3Cc"),
    ],
)
def test_a_page_has_one_address_whatever_a_campaign_hangs_on_it(asked, told):
    assert canonical(RequestFactory().get(asked)) == f"https://portal.contoh.test{told}"


def test_a_page_tells_its_one_address_and_what_a_link_to_it_shows(client, db):
    opened_site()
    html = client.get("/aksesibilitas/?utm_campaign=poster").content.decode()
    assert re.findall(r'rel="canonical" href="([^"]+)"', html) == [
        "https://portal.contoh.test/aksesibilitas/"
    ]
    assert re.findall(r'property="og:(title|url)" content="([^"]+)"', html) == [
        ("title", "Aksesibilitas"),
        ("url", "https://portal.contoh.test/aksesibilitas/"),
    ]


@pytest.mark.parametrize("address", ["/tidak-ada/", "/masuk/?next=/meja/"])
def test_no_address_is_passed_on_that_leads_elsewhere(client, db, address):
    html = client.get(address).content.decode()
    assert re.findall(r'rel="canonical" href="([^"]+)"', html) in ([], ["https://portal.contoh.test/masuk/"])


def test_search_engines_find_every_published_page_and_no_draft(client, db):
    home = opened_site()
    home.add_child(instance=PlainPage(title="Draf", slug="draf", body="<p>x</p>", live=False))
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    pages = {"/", "/kebijakan-privasi/", "/aksesibilitas/"}
    doors = {"/lapor/", "/unit/", "/pengaduan/", "/ppid/permohonan/", "/hitung-batas/", "/transparansi/"}
    assert set(listed) == {f"https://portal.contoh.test{address}" for address in pages | doors}


def test_every_address_that_search_engines_are_given_opens(client, db):
    opened_site()
    listed = re.findall(
        r"<loc>https://portal.contoh.test([^<]+)</loc>", client.get("/sitemap.xml").content.decode()
    )
    assert {address: client.get(address).status_code for address in listed} == dict.fromkeys(listed, 200)


def test_robots_are_kept_out_of_the_rooms_of_officers_and_shown_the_map(client, db):
    lines = client.get("/robots.txt").content.decode().split("\n")
    closed = {"Disallow: /admin/", "Disallow: /meja/", "Disallow: /lacak/", "Disallow: /en/meja/"}
    closed |= {"Disallow: /dibaca/", "Disallow: /nilai/"}
    assert closed <= set(lines)
    assert "Sitemap: https://portal.contoh.test/sitemap.xml" in lines
