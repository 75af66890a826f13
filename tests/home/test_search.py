"""What the portal's search finds, and what it never finds. Units and public reports are entered by the rooms above."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import PlainPage
from home.search import ask
from opd_pages.services.unit_pages import open_unit_page
from tests.browsers import browser, queries_of, received_now, soup
from tests.pengaduan.desk import Desk
from tests.pengaduan.test_public_pages import answered, published, shown
from tests.portals import opened_site

postgresql = pytest.mark.only_on("postgresql")  # stems by the database


def found(query: str) -> list[str]:
    page = soup(browser().get("/cari/", {"q": query}))
    return [link.get_text() for link in page.select("main section h3")]


@pytest.fixture
def home(office):
    return opened_site()


@pytest.fixture
def desk(office):
    return Desk.at_kapas(office)


def page(parent, title: str, body: str = "Isi.", **fields) -> PlainPage:
    slug = title.casefold().replace(" ", "-")
    made = parent.add_child(instance=PlainPage(title=title, slug=slug, body=f"<p>{body}</p>", **fields))
    if made.live:
        made.save_revision().publish()
    return made


def document(title: str, collection: Collection | None = None):
    shelf = collection or Collection.get_first_root_node()
    return get_document_model().objects.create(
        title=title, file=ContentFile(b"%PDF-1.4", name="berkas.pdf"), collection=shelf
    )


def linking(*documents) -> str:
    return " ".join(f'<a linktype="document" id="{each.pk}">{each.title}</a>' for each in documents)


# --- What is found ----------------------------------------------------------------------------------------------------


def test_pages_documents_offices_and_public_answers_are_found_each_in_its_part(home, desk):
    plan = document("Rencana jembatan 2026")
    page(home, "Daftar jembatan", linking(plan))
    desk.office.works.description = "Jalan dan jembatan kabupaten."
    desk.office.works.save()
    case = shown(desk, answered(desk, published(desk)))
    read = soup(browser().get("/cari/?q=jembatan"))
    links = {
        part.h2.get_text(): [link["href"] for link in part.select("h3 a")]
        for part in read.select("main section")
    }
    assert links == {
        "Kantor": ["/k/DPUBMPR"],
        "Halaman": ["/daftar-jembatan/"],
        "Laporan dan jawaban": [f"/pengaduan/{case.number}/"],
        "Dokumen": [plan.url],
    }


def test_words_of_a_units_page_are_found(home, office):
    unit_page = open_unit_page(office.kapas)
    unit_page.body = "<p>Posyandu setiap Rabu.</p>"
    unit_page.save_revision().publish()
    assert found("posyandu rabu") == ["Kecamatan Kapas"]


def test_a_desa_is_named_with_its_kecamatan(home, office):
    assert found("bakalan") == ["Desa Bakalan, Kecamatan Kapas"]


def test_the_page_of_that_title_comes_before_one_that_mentions_it(home):
    page(home, "Kabar", "Tentang posyandu, posyandu, dan posyandu.")
    page(home, "Posyandu")
    assert found("posyandu") == ["Posyandu", "Kabar"]


@pytest.mark.parametrize(
    "query",
    [
        '"jadwal posyandu"',
        "posyandu jadwal",
        "  JADWAL,   posyandu!! ",
        "jadwal: 'posyandu'",
        "jadwal* -posyandu",
        "jadwal\x00posyandu",
        "jadwal%posyandu",
        "di mana ada jadwal posyandu",
        "jadwal 😀 posyandu",
        "jadwal (posyandu",
        "{jadwal} ^posyandu",
        "jadwal/posyandu",
    ],
)
def test_quotes_and_odd_characters_find_what_they_can(home, query):
    page(home, "Jadwal posyandu")
    assert found(query) == ["Jadwal posyandu"]


@pytest.mark.parametrize("query", ["perbaikan", "diperbaiki", "memperbaiki", "perbaikannya"])
def test_a_word_is_found_in_its_other_forms_in_public_reports(desk, query):
    case = shown(desk, answered(desk, published(desk)), "Papan sudah diperbaiki.")
    assert case.number in browser().get("/cari/", {"q": query}).content.decode()


@postgresql
@pytest.mark.parametrize("query", ["penghijauan", "dihijaukan", "menghijaukan"])
def test_a_word_is_found_in_its_other_forms_on_pages(home, query):
    page(home, "Papan", "Lereng sedang dihijaukan.")
    assert found(query) == ["Papan"]


@pytest.mark.only_on("sqlite")  # PostgreSQL stems
def test_the_beginning_of_a_longer_word_and_a_stem_find_pages_on_sqlite(home):
    page(home, "Papan", "Jembatannya sedang kelas.")
    assert found("jembatan") == found("pengkelasan") == ["Papan"]


@pytest.mark.parametrize(
    "query",
    ["", " ", "%", '"', "-", "*", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "😀", "ꦗꦮ", "yang di dan", "NEAR(", "a OR", "OR", "NOT x", "'; DROP TABLE x; --", "\\", "x" * 5000, "a " * 3000, "1" * 300, "🇮🇩 🏳️‍🌈", "<script>alert(1)</script>", "a:b", "a&b|c!", "&", "|", "()", "'", "''", "it's", "ktp-el", "2026-ADU-KPS-000001"],
)  # fmt: skip
def test_no_input_fails(home, query):
    response = browser().get("/cari/", {"q": query})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "address",
    ["/cari/?q=%ff%fe", "/cari/?q=%00", "/cari/?q[]=x", "/cari/?q=jalan&bagian=x", "/cari/?q=jalan&bagian=halaman&halaman=99999999999999",
     "/cari/?q=jalan&bagian=kantor&halaman=-1", "/cari/?bagian=%00&halaman=x", "/cari/?q=jalan&q=x"],
)  # fmt: skip
def test_no_address_fails(home, address):
    assert browser().get(address).status_code == 200


def test_a_part_is_read_page_by_page(home):
    for number in range(27):
        page(home, f"Kabar {number:02}")
    first = soup(browser().get("/cari/?q=kabar"))
    assert len(first.select("main h3")) == 5
    more = soup(browser().get("/cari/" + first.select_one("main section p > a")["href"]))
    assert len(more.select("main h3")) == 20
    rest = soup(browser().get("/cari/" + more.select_one("a[rel=next]")["href"]))
    assert len(rest.select("main h3")) == 7
    assert rest.select("a[rel=next]") == []


def test_only_stop_words_are_looked_for_as_they_are():
    assert ask("di mana yang").terms == ("di", "mana", "yang")
    assert ask("cara mengurus KTP di Kapas").terms == ("ktp", "kapas")


def test_every_public_page_has_the_search_field(home, office):
    open_unit_page(office.kapas)
    for address in ("/", "/kecamatan-kapas/", "/unit/", "/lapor/", "/tidak-ada/"):
        assert soup(browser().get(address)).select_one("header form[action='/cari/'] input[name=q]"), address


def test_a_search_takes_12_queries_at_most_and_sets_no_cookie(home, desk):
    papers = [document(f"Jembatan {number}") for number in range(6)]
    page(home, "Daftar jembatan", linking(*papers))
    for number in range(6):
        page(home, f"Jembatan {number}")
    shown(desk, answered(desk, published(desk)))
    client = browser()
    assert queries_of(client, "/cari/?q=jembatan") <= 11  # and one for banners
    assert client.cookies == {}


# --- What is never found ----------------------------------------------------------------------------------------------


def test_drafts_are_not_found_nor_the_draft_of_a_published_page(home):
    page(home, "Rahasia dapur", live=False)
    shown_page = page(home, "Kabar", "Panen mangga.")
    shown_page.title, shown_page.body = "Rahasia dapur", "<p>Rahasia dapur.</p>"
    shown_page.save_revision()
    assert found("rahasia dapur") == []
    assert found("panen mangga") == ["Kabar"]


def test_what_was_withdrawn_is_found_no_more(home):
    made = page(home, "Kabar lama")
    assert found("kabar lama") == ["Kabar lama"]
    made.unpublish()
    assert found("kabar lama") == []
    other = page(home, "Kabar lain")
    other.delete()
    assert found("kabar lain") == []


def test_a_page_in_a_private_part_of_the_tree_is_not_found(home):
    closed = page(home, "Ruang tertutup")
    page(closed, "Notulen rapat")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert found("notulen rapat") == found("ruang tertutup") == []


def test_documents_that_no_published_page_links_are_not_found(home):
    loose, drafted, later, withdrawn = (
        document(f"Notulen {word}") for word in ("satu", "dua", "tiga", "empat")
    )
    page(home, "Naskah", linking(drafted), live=False)
    live = page(home, "Kabar", "Isi.")
    live.body = f"<p>{linking(later)}</p>"
    live.save_revision()
    page(home, "Dahulu", linking(withdrawn)).unpublish()
    assert loose.pk
    assert found("notulen") == []


def test_documents_of_a_private_collection_and_below_are_not_found(home):
    closed = Collection.get_first_root_node().add_child(instance=Collection(name="Tertutup"))
    below = closed.add_child(instance=Collection(name="Di bawahnya"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    papers = [document("Notulen satu", closed), document("Notulen dua", below), document("Notulen tiga")]
    page(home, "Kabar", linking(*papers))
    assert found("notulen") == ["Kabar", "Notulen tiga"]


def test_of_reports_only_the_reviewed_copy_and_answer_are_found(home, desk):
    case = answered(desk, published(desk))
    for words in ("Karto", "sebelah rumah", "papan diganti"):
        assert found(words) == [], words
    shown(desk, case)
    assert found("papan diganti") != []
    assert found("Karto") == []


def test_a_secret_report_is_not_found_whatever_its_row_says(home, desk):
    case = shown(desk, answered(desk, published(desk)))
    assert found("jembatan") != []
    type(case).objects.filter(pk=case.pk).update(is_secret=True)
    assert found("jembatan") == []


def test_a_report_without_a_public_copy_is_not_found(home, desk):
    case = received_now(desk, words="Jembatan lapuk sekali.")
    assert found("lapuk") == []
    assert found(case.number) == []


def test_an_office_that_has_ended_is_not_found(home, office):
    from tests.factories import LONG_AGO

    office.works.valid_until = LONG_AGO
    office.works.save()
    assert found("bina marga") == []
