"""A withdrawn number leaves also what editors have typed: pages, drafts, old revisions, and what the search knows."""

import re

import pytest
from wagtail.models import Page, Revision

from opd_pages.models import UnitPage
from opd_pages.services.contacts import withdraw
from opd_pages.services.leaders import change_leader
from opd_pages.services.withdrawn_words import written_forms

NUMBER = "+6281234567890"
WAYS = [
    "+6281234567890",
    "081234567890",
    "0812 3456 7890",
    "0812-3456-7890",
    "(0812) 3456.7890",
    "+62 812 3456 7890",
    "+62 (0)812-3456-7890",
    "62812 3456 7890",
    "0812&nbsp;3456&nbsp;7890",
    "0812\\u00a03456\\u00a07890",
    "0812 <b>3456</b> 7890",
    "8 1 2 3 4 5 6 7 8 9 0",
]
OTHERS = ["081234567891", "1081234567890", "0812345678901", "0812 3456 789", "0812 3456 atau 7890"]


@pytest.mark.parametrize("way", WAYS)
def test_the_number_is_found_however_it_is_written(way):
    assert re.search(written_forms("whatsapp", NUMBER), f"Hubungi {way}, siang.")


@pytest.mark.parametrize("other", OTHERS)
def test_another_number_is_left_alone(other):
    assert not re.search(written_forms("whatsapp", NUMBER), f"Hubungi {other}, siang.")


def test_an_address_is_found_whole_and_an_account_is_a_word_like_others():
    pattern = written_forms("email", "siti@contoh.test")
    assert re.search(pattern, "Surel: Siti@contoh.test.")
    assert not re.search(pattern, "bu.siti@contoh.test")
    assert written_forms("instagram", "siti") == ""


def everything() -> str:
    """All that is kept of pages: rows, revisions, and the search's own copy."""
    pages = [f"{page.introduction} {page.body}" for page in UnitPage.objects.all()]
    revisions = [str(revision.content) for revision in Revision.objects.all()]
    return " ".join([*pages, *revisions])


@pytest.fixture
def talkative(kapas_page, operator):
    """The page of Kapas with the camat's number in its text, in an old revision and in a draft."""
    kapas_page.introduction = "Camat: 0812 3456 7890. Kantor: 0353 881 826."
    kapas_page.body = (
        '<p>Tulis ke <a href="https://wa.me/6281234567890">Bu Camat</a> atau 0812-3456-7890.</p>'
    )
    kapas_page.save_revision().publish()
    kapas_page.introduction = "Tanpa nomor."
    kapas_page.body = "<p>Tulis ke +62 812 3456 7890.</p>"
    kapas_page.save_revision()
    return kapas_page


def test_a_withdrawal_takes_the_number_out_of_page_draft_and_revisions(talkative, personal, operator, client):
    withdraw(personal, operator)
    assert not re.search(written_forms("whatsapp", NUMBER), everything())
    page = UnitPage.objects.get(pk=talkative.pk)
    assert page.introduction == "Camat: (sudah dicabut). Kantor: 0353 881 826."
    assert page.body == "<p>Tulis ke Bu Camat atau (sudah dicabut).</p>"
    shown = client.get("/kecamatan-kapas/").content.decode()
    assert "wa.me/6281234567890" not in shown
    assert page.get_latest_revision_as_object().body == "<p>Tulis ke (sudah dicabut).</p>"


def test_the_search_no_longer_finds_the_page_by_the_number(talkative, personal, operator):
    talkative.title = "Camat 081234567890"
    talkative.save()
    withdraw(personal, operator)
    assert not list(Page.objects.search("081234567890"))


def test_a_number_that_ends_with_the_office_held_leaves_the_pages_too(talkative, personal, camat, operator):
    change_leader(camat, by=operator, name="Budi", office="Camat Kapas")
    assert not re.search(written_forms("whatsapp", NUMBER), everything())


def test_pages_without_the_number_are_not_touched(talkative, kapas, personal, operator, office):
    from opd_pages.services.unit_pages import open_unit_page

    other = open_unit_page(office.dander)
    other.introduction = "Kantor: 0353 881 826."
    other.save_revision().publish()
    before = Page.objects.get(pk=other.pk).latest_revision_created_at
    withdraw(personal, operator)
    after = UnitPage.objects.get(pk=other.pk)
    assert (after.introduction, after.latest_revision_created_at) == ("Kantor: 0353 881 826.", before)
