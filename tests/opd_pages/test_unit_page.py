import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import PortalSettings
from home.pictures import SHAPES, paint
from opd_pages.models import Leader
from opd_pages.registry import unit_panels
from opd_pages.selectors.posters import published_poster
from opd_pages.services.contacts import confirm, withdraw
from opd_pages.services.leaders import change_leader
from opd_pages.services.portraits import show_portrait
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import make_unit

from .conftest import add_contact, paints_renditions
from .test_contact_desk import photo

pytestmark = pytest.mark.usefixtures("site_root")

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
CHANNELS = {
    "phone": "0353 881826",
    "whatsapp": "0811 3000 1234",
    "sms": "0811 3000 1235",
    "short_number": "112",
    "email": "kecamatan.kapas@bojonegorokab.go.id",
    "website": "https://kapas.bojonegorokab.go.id/layanan",
    "instagram": "kec.kapas",
    "facebook": "keckapas",
    "x": "keckapas",
    "tiktok": "keckapas",
    "youtube": "keckapas",
    "telegram": "keckapas",
}


def shown(client, address: str) -> str:
    """The main part of a page as text, spaces folded."""
    html = client.get(address).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def today(monkeypatch):
    """It is 21 November 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW.date()


def test_each_contact_is_a_row_with_one_thing_to_tap(client, office, operator):
    add_contact(office.kapas, "phone", "0353 881826", hours="Senin sampai Jumat, 08.00–15.00")
    add_contact(office.kapas, "whatsapp", "0811 3000 1234", label="Pengaduan")
    add_contact(office.kapas, "radio", "Suara Kapas 107,7 FM")
    confirm(office.kapas, operator)
    open_unit_page(office.kapas)
    rows = client.get("/kecamatan-kapas/").context["contacts"].rows
    greeting = "Halo%20Kecamatan%20Kapas%2C%20saya%20ingin%20menyampaikan%3A%20"
    assert [(row.value, row.label, row.action, row.href, row.hours) for row in rows] == [
        ("0353 881 826", "Telepon kantor", "Telepon", "tel:+62353881826", "Senin sampai Jumat, 08.00–15.00"),
        (
            "0811 3000 1234",
            "WhatsApp · Pengaduan",
            "Tulis",
            f"https://wa.me/6281130001234?text={greeting}",
            "",
        ),
        ("Suara Kapas 107,7 FM", "Radio", "Buka", "", ""),
    ]


def test_report_request_and_poster_are_one_tap_away(client, kapas_page):
    html = client.get("/kecamatan-kapas/").content.decode()
    assert re.findall(r'class="button[^"]*" href="(/[^"]+)"', html) == [
        "/lapor/?unit=KPS",
        "/ppid/permohonan/?unit=KPS",
        "/unit/KPS/poster.pdf",
    ]


def test_without_confirmed_contacts_there_is_no_poster_but_a_way_to_report(client, office):
    open_unit_page(office.works)
    html = client.get("/dinas-pekerjaan-umum-bina-marga/").content.decode()
    assert re.findall(r'class="button[^"]*" href="(/[^"]+)"', html) == [
        "/lapor/?unit=DPUBMPR",
        "/ppid/permohonan/?unit=DPUBMPR",
    ]
    assert "Kontak belum dikonfirmasi" in html


def test_the_page_says_when_the_contacts_were_confirmed(client, office, operator, today):
    add_contact(office.kapas, "phone", "0353 881826")
    confirm(office.kapas, operator)
    open_unit_page(office.kapas)
    assert "Dikonfirmasi 21 November 2026" in shown(client, "/kecamatan-kapas/")


@pytest.mark.parametrize(("days", "is_overdue"), [(90, False), (91, True)])
def test_old_contacts_say_so_softly(client, office, operator, today, days, is_overdue):
    add_contact(office.kapas, "phone", "0353 881826")
    confirm(office.kapas, operator, NOW - timedelta(days=days))
    open_unit_page(office.kapas)
    hint = "Bila tidak dapat dihubungi, beri tahu kami"
    assert (hint in shown(client, "/kecamatan-kapas/")) == is_overdue


def test_the_office_sets_after_how_many_days_contacts_are_old(client, office, operator, today):
    PortalSettings.load()
    PortalSettings.objects.update(confirm_contacts_every_days=30)
    add_contact(office.kapas, "phone", "0353 881826")
    confirm(office.kapas, operator, NOW - timedelta(days=31))
    open_unit_page(office.kapas)
    assert client.get("/kecamatan-kapas/").context["contacts"].is_overdue


@pytest.mark.parametrize(
    ("name", "standing", "name_shown", "role"),
    [
        ("Siti Rahmawati, S.STP.", "", "Siti Rahmawati, S.STP.", "Camat Kapas"),
        ("Budi Santoso", "Plt.", "Budi Santoso", "Plt. Camat Kapas"),
        ("", "", "Jabatan kosong", "Camat Kapas"),
    ],
)
def test_the_head_of_the_unit(client, kapas, camat, operator, name, standing, name_shown, role):
    change_leader(camat, by=operator, name=name, office="Camat Kapas", standing=standing)
    confirm(kapas, operator)
    open_unit_page(kapas)
    people = client.get("/kecamatan-kapas/").context["contacts"].leaders
    assert [(person.name, person.role) for person in people] == [(name_shown, role)]


def test_regent_and_deputy_stand_on_the_page_of_the_kabupaten(client, office, operator):
    Leader.objects.create(unit=office.regency, rank=2, office="Wakil Bupati Bojonegoro", name="Nurul Azizah")
    Leader.objects.create(unit=office.regency, rank=1, office="Bupati Bojonegoro", name="Setyo Wahono")
    add_contact(office.regency, "whatsapp", "0811 3000 1236")
    confirm(office.regency, operator)
    open_unit_page(office.regency)
    people = client.get("/kabupaten-bojonegoro/").context["contacts"].leaders
    assert [person.name for person in people] == ["Setyo Wahono", "Nurul Azizah"]


@paints_renditions
def test_a_photo_is_never_shown_beside_another_name(client, kapas, camat, operator):
    show_portrait(camat, photo().read(), by=operator)
    open_unit_page(kapas)
    assert "/media/images/pimpinan-kps" in client.get("/kecamatan-kapas/").content.decode()
    # The name of the successor is entered, not yet confirmed; somebody already uploaded the new photo.
    change_leader(camat, by=operator, name="Budi Santoso", office="Camat Kapas")
    show_portrait(camat, photo().read(), by=operator)
    assert "/media/images/" not in client.get("/kecamatan-kapas/").content.decode()
    assert published_poster(kapas).leader.photo is None


@paints_renditions
def test_a_photo_whose_file_is_gone_does_not_break_page_or_poster(client, kapas, camat, operator):
    show_portrait(camat, photo().read(), by=operator)
    camat.photo.file.storage.delete(camat.photo.file.name)
    open_unit_page(kapas)
    assert "/media/images/" not in client.get("/kecamatan-kapas/").content.decode()
    assert client.get("/unit/KPS/poster.pdf").status_code == 200


def test_a_desa_says_in_which_kecamatan_it_lies(client, office):
    open_unit_page(office.bakalan)
    response = client.get("/kecamatan-kapas/desa-bakalan/")
    assert "<title>Desa Bakalan, Kecamatan Kapas ·" in response.content.decode()
    assert response.context["crumbs"] == [
        {"title": "Beranda", "url": "/"},
        {"title": "Kecamatan Kapas", "url": "/kecamatan-kapas/"},
    ]


def test_a_kecamatan_lists_its_current_desa_by_name(client, office):
    office.tanjungharjo.valid_until = date(2020, 1, 1)
    office.tanjungharjo.save()
    anyar = make_unit("35.22.14.2003", "KPS-2003", "Anyar", "desa", office.kapas)
    for unit in (office.bakalan, office.tanjungharjo, anyar):
        open_unit_page(unit)
    assert client.get("/kecamatan-kapas/").context["below"] == [
        {"title": "Desa Anyar", "url": "/kecamatan-kapas/desa-anyar/"},
        {"title": "Desa Bakalan", "url": "/kecamatan-kapas/desa-bakalan/"},
    ]


def test_an_unpublished_page_is_neither_listed_nor_found(client, office):
    open_unit_page(office.bakalan).unpublish()
    assert client.get("/kecamatan-kapas/").context["below"] == []
    assert client.get("/kecamatan-kapas/desa-bakalan/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/kecamatan-kapas/tidak-ada/", "/desa-bakalan/", "/kecamatan-kapas/%00/", "/%F0%9F/"]
)
def test_an_address_without_a_page_is_not_found(client, office, address):
    open_unit_page(office.bakalan)
    assert client.get(address).status_code == 404


def test_a_merged_unit_names_its_successor(client, office):
    office.kapas.valid_until, office.kapas.successor = date(2026, 1, 1), office.dander
    office.kapas.save()
    open_unit_page(office.kapas)
    assert "Tugasnya kini dijalankan Kecamatan Dander." in shown(client, "/kecamatan-kapas/")


def test_rooms_above_show_their_panels(client, kapas_page, settings, tmp_path, monkeypatch):
    (tmp_path / "panel.html").write_text("Jawaban untuk {{ panel.unit }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    panels = [(1, lambda unit: {"template": "panel.html", "unit": unit}), (2, lambda unit: None)]
    monkeypatch.setattr(unit_panels, "_entries", panels)
    assert shown(client, "/kecamatan-kapas/").endswith("Jawaban untuk Kecamatan Kapas")


HOSTILE = "<script>alert(1)</script>\"'"
LONG = "Badan Kesatuan Bangsa, Politik, Perlindungan Masyarakat, Penanggulangan Bencana, dan Kebakaran Hutan Wilayah"
JAVANESE = "ꦏꦧꦸꦥꦠꦺꦤ꧀ ꦧꦺꦴꦗꦺꦴꦤꦼꦒꦫ"


@pytest.mark.parametrize("name", [HOSTILE, LONG, JAVANESE])
def test_names_are_words_whatever_they_hold(client, office, operator, name):
    unit = make_unit("35.22.UJI", "UJI", name, "badan", office.regency, address=name, description=name)
    Leader.objects.create(unit=unit, office=f"Kepala {name}"[:100], name=name)
    for channel, value in CHANNELS.items():
        add_contact(unit, channel, value, label=name[:60], hours=name[:60])
    confirm(unit, operator)
    page = open_unit_page(unit)
    for address in (page.get_url(), "/k/UJI", "/unit/?q=UJI"):
        response = client.get(address)
        assert (name in shown(client, address), b"<script>alert" in response.content) == (True, False)
    for address in ("/unit/UJI/poster.pdf", "/unit/UJI/poster.png"):
        assert client.get(address).status_code == 200


def test_twelve_channels_are_twelve_rows(client, office, operator):
    for channel, value in CHANNELS.items():
        add_contact(office.kapas, channel, value)
    confirm(office.kapas, operator)
    open_unit_page(office.kapas)
    rows = client.get("/kecamatan-kapas/").context["contacts"].rows
    assert [row.icon for row in rows] == [
        "phone", "whatsapp", "sms", "phone", "mail", "web",
        "instagram", "facebook", "x", "tiktok", "youtube", "telegram",
    ]  # fmt: skip


def test_a_withdrawn_number_leaves_page_short_address_and_poster(client, kapas_page, personal, operator):
    withdraw(personal, operator)
    for address in ("/kecamatan-kapas/", "/k/KPS"):
        assert "0812 3456 7890" not in client.get(address).content.decode()
    assert [channel.value for channel in published_poster(kapas_page.unit).channels] == ["0353 881 826"]


@paints_renditions
def test_a_unit_page_takes_8_queries_with_1_or_40_of_everything(
    client, kapas, camat, operator, monkeypatch, django_assert_num_queries
):
    """Site, home page, the page with its restrictions, settings; pages around, sheet, contacts, leaders."""
    monkeypatch.setattr(unit_panels, "_entries", [])
    show_portrait(camat, photo().read(), by=operator)
    paint(camat.photo, [SHAPES["portrait"]])
    open_unit_page(office_desa(kapas, 1))
    client.get("/kecamatan-kapas/")
    with django_assert_num_queries(8):
        client.get("/kecamatan-kapas/")
    for number in range(2, 41):
        open_unit_page(office_desa(kapas, number))
        add_contact(kapas, "whatsapp", f"0811 3000 10{number:02}")
    confirm(kapas, operator)
    with django_assert_num_queries(8):
        client.get("/kecamatan-kapas/")


def office_desa(kapas, number: int):
    return make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Uji {number}", "desa", kapas)


def test_a_unit_page_with_every_rooms_panels_takes_12_queries_at_most(
    client, kapas_page, django_assert_max_num_queries
):
    client.get("/kecamatan-kapas/")  # a process asks once for settings and hours
    with django_assert_max_num_queries(12):
        client.get("/kecamatan-kapas/")


def test_a_desas_page_takes_no_more_though_it_lies_deeper(
    client, office, operator, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(unit_panels, "_entries", [])
    add_contact(office.bakalan, "phone", "0353 881826")
    confirm(office.bakalan, operator)
    open_unit_page(office.bakalan)
    client.get("/kecamatan-kapas/desa-bakalan/")
    with django_assert_num_queries(8):
        client.get("/kecamatan-kapas/desa-bakalan/")


def test_a_public_page_sets_no_cookie(client, kapas_page):
    response = client.get("/kecamatan-kapas/")
    assert (response.cookies, response.get("Vary", "")) == ({}, "")


@pytest.mark.parametrize("closed", ["/beranda/kecamatan-kapas/", "/beranda/kecamatan-kapas/desa-bakalan/"])
def test_what_was_closed_by_whatever_way_is_shown_to_nobody(client, portal, closed):
    """No form of the portal closes a page; a restriction that comes from elsewhere still holds."""
    restriction = {"restriction_type": PageViewRestriction.LOGIN}
    PageViewRestriction.objects.create(page=Page.objects.get(url_path=closed), **restriction)
    for address in ("", "berita.xml"):
        assert client.get(f"/kecamatan-kapas/desa-bakalan/{address}").status_code == 302
    assert client.get("/kecamatan-dander/").status_code == 200
