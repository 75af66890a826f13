"""A unit's page with one page of each type below it."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.models import DocumentsPage, FaqPage, GalleryPage, PlainPage
from opd_pages.models import (
    BudgetPage,
    Commitment,
    CommitmentsPage,
    CommitmentState,
    LeadersPage,
    NewsFigures,
    UnitPage,
)
from tests.browsers import photo

from .news import event, news
from .test_service_page import service

ADDRESSES = (
    "kabar/",
    "kabar/jembatan-selesai/",
    "kabar/jembatan-selesai/cetak.html",
    "kabar/kerja-bakti/",
    "ktp/",
    "pimpinan/",
    "tanya/",
    "anggaran/",
    "rencana/",
)
WITH_FILES = ("kabar/bergambar/", "kabar/bergambar/cetak.html", "galeri/", "dokumen/", "sejarah/")
ROWS = [
    ["income", "Dana desa", 1_012_000_000, 809_600_000],
    ["income", "Bagi hasil pajak dan retribusi daerah untuk desa", 72_000_000, None],
    ["spending", "Pembangunan", 618_400_000, 402_100_000],
    ["spending", "Penyelenggaraan pemerintahan", 742_500_000, None],
]


def write_one_of_each(page: UnitPage) -> None:
    told = news(page)
    NewsFigures.objects.create(page=told, views=1312, very_satisfied=11, satisfied=1, dissatisfied=2)
    event(page, "Kerja bakti", timezone.now() + timedelta(days=3))
    page.refresh_from_db()
    service(page)
    page.add_child(instance=LeadersPage(title="Pimpinan", slug="pimpinan"))
    question = ("question", {"question": "Apakah gratis?", "answer": "<p>Ya.</p>"})
    page.add_child(instance=FaqPage(title="Tanya jawab", slug="tanya", questions=[question]))
    page.add_child(instance=BudgetPage(title="Anggaran 2026", slug="anggaran", year=2026, rows=ROWS))
    plan = page.add_child(instance=CommitmentsPage(title="Rencana aksi", slug="rencana", period="2026"))
    for state in CommitmentState:
        Commitment.objects.create(
            page=plan,
            text=f"Jalan dusun dirabat ({state.label}).",
            unit=page.unit,
            due_on=date(2026, 1, 15),
            state=state,
            note="Anggaran dialihkan.",
            evidence_url="https://contoh.test/foto/jalan-dusun-sesudah-dirabat",
        )


def write_with_files(page: UnitPage) -> None:
    """What shows pictures and documents, with one of each on the unit's shelf."""
    shelf = UnitPage.objects.get(pk=page.pk).collection
    balai = ContentFile(photo(size=(800, 600)), name="balai.jpg")
    image = get_image_model().objects.create(title="Balai desa", file=balai, collection=shelf)
    plan = ContentFile(b"%PDF-1.4", name="rencana.pdf")
    document = get_document_model().objects.create(title="Rencana kerja", file=plan, collection=shelf)
    picture = ("picture", {"image": image, "alt": "Balai desa dari depan", "caption": "Sesudah dicat"})
    words = ("text", '<h2>Yang berubah</h2><p>Lihat <a href="https://contoh.test/">daftarnya</a>.</p>')
    notice = ("notice", {"title": "Tutup lebih awal", "text": "Jumat loket tutup pukul 10.30."})
    download = ("document", {"document": document, "description": "Untuk tahun 2027"})
    body = [words, picture, notice, download]
    news(page, "Bergambar", picture=image, picture_alt="Balai desa dari depan", body=body)
    page.refresh_from_db()
    page.add_child(instance=GalleryPage(title="Galeri", slug="galeri", images=[picture, picture]))
    page.add_child(instance=DocumentsPage(title="Dokumen", slug="dokumen", documents=[download]))
    page.add_child(instance=PlainPage(title="Sejarah", slug="sejarah", body="<h2>Asal</h2><p>Lama.</p>"))
