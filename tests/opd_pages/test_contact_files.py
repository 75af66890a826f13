"""A unit's contacts for the phone's address book, and for machines."""

import json
import re

import pytest
from django.utils import timezone

from opd_pages.models import Leader, Unit
from opd_pages.services.contacts import confirm, withdraw
from opd_pages.vcards import MOST_OCTETS
from tests.factories import LONG_AGO

from .conftest import add_contact

FILES = ("/unit/KPS/kontak.vcf", "/unit/KPS/kontak.json")


def card(client, code: str = "KPS") -> list[str]:
    """The card's lines, whole again."""
    return client.get(f"/unit/{code}/kontak.vcf").content.decode().replace("\r\n ", "").split("\r\n")


def test_a_phone_takes_the_unit_into_its_address_book(client, kapas, personal, operator):
    add_contact(kapas, "short_number", "112", label="Gawat darurat")
    add_contact(kapas, "instagram", "@kec.kapas")
    confirm(kapas, operator)
    lines = card(client)
    assert (lines[:2], lines[-2:]) == (["BEGIN:VCARD", "VERSION:3.0"], ["END:VCARD", ""])
    assert [line for line in lines if line.startswith("item")] == [
        "item1.TEL;TYPE=WORK,VOICE:+62353881826",
        "item1.X-ABLabel:Telepon kantor",
        "item2.TEL;TYPE=CELL,MSG:+6281234567890",
        "item2.X-ABLabel:WhatsApp",
        "item3.TEL;TYPE=WORK,VOICE:112",
        "item3.X-ABLabel:Nomor pendek Gawat darurat",
        "item4.URL:https://www.instagram.com/kec.kapas",
        "item4.X-ABLabel:Instagram",
    ]


def test_no_word_of_an_office_ends_a_line_of_the_card(client, kapas, operator):
    add_contact(kapas, "email", "kapas@contoh.test", label="Loket; KTP, KK\\x")
    Unit.objects.filter(pk=kapas.pk).update(address="Jl. Raya Kapas 120\nEND:VCARD")
    confirm(kapas, operator)
    lines = card(client)
    assert lines.count("END:VCARD") == 1
    assert "item2.X-ABLabel:Surel Loket\\; KTP\\, KK\\\\x" in lines


def test_no_line_of_the_card_is_longer_than_phones_read_and_no_letter_is_cut(client, kapas, operator):
    Leader.objects.filter(unit=kapas).update(name="ꦱꦶꦠꦶ " * 15)
    confirm(kapas, operator)
    written = client.get(FILES[0]).content
    assert max(len(line) for line in written.split(b"\r\n")) <= MOST_OCTETS
    assert "ꦱꦶꦠꦶ " * 15 in written.decode().replace("\r\n ", "")


def test_the_card_says_when_it_was_confirmed_and_where_newer_contacts_are(client, kapas, settings):
    settings.PUBLIC_URL = "https://portal.test"
    note = next(line for line in card(client) if line.startswith("NOTE:"))
    assert re.fullmatch(r"NOTE:Dikonfirmasi \d+ \w+ \d{4}\. Kontak terbaru: https://portal\.test/k/KPS", note)


def test_machines_read_what_people_read(client, kapas, personal, settings):
    settings.PUBLIC_URL = "https://portal.test"
    told = json.loads(client.get(FILES[1]).content)
    assert told["unit"]["place_name"] == "Kecamatan Kapas"
    assert [(row["channel"], row["value"]) for row in told["contacts"]] == [
        ("phone", "+62353881826"),
        ("whatsapp", "+6281234567890"),
    ]
    assert told["leaders"] == [
        {"office": "Camat Kapas", "standing": "", "name": "Siti Rahmawati", "is_vacant": False}
    ]
    assert (told["version"], told["confirmed_on"]) == (2, timezone.localdate().isoformat())
    assert told["poster_png"] == "https://portal.test/unit/KPS/poster.png"


@pytest.mark.parametrize("address", FILES)
def test_a_withdrawn_number_leaves_the_file_at_once(client, personal, operator, address):
    assert "6281234567890" in client.get(address).content.decode()
    withdraw(personal, operator)
    assert "6281234567890" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", FILES)
def test_search_engines_do_not_gather_numbers_and_caches_ask_again(client, kapas, address):
    response = client.get(address)
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "public, no-cache")


@pytest.mark.parametrize("address", FILES)
def test_before_a_confirmation_there_is_no_file(client, office, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["kontak.vcf", "kontak.json"])
def test_the_file_of_a_merged_unit_is_that_of_its_successor(client, office, kapas, name):
    kapas.valid_until, kapas.successor = LONG_AGO, office.dander
    kapas.save()
    response = client.get(f"/unit/KPS/{name}")
    assert (response.status_code, response.url) == (302, f"/unit/DDR/{name}")


# No bulk download

LISTS = [
    "/",
    "/unit/",
    "/unit/?kecamatan=KPS",
    "/kepatuhan/",
    "/kepatuhan/unit.csv",
    "/sitemap.xml",
    "/k/",
    "/unit/kontak.json",
]


@pytest.mark.parametrize("address", LISTS)
def test_no_list_gives_out_the_numbers_of_units(client, kapas_page, personal, address):
    words = re.sub(r"\D", "", client.get(address).content.decode())
    assert ("81234567890" in words, "353881826" in words) == (False, False)
