import re
from datetime import UTC, datetime
from html import unescape

import pytest

from home.models import PlainPage, PortalSettings
from home.registry import home_panels
from opd_pages.models import Contact, Leader
from opd_pages.selectors.people import leaders_panel
from opd_pages.services.contacts import confirm
from opd_pages.services.unit_pages import open_unit_page
from tests.portals import opened_site

CONFIRMED = datetime(2026, 11, 21, 2, tzinfo=UTC)


@pytest.fixture
def home(db):
    PortalSettings.load()
    return opened_site()


def lead_by(regency, *names: str) -> None:
    for rank, name in enumerate(names, start=1):
        Leader.objects.update_or_create(
            unit=regency, rank=rank, defaults={"office": f"Jabatan {rank}", "name": name}
        )
    Contact.objects.get_or_create(unit=regency, channel="short_number", value="112")
    confirm(regency, None, CONFIRMED)


def test_the_front_page_opens_the_doors(client, home):
    html = client.get("/").content.decode()
    assert re.findall(r'class="door(?: first)?" href="([^"]+)"', html) == [
        "/lapor/",
        "/lacak/",
        "/ppid/permohonan/",
    ]
    assert re.findall(r'<form class="field search" action="([^"]+)"', html) == ["/unit/"]


def test_the_editors_words_stand_on_the_front_page(client, home):
    home.headline, home.introduction = "Sugeng rawuh", "Sampaikan <b>apa saja</b>."
    home.save()
    html = client.get("/").content.decode()
    assert '<h1 lang="id">Sugeng rawuh</h1>' in html
    assert '<p lang="id">Sampaikan &lt;b&gt;apa saja&lt;/b&gt;.</p>' in html


def test_without_an_introduction_the_front_page_says_what_happens_to_a_report(client, home):
    assert "dijawab dengan tenggat yang jelas" in client.get("/").content.decode()


def test_hotlines_can_be_called_from_the_front_page(client, home):
    settings = PortalSettings.load()
    settings.hotlines = [("hotline", {"label": "Keadaan <darurat>", "number": "112"})]
    settings.slogan = "Bojonegoro bahagia & makmur"
    settings.save()
    html = client.get("/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert '<span lang="id">Keadaan &lt;darurat&gt;</span> <a href="tel:112">112</a>' in main
    assert "Bojonegoro bahagia & makmur" in unescape(html)


def test_regent_and_deputy_stand_on_the_front_page_once_confirmed(client, home, office):
    Leader.objects.create(unit=office.regency, rank=1, office="Bupati", name="Setyo Wahono")
    assert leaders_panel() is None
    lead_by(office.regency, "Setyo Wahono", "")
    open_unit_page(office.regency)
    panel = leaders_panel()
    assert panel in client.get("/").context["panels"]
    assert [(person.name, person.role) for person in panel["people"]] == [
        ("Setyo Wahono", "Jabatan 1"),
        ("Jabatan kosong", "Jabatan 2"),
    ]
    assert panel["url"] == "/kabupaten-bojonegoro/"


def test_the_front_page_shows_the_leaders_last_confirmed(client, home, office):
    lead_by(office.regency, "Setyo Wahono")
    lead_by(office.regency, "Nurul Azizah")
    assert [person.name for person in leaders_panel()["people"]] == ["Nurul Azizah"]


def test_the_head_of_a_kecamatan_is_no_regent(office):
    lead_by(office.kapas, "Siti Rahmawati")
    assert leaders_panel() is None


def test_rooms_above_show_their_panels_in_their_order(client, home, settings, tmp_path, monkeypatch):
    (tmp_path / "panel.html").write_text("[{{ panel.word }}]")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    panels = [(order, lambda word=word: word and {"template": "panel.html", "word": word}) for order, word in
              ((1, "Baru dijawab"), (2, None), (3, "Minggu ini"))]  # fmt: skip
    monkeypatch.setattr(home_panels, "_entries", panels)
    assert re.findall(r"\[(.+?)\]", client.get("/").content.decode()) == ["Baru dijawab", "Minggu ini"]


def test_the_front_page_takes_5_queries_and_sets_no_cookie(
    client, home, office, monkeypatch, django_assert_num_queries
):
    """Site, its root page, restrictions, settings; the leaders."""
    monkeypatch.setattr(home_panels, "_entries", [(1, leaders_panel)])
    lead_by(office.regency, "Setyo Wahono", "Nurul Azizah")
    with django_assert_num_queries(5):
        response = client.get("/")
    assert response.cookies == {}


def test_the_front_page_with_every_rooms_panels_takes_12_queries_at_most(
    client, home, office, django_assert_max_num_queries
):
    lead_by(office.regency, "Setyo Wahono", "Nurul Azizah")
    with django_assert_max_num_queries(12):
        client.get("/")


def test_a_page_is_found_at_any_depth_with_the_same_queries(client, home, django_assert_num_queries):
    page, depth = home, ""
    for name in ("satu", "dua", "tiga", "empat"):
        page = page.add_child(instance=PlainPage(title=name, slug=name, body="<p>Isi.</p>"))
        depth += f"/{name}"
    for address in ("/satu/", f"{depth}/"):
        with django_assert_num_queries(5):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/dua/", "/satu/tiga/", "/satu/dua/dua/", "/beranda/satu/", "/satu//dua/x/"]
)
def test_a_page_is_found_at_its_own_address_only(client, home, address):
    one = home.add_child(instance=PlainPage(title="Satu", slug="satu", body="<p>Isi.</p>"))
    one.add_child(instance=PlainPage(title="Dua", slug="dua", body="<p>Isi.</p>"))
    assert client.get(address).status_code == 404


def test_a_draft_is_not_found(client, home):
    home.add_child(instance=PlainPage(title="Rencana", slug="rencana", body="<p>Isi.</p>", live=False))
    assert client.get("/rencana/").status_code == 404


def test_a_page_of_words_shows_them(client, home):
    home.add_child(instance=PlainPage(title="Tentang <kami>", slug="tentang", body="<p>Kantor kami.</p>"))
    html = client.get("/tentang/").content.decode()
    assert '<h1 lang="id">Tentang &lt;kami&gt;</h1>' in html
    assert "<p>Kantor kami.</p>" in html
