import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opd_pages.models import BudgetPage, UnitPage
from tests.browsers import soup
from tests.editing import create, edit, faults

from .pdf_reading import Pdf

GOOD = b"kelompok,uraian,anggaran,realisasi\nPendapatan,Dana desa,1000000000,500000000\nBelanja,Jalan,700000000,\nBelanja,Posyandu,200000000,\n"


def upload(content: bytes = GOOD, name: str = "apbdes.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def typed(**fields) -> dict:
    return {
        "title": "APBDes 2026",
        "slug": "apbdes-2026",
        "year": "2026",
        "stage": "adopted",
        "legal_basis": "Perdes 5/2025",
        "introduction": "",
        "upload": upload(),
    } | fields


@pytest.fixture
def page(editor, small_portal) -> UnitPage:
    return UnitPage.objects.get(unit=small_portal.kapas)


@pytest.fixture
def budget(as_editor, page) -> BudgetPage:
    assert faults(create(as_editor, BudgetPage, page, typed())) == {}
    return BudgetPage.objects.get()


def test_an_uploaded_budget_is_shown_as_sums_chart_and_table(client, budget):
    shown = soup(client.get(budget.url))
    assert [each.text for each in shown.select("dl.figures dd:first-of-type")] == [
        "Rp1.000.000.000",
        "Rp900.000.000",
        "Rp100.000.000",
    ]
    rows = [
        [cell.text for cell in row.select("th, td")] for row in shown.select("#spending ~ div table tbody tr")
    ]
    assert rows == [
        ["Jalan", "Rp700.000.000", "–", "78%"],
        ["Posyandu", "Rp200.000.000", "–", "22%"],
        ["Jumlah", "Rp900.000.000", "–", "100%"],
    ]
    chart = shown.select_one("figure.bars svg[role=img]")
    assert [text.text for text in chart.select("text")] == ["Jalan", "78%", "Posyandu", "22%"]


@pytest.mark.parametrize(
    ("name", "begins"), [("anggaran.csv", b"\xef\xbb\xbfkelompok"), ("anggaran.xlsx", b"PK")]
)
def test_the_table_can_be_taken_away(client, budget, name, begins):
    response = client.get(f"{budget.url}{name}")
    assert response.content.startswith(begins)
    assert response["Content-Disposition"].startswith("attachment; ")


def test_the_banner_is_one_page_with_the_sums(client, budget):
    content = client.get(f"{budget.url}spanduk.pdf").content
    banner = Pdf(content)
    assert banner.page_count == 1
    for word in ("APBDes 2026", "Rp1.000.000.000", "Posyandu", "Perdes 5/2025", "Kecamatan Kapas"):
        assert word in banner.words


def test_files_are_indonesian_whoever_takes_them(client, budget):
    for name in ("anggaran.csv", "spanduk.pdf"):
        assert client.get(f"/en{budget.url}{name}").content == client.get(f"{budget.url}{name}").content


def test_a_budget_without_its_table_is_not_published(as_editor, page):
    assert faults(create(as_editor, BudgetPage, page, typed(upload=""))) == {
        "upload": ["Unggah tabel anggarannya."]
    }


def test_a_bad_file_leaves_page_and_table_as_they_were(as_editor, budget):
    before = (budget.rows, budget.revisions.count())
    response = edit(
        as_editor, budget, typed(title="Lain", upload=upload(b"kelompok,uraian,anggaran\nBelanja,Jalan,x\n"))
    )
    assert faults(response) == {
        "upload": ["Baris 2, kolom anggaran: “x” bukan angka. Tulis seperti 1.234.567.890."]
    }
    assert "Baris 2, kolom anggaran" in response.content.decode()
    budget.refresh_from_db()
    assert (budget.title, (budget.rows, budget.revisions.count())) == ("APBDes 2026", before)


def test_a_change_of_words_keeps_the_table(as_editor, budget):
    assert faults(edit(as_editor, budget, typed(introduction="Ringkasnya.", upload=""))) == {}
    budget.refresh_from_db()
    assert (budget.introduction, len(budget.rows)) == ("Ringkasnya.", 3)


def test_a_draft_with_another_table_changes_nothing_for_the_public(as_editor, client, budget):
    other = upload(b"kelompok,uraian,anggaran\nBelanja,Jalan,1\n")
    assert faults(edit(as_editor, budget, typed(upload=other), publish=False)) == {}
    assert "Rp700.000.000" in client.get(budget.url).content.decode()


def test_a_year_and_stage_has_one_budget_per_unit(as_editor, page, budget):
    response = create(as_editor, BudgetPage, page, typed(slug="lagi", upload=upload()))
    assert list(faults(response)) == ["year"]
    assert (
        faults(create(as_editor, BudgetPage, page, typed(slug="p", stage="amended", upload=upload()))) == {}
    )


def test_a_budget_leads_to_those_of_other_years(as_editor, client, page, budget):
    create(as_editor, BudgetPage, page, typed(slug="apbdes-2025", year="2025", upload=upload()))
    assert client.get(budget.url).context["others"] == [
        {"title": "2025, ditetapkan", "url": "/kecamatan-kapas/apbdes-2025/"}
    ]


def test_a_budget_takes_12_queries_at_most(client, budget, django_assert_max_num_queries):
    client.logout()
    client.get(budget.url)
    with django_assert_max_num_queries(12):
        client.get(budget.url)


def test_a_budget_is_found_by_its_lines(budget):
    assert [each.title for each in BudgetPage.objects.search("posyandu")] == ["APBDes 2026"]
