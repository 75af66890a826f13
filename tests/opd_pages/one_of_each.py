"""A unit's page with one page of each type below it."""

from datetime import date, timedelta

from django.utils import timezone

from home.models import FaqPage
from opd_pages.models import (
    BudgetPage,
    Commitment,
    CommitmentsPage,
    CommitmentState,
    LeadersPage,
    NewsFigures,
    UnitPage,
)

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
