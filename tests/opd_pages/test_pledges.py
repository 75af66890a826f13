"""A head's signed commitment stands on the unit's page and ends with the office held."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from opd_pages.models import Leader, Pledge
from opd_pages.services.leaders import change_leader
from opd_pages.services.mergers import merge_units
from opd_pages.services.pledges import record_pledge

from .conftest import paints_renditions

WORDS = "Setiap laporan kami jawab dalam tiga hari."


def sheet() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (600, 800), "white").save(file, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def desk(client, operator, kapas):
    client.force_login(operator)
    return client


@pytest.fixture
def pledge(kapas_page, camat, operator) -> Pledge:
    return record_pledge(camat, by=operator, signed_on=date(2026, 3, 2), text=WORDS)


def page(client) -> str:
    return " ".join(client.get("/kecamatan-kapas/").content.decode().split())


def test_the_page_shows_who_pledged_what_and_when(client, pledge):
    shown = page(client)
    assert WORDS in shown
    assert "Siti Rahmawati, Camat Kapas. Ditandatangani 2 Maret 2026." in shown


def test_a_keeper_records_the_words(desk, kapas_page, operator):
    response = desk.post("/meja/kontak/KPS/komitmen/", {"text": WORDS, "signed_on": "2026-03-02"})
    assert response.url == "/meja/kontak/KPS/?selesai=komitmen"
    recorded = Pledge.objects.get()
    assert (recorded.name, recorded.text, recorded.recorded_by) == ("Siti Rahmawati", WORDS, operator)


@paints_renditions
def test_a_photo_of_the_signed_sheet_is_enough_and_is_painted_anew(desk, kapas_page):
    desk.post("/meja/kontak/KPS/komitmen/", {"text": "", "signed_on": "2026-03-02", "new_picture": sheet()})
    recorded = Pledge.objects.get()
    assert recorded.picture.file.name.startswith("original_images/komitmen-kps")
    assert 'href="/unit/KPS/komitmen/"' in page(desk)
    assert desk.get("/unit/KPS/komitmen/").url.startswith("/media/images/komitmen-kps")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "", "signed_on": "2026-03-02"}, "text"),
        ({"text": WORDS, "signed_on": "2126-03-02"}, "signed_on"),
        ({"text": WORDS, "signed_on": "kemarin"}, "signed_on"),
        ({"text": "x" * 2001, "signed_on": "2026-03-02"}, "text"),
    ],
)
def test_what_is_not_whole_is_told_beside_its_field_and_kept(desk, kapas_page, sent, field):
    response = desk.post("/meja/kontak/KPS/komitmen/", sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Pledge.objects.exists()


def test_what_is_no_picture_is_refused(desk, kapas_page):
    fake = SimpleUploadedFile("komitmen.jpg", b"%PDF-1.7", "image/jpeg")
    response = desk.post(
        "/meja/kontak/KPS/komitmen/", {"text": "", "signed_on": "2026-03-02", "new_picture": fake}
    )
    assert list(response.context["form"].errors) == ["new_picture"]


def test_a_vacant_post_pledges_nothing(desk, kapas_page):
    Leader.objects.update(name="")
    response = desk.post("/meja/kontak/KPS/komitmen/", {"text": WORDS, "signed_on": "2026-03-02"})
    assert (response.status_code, Pledge.objects.count()) == (422, 0)


def test_a_new_commitment_takes_the_place_of_the_old_one_which_stays_on_record(
    client, pledge, camat, operator
):
    record_pledge(camat, by=operator, signed_on=date(2026, 5, 4), text="Dua hari.")
    assert ("Dua hari." in page(client), WORDS in page(client)) == (True, False)
    assert Pledge.objects.count() == 2


def test_a_commitment_ends_with_the_office_held(client, pledge, camat, operator):
    change_leader(camat, by=operator, name="Budi", office="Camat Kapas")
    assert WORDS not in page(client)
    assert Pledge.objects.get().ended_at is not None


def test_a_name_spelt_better_ends_no_commitment(client, pledge, camat, operator):
    change_leader(camat, by=operator, name="Siti Rahmawati, S.Sos.", office="Camat", is_same_person=True)
    assert WORDS in page(client)


@paints_renditions
def test_the_signature_goes_with_its_commitment(client, kapas_page, camat, operator):
    picture = sheet().read()
    pledge = record_pledge(camat, by=operator, signed_on=date(2026, 3, 2), text="", picture=picture)
    image = pledge.picture
    assert client.get("/unit/KPS/komitmen/").status_code == 302
    change_leader(camat, by=operator, name="Budi", office="Camat Kapas")
    assert not type(image).objects.filter(pk=image.pk).exists()
    assert client.get("/unit/KPS/komitmen/").status_code == 404


def test_a_unit_that_ends_is_held_to_nothing(pledge, office, kapas, administrator):
    for child in kapas.children.all():
        child.parent = office.dander
        child.save()
    merge_units(kapas, office.dander, on=timezone.localdate(), by=administrator)
    assert Pledge.objects.get().ended_at is not None


def test_a_keeper_takes_back_what_was_entered_by_mistake(desk, pledge):
    assert desk.get("/meja/kontak/KPS/komitmen/akhiri/").status_code == 405
    desk.post("/meja/kontak/KPS/komitmen/akhiri/")
    assert WORDS not in page(desk)


def test_no_word_of_a_commitment_becomes_markup(client, kapas_page, camat, operator):
    record_pledge(camat, by=operator, signed_on=date(2026, 3, 2), text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(client)
