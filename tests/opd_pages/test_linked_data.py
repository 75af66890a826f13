"""What search engines read of a unit, in the element they look for."""

import json
from datetime import date, time

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.template import Context, Template

from cases.models import OfficeHours
from opd_pages.services.contacts import confirm, withdraw
from opd_pages.services.unit_pages import open_unit_page

from .conftest import add_contact


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://portal.contoh.test"
    caches["renditions"].clear()


def read(client, address: str = "/kecamatan-kapas/") -> dict:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    (element,) = page.select('script[type="application/ld+json"]')
    return json.loads(element.string)


def test_an_office_is_told_with_its_contacts_and_the_one_above(client, kapas, operator):
    add_contact(kapas, "whatsapp", "0811 3000 1234", label="Pengaduan")
    add_contact(kapas, "email", "kapas@contoh.test")
    add_contact(kapas, "instagram", "kec.kapas")
    confirm(kapas, operator)
    open_unit_page(kapas)
    told = read(client)
    points = [(each["contactType"], each.get("telephone") or each["email"]) for each in told["contactPoint"]]
    assert (told["@type"], told["name"], told["url"], told["@id"]) == (
        "GovernmentOrganization",
        "Kecamatan Kapas",
        "https://portal.contoh.test/kecamatan-kapas/",
        "https://portal.contoh.test/k/KPS",
    )
    assert points == [
        ("Telepon kantor", "+62353881826"),
        ("WhatsApp · Pengaduan", "+6281130001234"),
        ("Surel", "kapas@contoh.test"),
    ]
    assert told["sameAs"] == ["https://www.instagram.com/kec.kapas"]
    assert told["parentOrganization"]["name"] == "Kabupaten Bojonegoro"
    assert told["image"] == "https://portal.contoh.test/unit/KPS/poster.png"


def test_hours_are_those_that_deadlines_are_counted_with(client, kapas):
    OfficeHours.objects.all().delete()
    OfficeHours.objects.create(weekday=4, opens=time(7), closes=time(14, 30))
    ramadan = {"valid_from": date(2027, 2, 8), "valid_until": date(2027, 3, 9)}
    OfficeHours.objects.create(weekday=4, opens=time(8), closes=time(14), **ramadan)
    open_unit_page(kapas)
    told = read(client)["openingHoursSpecification"]
    assert [
        (each["dayOfWeek"], each["opens"], each["closes"], each.get("validThrough")) for each in told
    ] == [
        ("Friday", "07:00", "14:30", None),
        ("Friday", "08:00", "14:00", "2027-03-09"),
    ]


def test_a_personal_number_is_told_while_its_holder_agrees_and_no_longer(client, kapas, personal, operator):
    open_unit_page(kapas)
    assert "+6281234567890" in json.dumps(read(client))
    withdraw(personal, operator)
    assert "+6281234567890" not in json.dumps(read(client))


def test_a_number_that_waits_for_consent_is_never_told(client, kapas, operator):
    add_contact(kapas, "whatsapp", "0812 3456 7891", is_personal=True)
    confirm(kapas, operator)
    open_unit_page(kapas)
    assert "81234567891" not in json.dumps(read(client))


def test_nothing_that_people_wrote_ends_the_element(db):
    words = "</script><script>alert(1)</script>&\u2028"
    html = Template("{% load linked_data %}{% linked_data told %}").render(Context({"told": {"name": words}}))
    (element,) = BeautifulSoup(html, "html.parser").select("script")
    assert json.loads(element.string)["name"] == words
