"""Whoever finds nobody at a contact can say so, without words and without being known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import DayMark, NetworkMark
from opd_pages.models import Contact, Fault, UnreachableReport
from opd_pages.selectors.contact_duties import contacts_to_confirm
from opd_pages.selectors.contacts import public_sheet
from opd_pages.selectors.unreachable import MANY, unreached
from opd_pages.services import unreachable as services
from opd_pages.services.contacts import confirm, remove_contact, save_contact
from tests.factories import LONG_AGO

from .conftest import add_contact

ADDRESS = "/unit/KPS/tidak-terhubung/"
THANKS = f"{ADDRESS}?selesai=1"


def tell(client, unit, *, fault: str = "silent", phone: str = "Telepon A", place: int = 0, **more):
    shown = public_sheet(unit).contacts.all()[place]
    return client.post(ADDRESS, {"contact": shown.pk, "fault": fault}, headers={"user-agent": phone}, **more)


def told(unit) -> list[tuple[str, int]]:
    return [(str(contact), open_.count) for contact, open_ in unreached(unit).items()]


def test_what_was_told_stands_beside_the_contact_at_its_keeper_s_desk(client, kapas, operator):
    assert tell(client, kapas, fault="wrong").url == THANKS
    tell(client, kapas, fault="silent", phone="Telepon B")
    tell(client, kapas, fault="silent", phone="Telepon C")
    client.force_login(operator)
    page = " ".join(client.get("/meja/kontak/KPS/").content.decode().split())
    assert "3 orang memberi tahu: tidak dapat dihubungi" in page
    assert "Tidak diangkat atau tidak dibalas (2)" in page
    assert "Bukan nomor atau akun kantor ini (1)" in page


def test_a_device_is_counted_once_a_day_for_each_contact(client, kapas, operator):
    add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    assert [tell(client, kapas).url, tell(client, kapas).url] == [THANKS, THANKS]
    tell(client, kapas, place=1)
    assert sorted(count for _contact, count in told(kapas)) == [1, 1]


def test_a_network_that_tells_too_much_is_asked_to_wait(client, kapas, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_A_NETWORK", 2)
    answers = [tell(client, kapas, phone=f"Telepon {number}").status_code for number in range(3)]
    assert answers == [302, 302, 429]
    assert tell(client, kapas, phone="Telepon 3", REMOTE_ADDR="203.0.113.9").status_code == 302
    assert UnreachableReport.objects.count() == 3


def test_one_contact_is_told_of_only_so_often_a_day(client, kapas, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_A_CONTACT", 2)
    for number in range(4):
        assert tell(client, kapas, phone=f"Telepon {number}").url == THANKS
    assert UnreachableReport.objects.count() == 2


def test_nothing_is_kept_of_who_told(client, kapas):
    tell(client, kapas, REMOTE_ADDR="203.0.113.7")
    report = UnreachableReport.objects.get()
    assert {field.name for field in report._meta.fields} == {
        "id", "unit", "contact", "fault", "reported_on", "settled_at",
    }  # fmt: skip
    assert "203.0.113.7" not in repr([*DayMark.objects.values(), *NetworkMark.objects.values()])


@pytest.mark.parametrize(
    "sent",
    [{}, {"contact": "999999", "fault": "silent"}, {"fault": "silent"}, {"contact": "x", "fault": "y"}],
)
def test_what_is_not_on_the_form_is_told_beside_its_question(client, kapas, sent):
    response = client.post(ADDRESS, sent)
    assert (response.status_code, bool(response.context["form"].errors)) == (422, True)
    assert not UnreachableReport.objects.exists()


def test_opening_the_page_tells_nothing_and_shows_no_number_that_the_public_does_not_see(client, kapas):
    add_contact(kapas, "sms", "0811 3000 1234")
    page = client.get(ADDRESS).content.decode()
    assert ("0353 881 826" in page, "0811 3000 1234" in page) == (True, False)
    assert not UnreachableReport.objects.exists()


def test_a_confirmation_says_that_somebody_has_looked(client, kapas, operator):
    tell(client, kapas)
    confirm(kapas, operator)
    assert told(kapas) == []


def test_another_number_in_its_place_settles_what_was_told_of_the_old_one(client, kapas, operator):
    tell(client, kapas)
    phone = Contact.objects.get(unit=kapas)
    phone.value = "+62353881000"
    save_contact(phone, by=operator)
    assert told(kapas) == []


def test_a_label_spelt_better_settles_nothing(client, kapas, operator):
    tell(client, kapas)
    phone = Contact.objects.get(unit=kapas)
    phone.label = "Loket"
    save_contact(phone, by=operator)
    assert len(told(kapas)) == 1


def test_a_contact_that_was_deleted_but_is_still_shown_can_be_told_of(client, kapas):
    remove_contact(Contact.objects.get(unit=kapas))
    tell(client, kapas)
    assert told(kapas) == [("None", 1)]


def test_what_many_tell_makes_contacts_wait_for_their_keeper_before_their_time(client, kapas, operator):
    for number in range(MANY):
        assert kapas not in contacts_to_confirm(operator)
        tell(client, kapas, phone=f"Telepon {number}")
    assert kapas in contacts_to_confirm(operator)


def test_the_unit_s_page_leads_here_also_while_its_contacts_are_fresh(client, kapas_page):
    assert ADDRESS in client.get("/kecamatan-kapas/").content.decode()


def test_of_a_merged_unit_one_tells_its_successor(client, office, kapas):
    kapas.valid_until, kapas.successor = LONG_AGO, office.dander
    kapas.save()
    assert client.get(ADDRESS).url == "/unit/DDR/tidak-terhubung/"


def test_a_unit_without_contacts_has_nothing_to_tell_of(client, office):
    assert client.get("/unit/KPS/tidak-terhubung/").status_code == 404


def test_reports_of_another_day_do_not_fill_today(kapas, client, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_A_CONTACT", 1)
    contact = kapas.contacts.get()
    UnreachableReport.objects.create(
        unit=kapas, contact=contact, fault=Fault.DEAD, reported_on=timezone.localdate() - timedelta(days=1)
    )
    tell(client, kapas)
    assert UnreachableReport.objects.count() == 2
