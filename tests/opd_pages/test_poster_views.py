from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from home.models import PortalSettings
from opd_pages.selectors.posters import published_poster
from opd_pages.services.contacts import confirm, withdraw
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import LONG_AGO, make_unit

from .conftest import add_contact
from .pdf_reading import Pdf
from .test_unit_page import shown


def test_a_poster_is_an_a4_page_for_download(client, kapas):
    response = client.get("/unit/KPS/poster.pdf")
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/pdf",
        'inline; filename="poster-kps-v1.pdf"',
    )
    assert Pdf(response.content).page_count == 1


def test_a_poster_is_a_picture_for_sharing(client, kapas):
    response = client.get("/unit/kps/poster.png")
    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1080, 1350)


def test_the_poster_says_what_was_confirmed(kapas, camat, personal, settings):
    settings.PUBLIC_URL = "https://kapas.contoh.go.id"
    PortalSettings.load()
    PortalSettings.objects.update(
        region_name="Kabupaten Bojonegoro", slogan="Rukun", confirm_contacts_every_days=30
    )
    add_contact(kapas, "sms", "0811 3000 1234")
    poster = published_poster(kapas)
    assert (poster.region, poster.unit, poster.slogan) == ("Kabupaten Bojonegoro", "Kecamatan Kapas", "Rukun")
    assert [channel.kind for channel in poster.channels] == ["phone", "whatsapp"]
    assert (poster.leader.name, poster.leader.office) == ("Siti Rahmawati", "Camat Kapas")
    assert poster.short_url == "https://kapas.contoh.go.id/k/KPS?v=2"
    assert (poster.valid_until - poster.confirmed_on).days == 30


def test_the_poster_of_a_desa_names_its_kecamatan(office, operator):
    add_contact(office.bakalan, "phone", "0353 881826")
    confirm(office.bakalan, operator)
    poster = published_poster(office.bakalan)
    assert (poster.unit, poster.region) == ("Desa Bakalan", "Kecamatan Kapas, Kabupaten")


@pytest.mark.parametrize("address", ["/unit/KPS/poster.pdf", "/unit/KPS/poster.png"])
def test_an_unchanged_poster_is_not_sent_twice(client, kapas, operator, address):
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_new_settings_are_a_new_poster(client, kapas):
    first = client.get("/unit/KPS/poster.png")
    PortalSettings.objects.update(primary_color="#00007f")
    assert client.get("/unit/KPS/poster.png")["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", ["/unit/KPS/poster.pdf", "/unit/KPS/poster.png"])
def test_without_confirmed_contacts_a_page_says_why(client, office, address):
    add_contact(office.kapas, "phone", "0353 881826")
    response = client.get(address)
    assert (
        response.status_code,
        "Kecamatan Kapas belum menerbitkan kontak" in response.content.decode(),
    ) == (404, True)


def test_a_poster_whose_only_number_was_withdrawn_is_gone(client, office, personal, operator):
    withdraw(personal, operator)
    office.kapas.contacts.filter(channel="phone").update(is_personal=True)
    withdraw(office.kapas.contacts.get(channel="phone"), operator)
    assert client.get("/unit/KPS/poster.pdf").status_code == 404


@pytest.mark.parametrize("code", ["XYZ", "..%2f..", "%00", "A" * 300])
def test_a_poster_of_no_unit_is_not_found(client, db, code):
    assert client.get(f"/unit/{code}/poster.pdf").status_code == 404


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_the_poster_of_a_merged_unit_is_that_of_its_successor(client, office, personal, form):
    office.kapas.valid_until, office.kapas.successor = LONG_AGO, office.dander
    office.kapas.save()
    response = client.get(f"/unit/KPS/poster.{form}")
    assert (response.status_code, response.url) == (302, f"/unit/DDR/poster.{form}")


def test_a_unit_that_ended_alone_has_no_poster(client, office, personal):
    office.kapas.valid_until = LONG_AGO
    office.kapas.save()
    response = client.get("/unit/KPS/poster.pdf")
    assert (
        response.status_code,
        "Kantor ini sudah tidak melayani." in response.content.decode(),
    ) == (404, True)


# The address behind the QR code


@pytest.mark.parametrize(
    "address", ["/k/KPS", "/k/kps", "/k/KPS/", "/k/KPS?v=1", "/k/KPS?v=7", "/k/KPS?v=abc", "/k/KPS?v=-1"]
)
def test_a_current_print_leads_to_the_contacts_without_a_warning(client, kapas, address):
    words = shown(client, address)
    assert ("0353 881 826" in words, "Kirim laporan" in words, "Poster lama" in words) == (True, True, False)


@pytest.mark.parametrize("version", ["1", "0001"])
def test_an_old_print_says_so(client, kapas, personal, version):
    words = shown(client, f"/k/KPS?v={version}")
    assert "Poster lama. Kontak Kecamatan Kapas telah berubah; ini yang berlaku sekarang." in words


@pytest.mark.parametrize("version", ["0", "", "1e3", "٣", "9" * 50, "1;", "%00"])
def test_junk_for_a_version_is_ignored(client, kapas, personal, version):
    assert "Poster lama" not in shown(client, f"/k/KPS?v={version}")


def test_a_print_is_old_once_a_number_on_it_was_withdrawn(client, kapas, personal, operator):
    assert "Poster lama" not in shown(client, "/k/KPS?v=2")
    withdraw(personal, operator)
    assert "Poster lama" in shown(client, "/k/KPS?v=2")


def test_a_print_stays_true_when_the_same_contacts_are_confirmed_again(client, kapas, operator):
    confirm(kapas, operator)
    assert "Poster lama" not in shown(client, "/k/KPS?v=1")


def test_a_print_outlives_two_mergers(client, office, kapas):
    first = make_unit("35.22.98", "SATU", "Satu", "kecamatan", office.regency, valid_until=LONG_AGO)
    second = make_unit("35.22.99", "DUA", "Dua", "kecamatan", office.regency, valid_until=LONG_AGO)
    first.successor, second.successor = second, kapas
    first.save()
    second.save()
    words = shown(client, "/k/SATU?v=4")
    assert "Kecamatan Satu sudah tidak ada. Tugasnya kini dijalankan Kecamatan Kapas." in words
    assert ("0353 881 826" in words, "Poster lama" in words) == (True, False)


def test_a_merger_that_is_only_announced_changes_nothing_yet(client, office, kapas):
    kapas.valid_until, kapas.successor = timezone.localdate(), office.dander
    kapas.save()
    assert "0353 881 826" in shown(client, "/k/KPS")


def test_mergers_in_a_circle_come_to_an_end(client, office):
    one = make_unit("35.22.98", "SATU", "Satu", "kecamatan", office.regency, valid_until=LONG_AGO)
    other = make_unit(
        "35.22.99", "DUA", "Dua", "kecamatan", office.regency, valid_until=LONG_AGO, successor=one
    )
    one.successor = other
    one.save()
    assert client.get("/k/SATU").status_code == 200


def test_an_office_that_closed_offers_the_search(client, office, operator):
    add_contact(office.works, "phone", "0353 881826")
    confirm(office.works, operator)
    office.works.valid_until = date(2020, 1, 1)
    office.works.save()
    html = client.get("/k/DPUBMPR").content.decode()
    assert ('action="/unit/"' in html, "0353 881 826" in html) == (True, False)


@pytest.mark.parametrize("code", ["XYZ", "K%20P", "%3Cscript%3E", "%00", "a" * 90])
def test_an_unknown_code_offers_the_search(client, db, code):
    response = client.get(f"/k/{code}")
    html = response.content.decode()
    assert (response.status_code, 'action="/unit/"' in html, "<script>" in html) == (404, True, False)


def test_the_short_address_leads_on_to_the_page(client, kapas_page):
    assert client.get("/k/KPS").context["page_url"] == "/kecamatan-kapas/"


def test_the_short_address_sets_no_cookie_and_takes_5_queries_and_one_that_counts(
    client, kapas_page, django_assert_num_queries
):
    PortalSettings.load()
    client.get("/k/KPS?v=1")  # the day's first scan makes its row
    with django_assert_num_queries(6):
        response = client.get("/k/KPS?v=1")
    with django_assert_num_queries(5):
        client.get("/k/KPS")
    assert response.cookies == {}


def test_every_address_only_reads(client, kapas):
    open_unit_page(kapas)
    for address in ("/k/KPS", "/unit/", "/unit/KPS/poster.pdf", "/unit/KPS/poster.png"):
        assert client.post(address).status_code == 405
