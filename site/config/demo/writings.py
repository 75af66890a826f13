"""One page of each type, so that each can be seen: invented, of the demonstration's units, and gone with them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import FaqPage, GalleryPage
from opd_pages.budgets.table import FUNDS_IN, FUNDS_OUT, INCOME, SPENDING
from opd_pages.models import (
    BudgetPage,
    Commitment,
    CommitmentsPage,
    CommitmentState,
    EventPage,
    LeadersPage,
    NewsFigures,
    NewsIndexPage,
    NewsPage,
    ServicePage,
    Unit,
    UnitPage,
)

from .drawings import scene
from .units import KAPAS_CODE, ROOT, VILLAGE_CODE

# What the page of Kecamatan Kapas says of itself.
INTRODUCTION = (
    "Kami melayani warga 21 desa: surat dan dokumen kependudukan, pengaduan, serta pembangunan desa. "
    "Loket di lantai bawah, tanpa perantara dan tanpa biaya selain yang tertulis di daftar layanan."
)
BODY = (
    "<h2>Yang dapat diurus di sini</h2>"
    "<ul><li>perekaman dan pengambilan KTP elektronik</li><li>surat keterangan pindah</li>"
    "<li>rekomendasi izin keramaian</li><li>pengaduan tentang desa dan kecamatan</li></ul>"
    "<h2>Sebelum datang</h2>"
    "<p>Bawalah Kartu Keluarga asli. Warga lanjut usia, ibu hamil, dan penyandang disabilitas dilayani lebih dahulu; "
    "petugas di pintu masuk membantu sampai loket.</p>"
)
NEWS = (
    (
        2,
        "Jembatan kayu Dusun Ngampal sudah dapat dilewati",
        "Papan yang hilang diganti hari Selasa. Anak sekolah tidak lagi memutar lewat jalan raya.",
        "<p>Empat papan jembatan diganti bersama warga. Pagar di sisi timur dipasang pekan depan.</p>"
        "<h2>Yang masih dikerjakan</h2><ul><li>pagar sisi timur</li><li>lampu di ujung jembatan</li></ul>",
    ),
    (
        9,
        "Loket KTP buka sampai pukul 15.00 selama Desember",
        "Loket rekam KTP elektronik menambah satu jam setiap hari kerja.",
        "<p>Bawalah Kartu Keluarga. Tidak perlu surat pengantar.</p>",
    ),
    (
        23,
        "Hasil rapat air bersih dengan enam desa",
        "Enam desa sepakat membagi giliran tangki air selama kemarau.",
        "<p>Jadwal giliran ditempel di setiap balai desa.</p>",
    ),
)
QUESTIONS = (
    ("Apakah mengurus KTP dipungut biaya?", "<p>Tidak. Semua dokumen kependudukan gratis.</p>"),
    ("Berapa lama surat keterangan pindah selesai?", "<p>Satu hari kerja sejak berkas lengkap.</p>"),
    (
        "Bagaimana bila jawaban laporan saya tidak memuaskan?",
        "<p>Anda dapat meminta laporan dibuka kembali dari halaman lacak.</p>",
    ),
)
PICTURES = (
    ("bridge_mended", "Jembatan kayu dengan papan baru di atas sungai", "Jembatan sesudah diperbaiki"),
    ("lamp_lit", "Lampu jalan menyala di malam hari", "Lampu di tikungan dekat balai desa"),
    ("road_mended", "Jalan aspal yang lubangnya sudah ditambal", "Jalan poros desa"),
)
BUDGET = (
    (INCOME, "Dana desa", 1_012_000_000, 809_600_000),
    (INCOME, "Alokasi dana desa", 498_700_000, 374_025_000),
    (INCOME, "Pendapatan asli desa", 85_000_000, 61_500_000),
    (INCOME, "Bagi hasil pajak dan retribusi", 72_000_000, 49_300_000),
    (SPENDING, "Penyelenggaraan pemerintahan desa", 742_500_000, 590_000_000),
    (SPENDING, "Pelaksanaan pembangunan desa", 618_400_000, 402_100_000),
    (SPENDING, "Penanggulangan bencana dan keadaan mendesak", 122_900_000, 98_300_000),
    (SPENDING, "Pembinaan kemasyarakatan", 101_300_000, 77_000_000),
    (SPENDING, "Pemberdayaan masyarakat", 96_500_000, 60_200_000),
    (FUNDS_IN, "Sisa lebih perhitungan anggaran 2025", 63_900_000, 63_900_000),
    (FUNDS_OUT, "Penyertaan modal BUM Desa", 50_000_000, None),
)
# What is promised, by whom, in how many days, in what state, with what to show for it.
COMMITMENTS = (
    (
        "Semua OPD dan kecamatan menerbitkan poster kontak.",
        f"{ROOT}.DINKOMINFO",
        -20,
        CommitmentState.KEPT,
        "https://pendopo.contoh.test/unit/",
    ),
    (
        "Data 50 layanan tersedia sebagai berkas terbuka.",
        f"{ROOT}.DINKOMINFO",
        -6,
        CommitmentState.RUNNING,
        "",
    ),
    ("Enam puluh kilometer jalan poros desa dirabat.", f"{ROOT}.DPUBMPR", 30, CommitmentState.RUNNING, ""),
    (
        "Setiap kecamatan mengadakan dialog terbuka sekali sebulan.",
        KAPAS_CODE,
        90,
        CommitmentState.PLANNED,
        "",
    ),
)


@transaction.atomic
def make_writings() -> int:
    """Make what is missing. Returns how many pages were made."""
    if NewsIndexPage.objects.filter(path__startswith=_page(KAPAS_CODE).path).exists():
        return 0
    made = [*_of_kapas(_page(KAPAS_CODE)), *_of_village(_page(VILLAGE_CODE)), *_of_kabupaten(_page(ROOT))]
    return len(made)


def _page(code: str) -> UnitPage:
    return UnitPage.objects.select_related("collection").get(unit__code=code)


def _add(parent: Page, page: Page, at: datetime | None = None) -> Page:
    """A published page without the history of a page that somebody wrote."""
    page.first_published_at = page.last_published_at = at or timezone.now()
    return parent.add_child(instance=page)


def _of_kapas(kapas: UnitPage) -> Iterator[Page]:
    kapas.introduction, kapas.body = INTRODUCTION, BODY
    kapas.save_revision().publish()
    images = [_image(kapas, name, alt) for name, alt, _caption in PICTURES]
    index = _add(kapas, NewsIndexPage(title="Berita dan agenda", slug="kabar"))
    yield index
    today = timezone.localdate()
    for number, (days, title, summary, words) in enumerate(NEWS):
        news = NewsPage(
            title=title,
            slug=f"berita-{number + 1}",
            published_on=today - timedelta(days=days),
            summary=summary,
            picture=None if number else images[0],
            picture_alt="" if number else PICTURES[0][1],
            body=[("text", words)],
        )
        yield _add(index, news)
        if not number:
            NewsFigures.objects.create(page=news, views=1312, very_satisfied=11, satisfied=1, dissatisfied=2)
    yield _add(index, _event(today))
    yield _add(kapas, _service())
    questions = [("question", {"question": question, "answer": answer}) for question, answer in QUESTIONS]
    yield _add(kapas, FaqPage(title="Tanya jawab", slug="tanya-jawab", questions=questions))
    pictures = [
        ("picture", {"image": image, "alt": alt, "caption": caption})
        for image, (_name, alt, caption) in zip(images, PICTURES, strict=True)
    ]
    yield _add(kapas, GalleryPage(title="Kapas dalam gambar", slug="galeri", images=pictures))


def _image(page: UnitPage, name: str, title: str):
    file = ContentFile(scene(name), name=f"contoh-{name.replace('_', '-')}.jpg")
    return get_image_model().objects.create(title=title, file=file, collection=page.collection)


def _event(today: date) -> EventPage:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    start = timezone.make_aware(datetime.combine(saturday, time(7)))
    return EventPage(
        title="Kerja bakti membersihkan saluran",
        slug="kerja-bakti",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        venue="Balai Desa Bakalan",
        summary="Bawa cangkul dan sarung tangan. Sarapan disediakan.",
        body=[("notice", {"title": "Bila hujan", "text": "Diundur ke hari Minggu pada jam yang sama."})],
    )


def _service() -> ServicePage:
    steps = (
        ("Ambil nomor antrean", "loket 1"),
        ("Petugas memeriksa Kartu Keluarga", "loket 2, 5 menit"),
        ("Rekam foto, sidik jari, dan tanda tangan", "ruang rekam, 10 menit"),
        ("KTP dicetak dan diserahkan", "loket 3"),
    )
    return ServicePage(
        title="KTP elektronik pertama",
        slug="ktp-elektronik",
        summary="Untuk warga yang berumur 17 tahun atau sudah kawin dan belum punya KTP.",
        requirements="<ul><li>Kartu Keluarga asli</li><li>datang sendiri</li></ul>",
        procedure=[("step", {"title": title, "note": note}) for title, note in steps],
        duration="1 hari kerja sejak perekaman",
        fee="Gratis",
        product="KTP elektronik",
        complaints="Sampaikan di loket pengaduan, atau lewat tombol di bawah.",
        legal_basis="UU 24/2013, Perpres 96/2018",
    )


def _of_village(village: UnitPage) -> Iterator[Page]:
    year = timezone.localdate().year
    yield _add(
        village,
        BudgetPage(
            title=f"APBDes {year}",
            slug=f"apbdes-{year}",
            year=year,
            legal_basis=f"Peraturan Desa (contoh) Nomor 5 Tahun {year - 1}",
            introduction="Angka karangan untuk memperlihatkan bentuknya.",
            rows=[list(row) for row in BUDGET],
        ),
    )


def _of_kabupaten(kabupaten: UnitPage) -> Iterator[Page]:
    yield _add(kabupaten, LeadersPage(title="Bupati dan wakil bupati", slug="pimpinan"))
    plan = CommitmentsPage(
        title="Rencana aksi pemerintahan terbuka",
        slug="rencana-aksi",
        period=f"{timezone.localdate().year}",
        introduction="Komitmen karangan untuk memperlihatkan bentuknya.",
    )
    yield _add(kabupaten, plan)
    units = Unit.objects.in_bulk({unit for _text, unit, *_rest in COMMITMENTS}, field_name="code")
    Commitment.objects.bulk_create(
        Commitment(
            page=plan,
            sort_order=place,
            text=text,
            unit=units[unit],
            due_on=timezone.localdate() + timedelta(days=days),
            state=state,
            evidence_url=evidence,
        )
        for place, (text, unit, days, state, evidence) in enumerate(COMMITMENTS)
    )
