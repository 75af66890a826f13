"""What five hundred units have written when their portal is a year old: six pages each below their own, made by Wagtail's own way."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from config.demo.pages import make_pages
from home.models import FaqPage, PlainPage, User
from opd_pages.models import NewsIndexPage, NewsPage, ServicePage, UnitPage

WORDS = [("text", "<h2>Yang berubah</h2><p>Loket buka sampai pukul 15.00 selama Desember.</p>")]
# News of the one unit whose folder is long.
BIG_FOLDER, BIG_FOLDER_OF = 300, "35.22.14.2014"


def write() -> None:
    """Open every unit's page and fill it, saying how far it is."""
    make_pages(_progress("pages of units"))
    author = User.objects.get(username="admin")
    units = list(UnitPage.objects.select_related("unit__kind", "collection").order_by("path"))
    progress, picture = _progress("units written"), _picture()
    for done, page in enumerate(units, start=1):
        with transaction.atomic():
            for child in _of_unit(page):
                _publish(child, author)
            _file(page, picture, author)
        progress(done, len(units))
    _fill_big_folder(author)


def _progress(what: str):
    def tell(done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            print(f"{done:,} of {total:,} {what}")

    return tell


def _of_unit(page: UnitPage) -> Iterator[Page]:
    yield page.add_child(instance=_service())
    question = ("question", {"question": "Apakah gratis?", "answer": "<p>Ya.</p>"})
    yield page.add_child(instance=FaqPage(title="Tanya jawab", slug="tanya-jawab", questions=[question]))
    yield page.add_child(
        instance=PlainPage(title="Sejarah", slug="sejarah", body="<p>Berdiri sejak 1950.</p>")
    )
    index = page.add_child(instance=NewsIndexPage(title="Berita dan agenda", slug="kabar"))
    yield index
    for number in (1, 2):
        yield index.add_child(instance=news(number))


def news(number: int) -> NewsPage:
    return NewsPage(
        title=f"Kabar nomor {number}",
        slug=f"kabar-{number}",
        published_on=timezone.localdate() - timedelta(days=number),
        summary="Loket buka lebih lama.",
        body=WORDS,
    )


def _service() -> ServicePage:
    return ServicePage(
        title="KTP elektronik pertama",
        slug="ktp-elektronik",
        summary="Untuk warga yang berumur 17 tahun.",
        requirements="<ul><li>Kartu Keluarga asli</li></ul>",
        procedure=[("step", {"title": "Ambil nomor antrean", "note": "loket 1"})],
        duration="1 hari kerja",
        fee="Gratis",
        product="KTP elektronik",
        complaints="Sampaikan di loket pengaduan.",
    )


def _publish(page: Page, author: User) -> None:
    page.save_revision(user=author, log_action=True).publish(user=author)


def _picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (640, 480), "#7f9a5b").save(stream, "JPEG")
    return stream.getvalue()


def _file(page: UnitPage, picture: bytes, author: User) -> None:
    """A picture and a document on the unit's shelf."""
    shelf = {"collection": page.collection, "uploaded_by_user": author}
    get_image_model().objects.create(
        title=f"Kantor {page.title}", file=ContentFile(picture, name="kantor.jpg"), **shelf
    )
    get_document_model().objects.create(
        title=f"Rencana kerja {page.title}", file=ContentFile(b"%PDF-1.4", name="rencana.pdf"), **shelf
    )


def _fill_big_folder(author: User) -> None:
    index = NewsIndexPage.objects.descendant_of(UnitPage.objects.get(unit__code=BIG_FOLDER_OF)).get()
    with transaction.atomic():
        for number in range(3, BIG_FOLDER + 1):
            _publish(index.add_child(instance=news(number)), author)
