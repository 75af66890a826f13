"""Looking a case up: by its number and by the words it came with, only among what the officer may see."""

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.actors import Staff
from cases.models import Case, EventWords
from cases.selectors import search as search_module
from cases.selectors.desk import PAGE_SIZE
from cases.selectors.search import search
from cases.services.changes import change
from cases.services.erasure import erase_nightly
from cases.visibility import cases_for
from opd_pages.models import Role
from tests.browsers import browser, queries_of, soup, words
from tests.factories import member

BRIDGE = "Jembatan kayu dusun lapuk, papan hilang empat."
LAMP = "Lampu jalan dekat jembatan padam sejak Senin."


def found(text: str, **more) -> list[Case]:
    return search(Case.objects.all(), text, limit=PAGE_SIZE, **more).cases


def numbers(client, text: str, **more) -> list[str]:
    page = soup(client.get("/meja/", {"q": text, **more}))
    return [number.get_text() for number in page.select("ol.inbox .number")]


# --- What is found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "kayu",
        "KAYU",
        "kayu jembatan",
        "«kayu»",
        "kayu -lapuk",
        "empat.",
        'papan" "kayu',
        "kayu*",
        "ka\0yu",
    ],
)
def test_a_report_is_found_by_its_words_however_they_are_typed(desk, text):
    bridge, _lamp = desk.receive(words=BRIDGE), desk.receive(words=LAMP)
    assert found(text) == [bridge]


@pytest.mark.parametrize("text", ["rt 05", "rw 02", "veteran", "RT/RW 05", "jl.Veteran"])
def test_an_address_is_found_by_its_parts(desk, text):
    """The same on both databases: their parsers take such marks differently."""
    lamp = desk.receive(words="Lampu padam di jl.Veteran RT/RW 05/02 sejak Senin.")
    desk.receive(words=BRIDGE)
    assert found(text) == [lamp]


def test_all_words_must_be_there(desk):
    desk.receive(words=BRIDGE)
    assert found("jembatan padam") == []


def test_the_newest_comes_first(desk):
    bridge, lamp = desk.receive(words=BRIDGE), desk.receive(words=LAMP)
    assert found("jembatan") == [lamp, bridge]


@pytest.mark.parametrize("write", [str, str.lower, lambda number: f"  {number.replace('-', ' - ')} "])
def test_a_report_is_found_by_its_number(desk, write):
    desk.receive()
    case = desk.receive()
    assert found(write(case.number)) == [case]


def test_what_an_officer_wrote_later_is_not_looked_through(desk):
    case = desk.receive(words=BRIDGE)
    with change(case, by=desk.staff("operator")) as changing:
        changing.record("note", text="Tetangga menelepon.")
    assert found("menelepon") == []


def test_erased_words_are_found_no_more(desk):
    case = desk.receive(words=BRIDGE)
    EventWords.objects.filter(event__case=case).delete()
    assert found("kayu") == []


def pieces() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM cases_wordindex_idx")
        return cursor.fetchone()[0]


@pytest.mark.only_on("sqlite")
def test_overnight_the_index_is_put_together_and_finds_what_it_found(desk):
    bridge, lamp = desk.receive(words=BRIDGE), desk.receive(words=LAMP)
    before = pieces()
    erase_nightly(timezone.now())
    assert (before, pieces(), found("jembatan"), found("kayu")) == (2, 1, [lamp, bridge], [bridge])


def test_changed_words_are_found_as_they_are_now(desk):
    case = desk.receive(words=BRIDGE)
    EventWords.objects.filter(event__case=case).update(text="[dihapus] papan")
    assert (found("kayu"), found("papan")) == ([], [case])


# --- Words that stand everywhere --------------------------------------------------------------------------------------


@pytest.fixture
def _weighed_by_four(monkeypatch):
    monkeypatch.setattr(search_module, "SAMPLE", 4)


@pytest.mark.usefixtures("_weighed_by_four")
def test_a_word_of_most_reports_is_passed_by_and_said(desk):
    desk.receive(words="Pohon tumbang menutup jalan.")
    bridge = desk.receive(words="Jembatan kayu lapuk, papan hilang empat.")
    for _ in range(3):
        desk.receive(words="Lampu jalan padam sejak Senin.")
    page = browser(desk.operator).get("/meja/?q=jalan+kayu")
    assert numbers(browser(desk.operator), "jalan kayu") == [bridge.number]
    assert "Tidak ikut dicari karena ada di kebanyakan perkara: jalan." in words(page)


@pytest.mark.usefixtures("_weighed_by_four")
def test_words_that_all_stand_in_most_reports_are_looked_for_all_the_same(desk):
    tree = desk.receive(words="Pohon tumbang menutup jalan.")
    lamps = [desk.receive(words="Lampu jalan padam sejak Senin.") for _ in range(3)]
    page = browser(desk.operator).get("/meja/?q=jalan+padam")
    assert tree not in found("jalan padam") == lamps[::-1]
    assert "Tidak ikut dicari" not in words(page)


@pytest.mark.usefixtures("_weighed_by_four")
def test_a_word_of_half_the_reports_is_looked_for(desk):
    for sentence in ("Lampu jalan padam.", "Jalan licin.", "Sampah menumpuk.", "Sumur keruh dan kayu lapuk."):
        desk.receive(words=sentence)
    assert search(Case.objects.all(), "jalan kayu", limit=9) == search_module.Found([])


@pytest.mark.parametrize("walked", [3, 100])
@pytest.mark.parametrize("many", [1, 100])
def test_frequent_and_rare_words_find_the_same_however_far_back_they_lie(desk, monkeypatch, many, walked):
    monkeypatch.setattr(search_module, "MANY", many)
    monkeypatch.setattr(search_module, "WALKED", walked)
    monkeypatch.setattr(search_module, "WINDOW", 2)
    bridges = []
    for _ in range(3):
        bridges.append(desk.receive(words=BRIDGE))
        desk.receive(words="Sampah menumpuk di pasar.")
    first = search(Case.objects.all(), "kayu lapuk", limit=9)
    rest = search(Case.objects.all(), "kayu lapuk", limit=9, before=first.before)
    assert (first.cases, rest) == ([bridges[2], bridges[1]], search_module.Found([bridges[0]]))


# --- Odd input --------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.text(max_size=40))
@example("'\"()*")
@example("AND OR NOT NEAR(")
@example("words:kayu ^kayu {kayu}")
@example("\\")
@example("\ud800")
@example("²½ ㎏ ß İ")
@example("9" * 10_000)
@example("kayu " * 5_000)
@example("2026-ADU-")
def test_no_text_fails(db, text):
    assert found(text) == []


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 40, "\0", "٣"])
def test_a_made_up_place_to_go_on_from_shows_the_newest(desk, before):
    case = desk.receive(words=BRIDGE)
    assert numbers(browser(desk.operator), "kayu", sebelum=before) == [case.number]


# --- Who finds it -----------------------------------------------------------------------------------------------------


def test_an_accused_unit_finds_nothing_of_it(desk):
    case = desk.receive(words=BRIDGE, accused=desk.office.kapas)
    coordinator = cases_for(desk.staff("coordinator"))
    seen = [search(coordinator, text, limit=9).cases for text in ("kayu", case.number)]
    theirs = [
        search(cases_for(desk.staff(name)), text, limit=9).cases
        for name in ("operator", "head", "builder", "drafter")
        for text in ("kayu", case.number)
    ]
    assert (seen, theirs) == ([[case], [case]], [[]] * 8)


def test_a_secret_report_is_found_by_the_head_alone(desk):
    case = desk.receive(words=BRIDGE, is_secret=True)
    names = ("operator", "head", "builder", "drafter")
    finders = [name for name in names if search(cases_for(desk.staff(name)), "kayu", limit=9).cases == [case]]
    assert finders == ["head"]


def test_the_desk_of_another_kecamatan_finds_none_of_it(desk):
    desk.receive(words=BRIDGE)
    neighbour = Staff.of(member("dander", desk.office.dander, Role.HEAD))
    assert search(cases_for(neighbour), "kayu", limit=9).cases == []


# --- Page by page -----------------------------------------------------------------------------------------------------


def test_each_hit_stands_on_one_page_even_where_others_hits_lie_between(desk, monkeypatch):
    monkeypatch.setattr(search_module, "WINDOW", 3)
    mine, before = [], None
    for _ in range(4):
        mine.append(desk.receive(words=BRIDGE))
        desk.receive(words=BRIDGE, district=desk.office.dander)
    pages = []
    while not pages or before is not None:
        page = search(Case.objects.filter(responsible_unit=desk.office.kapas), "kayu", before=before, limit=2)
        pages.append(page.cases)
        before = page.before
    assert [case for page in pages for case in page] == list(reversed(mine))


def test_a_full_page_links_to_the_older_ones(desk, monkeypatch):
    monkeypatch.setattr("cases.selectors.desk.PAGE_SIZE", 2)
    cases = [desk.receive(words=BRIDGE) for _ in range(3)]
    client = browser(desk.operator)
    page = soup(client.get("/meja/?q=kayu"))
    older = soup(client.get(f"/meja/{page.select_one('.pagination a[rel=next]')['href']}"))
    listed = [[number.get_text() for number in each.select("ol.inbox .number")] for each in (page, older)]
    assert listed == [[cases[2].number, cases[1].number], [cases[0].number]]
    assert older.select(".pagination") == []


# --- On screen --------------------------------------------------------------------------------------------------------


def test_what_was_typed_stays_in_the_box(desk):
    page = soup(browser(desk.operator).get("/meja/", {"q": '"padam"'}))
    assert page.select_one("input[name=q]")["value"] == '"padam"'


def test_no_hit_says_what_can_be_looked_for(desk):
    text = words(browser(desk.operator).get("/meja/?q=padam"))
    assert "Tidak ada yang cocok Yang dicari adalah nomor, dan apa yang pertama ditulis warga." in text


def test_an_empty_search_is_the_desk_itself(desk):
    page = soup(browser(desk.operator).get("/meja/?q=%20"))
    assert page.h1.get_text() == "Meja layanan"


def test_30_hits_take_as_many_queries_as_1(desk):
    """And one more on PostgreSQL, where a frequent word is looked for among the newest first."""
    client = browser(desk.operator)
    desk.receive(words=BRIDGE)
    few = queries_of(client, "/meja/?q=kayu")
    for _ in range(29):
        desk.receive(words=BRIDGE)
    many = queries_of(client, "/meja/?q=kayu")
    assert (few, many) == (8, 9 if connection.vendor == "postgresql" else 8)
