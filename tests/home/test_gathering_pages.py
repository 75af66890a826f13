from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.models import DocumentsPage, FaqPage, GalleryPage, PlainPage
from home.services.painting import paint_pictures
from tests.browsers import soup
from tests.painted import paints_renditions
from tests.portals import opened_site


@pytest.fixture
def home(db):
    return opened_site()


def image(title: str):
    file = BytesIO()
    Picture.new("RGB", (640, 480), "teal").save(file, "PNG")
    return get_image_model().objects.create(title=title, file=ContentFile(file.getvalue(), f"{title}.png"))


def test_questions_stand_with_their_answers_without_a_script(client, home):
    questions = [
        ("question", {"question": "Apakah <gratis>?", "answer": "<p>Ya, semua gratis.</p>"}),
        ("question", {"question": "Jam berapa buka?", "answer": "<p>Pukul 08.00.</p>"}),
    ]
    home.add_child(instance=FaqPage(title="Tanya jawab", slug="tanya", questions=questions))
    page = soup(client.get("/tanya/"))
    assert [(each.summary.text, each.find("div").text.strip()) for each in page.select("details")] == [
        ("Apakah <gratis>?", "Ya, semua gratis."),
        ("Jam berapa buka?", "Pukul 08.00."),
    ]


@paints_renditions
def test_a_gallery_shows_each_picture_with_its_words(client, home):
    pictures = [
        ("picture", {"image": image("satu"), "alt": "Anak-anak menanam padi", "caption": "Panen"}),
        ("picture", {"image": image("dua"), "alt": "Balai desa", "caption": ""}),
    ]
    home.add_child(instance=GalleryPage(title="Galeri", slug="galeri", images=pictures))
    page = soup(client.get("/galeri/"))
    assert [tag["alt"] for tag in page.select(".gallery picture img")] == [
        "Anak-anak menanam padi",
        "Balai desa",
    ]
    assert [tag.text for tag in page.select("figcaption")] == ["Panen"]


@paints_renditions
def test_a_picture_that_was_deleted_leaves_no_hole(client, home):
    gone = image("hilang")
    pictures = [
        ("picture", {"image": gone, "alt": "Hilang"}),
        ("picture", {"image": image("ada"), "alt": "Ada"}),
    ]
    page = home.add_child(instance=GalleryPage(title="Galeri", slug="galeri", images=pictures))
    gone.delete()
    assert [each["alt"] for each in GalleryPage.objects.get(pk=page.pk).shown_images()] == ["Ada"]


@paints_renditions
def test_a_gallery_asks_the_same_queries_for_any_number_of_pictures(client, home, django_assert_num_queries):
    """Site, home page, the page's two rows, those above, images (2), what is painted of them; settings."""
    pictures = [("picture", {"image": image(f"g{n}"), "alt": f"Gambar {n}"}) for n in range(8)]
    home.add_child(instance=GalleryPage(title="Galeri", slug="galeri", images=pictures))
    paint_pictures()
    client.get("/galeri/")
    with django_assert_num_queries(9):
        client.get("/galeri/")


def test_documents_say_what_they_are_and_how_large(client, home):
    document = get_document_model().objects.create(
        title="Rencana kerja", file=ContentFile(b"x" * 2048, "rencana.pdf")
    )
    documents = [("document", {"document": document, "description": "Tahun 2027"})]
    home.add_child(instance=DocumentsPage(title="Dokumen", slug="dokumen", documents=documents))
    page = soup(client.get("/dokumen/"))
    assert page.select_one(".download a")["href"] == document.url
    assert page.select_one(".download .meta").text == "PDF · 2,0\xa0KB · Tahun 2027"


# --- Files below a page ----------------------------------------------------------------------------------------------


@pytest.fixture
def with_a_file(monkeypatch, home):
    monkeypatch.setattr(PlainPage, "files", {"daftar.csv": "serve_list"})
    monkeypatch.setattr(
        PlainPage, "serve_list", lambda self, request: HttpResponse(self.title), raising=False
    )
    return home.add_child(instance=PlainPage(title="Satu", slug="satu", body="<p>Isi.</p>"))


def test_a_page_may_hold_a_file_at_its_own_address(client, with_a_file):
    assert client.get("/satu/daftar.csv").content == b"Satu"


@pytest.mark.parametrize(
    "address", ["/satu/lain.csv", "/daftar.csv", "/dua/daftar.csv", "/satu/x/daftar.csv"]
)
def test_no_other_file_is_found(client, with_a_file, address):
    assert client.get(address).status_code == 404


def test_a_draft_holds_no_file_for_the_public(client, with_a_file):
    with_a_file.unpublish()
    assert client.get("/satu/daftar.csv").status_code == 404
