"""The dashboard "Tugas unit Anda": what is missing, and the way to mend it, for who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images.models import Image

from opd_pages.models import Role, Unit, UnitPage
from opd_pages.registry import OpenCases, open_cases
from opd_pages.selectors.unit_tasks import task_board, tasks_of
from opd_pages.services.contacts import confirm
from opd_pages.services.pledges import record_pledge
from tests.browsers import browser, queries_of, soup, words
from tests.factories import join, make_unit, member

from .conftest import add_contact
from .test_service_page import service

DESK = "/meja/tugas/"


@pytest.fixture
def editor(portal, kapas):
    return member("siti", portal.kapas, Role.EDITOR)


def missing(tasks) -> dict[str, str]:
    """By what is missing, where this person adds it."""
    return {each.item.code: each.url for each in tasks.missing}


def own(user):
    (tasks,) = task_board(user).in_full
    return tasks


def test_each_missing_thing_leads_an_editor_to_the_form_that_adds_it(editor, kapas):
    page = UnitPage.objects.get(unit=kapas)
    assert missing(own(editor)) == {
        "written": "/meja/kontak/KPS/tambah/",
        "address": "",
        "introduction": f"/admin/pages/{page.pk}/edit/",
        "body": f"/admin/pages/{page.pk}/edit/",
        "service": f"/admin/pages/add/opd_pages/servicepage/{page.pk}/",
        "portrait": "/meja/kontak/KPS/pimpinan/1/",
        "pledge": "/meja/kontak/KPS/komitmen/",
    }
    client = browser(editor)
    assert {client.get(address).status_code for address in missing(own(editor)).values() if address} == {200}
    assert own(editor).duty.completeness.share == 40


def test_who_never_enters_admin_is_told_who_writes_the_page(portal, kapas, operator):
    found = {each.item.code: (each.url, str(each.hint)) for each in own(operator).missing}
    assert found["introduction"] == ("", "Diisi penyunting halaman unit itu.")
    assert found["address"] == ("", "Diisi administrator portal.")
    assert found["pledge"][0] == "/meja/kontak/KPS/komitmen/"


def test_an_administrator_mends_the_address_and_changes_no_contact(portal, kapas, administrator):
    found = missing(tasks_of(administrator, Unit.objects.get(pk=kapas.pk)))
    assert found["address"] == f"/admin/opd_pages/unit/edit/{kapas.pk}/"
    assert found["written"] == ""
    client = browser(administrator)
    assert {client.get(address).status_code for address in found.values() if address} == {200}


def test_what_was_added_is_asked_for_no_more_until_nothing_is_missing(editor, kapas, camat, operator):
    Unit.objects.filter(pk=kapas.pk).update(address="Jl. Raya Kapas 120")
    add_contact(kapas, "email", "kapas@contoh.test")
    camat.photo = Image.objects.create(title="Camat", file="x.jpg", width=1, height=1)
    camat.save()
    record_pledge(camat, by=operator, signed_on=timezone.localdate(), text="Kami siap.")
    page = UnitPage.objects.get(unit=kapas)
    page.introduction, page.body = "Kantor di tepi jalan raya.", "<p>Melayani 21 desa.</p>"
    page.save()
    service(page)
    confirm(kapas, operator)
    assert missing(own(editor)) == {}
    assert own(editor).duty.completeness.share == 100
    assert "Semua sudah ada." in words(browser(editor).get(DESK))


@pytest.mark.parametrize("body", ["", "<p></p>", '<p data-block-key="a"> </p>'])
def test_an_empty_paragraph_is_no_text(editor, kapas, body):
    UnitPage.objects.filter(unit=kapas).update(body=body)
    assert "body" in missing(own(editor))


def test_a_service_that_is_no_longer_published_counts_for_nothing(editor, kapas):
    page = service(UnitPage.objects.get(unit=kapas))
    assert "service" not in missing(own(editor))
    page.unpublish()
    assert "service" in missing(own(editor))


def test_of_a_vacant_post_no_photo_is_asked_for(editor, camat):
    camat.name = ""
    camat.save()
    assert "portrait" not in missing(own(editor))


def test_changed_and_stale_contacts_ask_to_be_confirmed(editor, kapas, operator):
    assert "Periksa lalu konfirmasi kontak" not in words(browser(editor).get(DESK))
    add_contact(kapas, "email", "kapas@contoh.test")
    assert "Ada perubahan yang belum dilihat warga." in words(browser(editor).get(DESK))
    confirm(kapas, operator)
    for sheet in kapas.contact_sheets.all():
        sheet.confirmations.update(confirmed_at=timezone.now() - timedelta(days=91))
    assert soup(browser(editor).get(DESK)).select_one('a[href="/meja/kontak/KPS/#pratinjau"]')


def test_the_kecamatan_sees_its_desa_in_short_and_no_other_unit(editor):
    others = task_board(editor).others
    assert [duty.unit.full_name for duty in others.listed] == ["Desa Bakalan", "Desa Tanjungharjo"]
    assert (others.total, others.waiting, others.incomplete) == (2, 2, 2)
    client = browser(editor)
    assert client.get(f"{DESK}KPS-2001/").status_code == 200
    assert client.get(f"{DESK}DDR/").status_code == 403


def test_an_administrator_sees_the_furthest_behind_of_all_units(portal, kapas, administrator):
    board = task_board(administrator)
    assert (board.in_full, board.others.total) == ([], 7)
    assert board.others.listed[-1].unit.full_name == "Kecamatan Kapas"
    assert "Keadaan unit" in words(browser(administrator).get("/admin/"))


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.COORDINATOR, Role.INSPECTOR, Role.MONITOR])
def test_who_keeps_no_unit_has_no_dashboard(portal, role):
    user = member("lain", portal.regency, role)
    assert task_board(user) is None
    assert browser(user).get(DESK).status_code == 403


def test_editors_meet_it_on_the_first_page_of_admin_with_what_is_counted(editor):
    panel = soup(browser(editor).get("/admin/")).select_one("#tugas-unit-section")
    assert panel.select_one("meter")["value"] == "40"
    counted = [row.get_text(" ", strip=True) for row in panel.select("tbody tr")]
    assert counted[0] == "Kontak dikonfirmasi dan tampil untuk umum 10"
    assert len(counted) == 11


def test_open_cases_come_from_the_rooms_above_for_this_person(editor, monkeypatch):
    asked = []
    monkeypatch.setattr(open_cases, "_entries", [])
    open_cases.enter(lambda user: asked.append(user) or [OpenCases("Laporan", 12, 2, "/meja/?tab=semua")])
    shown = words(browser(editor).get(DESK))
    assert "12 terbuka · 2 terlambat" in shown
    assert asked == [editor]


@pytest.mark.parametrize("address", [DESK, "/admin/"])
def test_the_dashboard_asks_the_same_of_the_database_for_40_more_desa_and_their_services(
    portal, kapas, address
):
    user = member("serba", portal.kapas, Role.EDITOR)
    join(user, portal.kapas, Role.HEAD)
    client = browser(user)
    before = queries_of(client, address)
    page = UnitPage.objects.get(unit=kapas)
    for number in range(40):
        desa = make_unit(
            f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Desa {number}", "desa", portal.kapas
        )
        add_contact(desa, "phone", f"0353 88{1000 + number}")
        confirm(desa, user)
        service(page, slug=f"layanan-{number}")
    assert queries_of(client, address) == before
    assert before <= {DESK: 26, "/admin/": 48}[address]
