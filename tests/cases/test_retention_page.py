"""The page on privacy promises what is in force, and nothing that waits for the legal department."""

from datetime import date

import pytest

from cases.models import RetentionRule
from home.freshness import generation
from tests.browsers import browser, soup
from tests.portals import opened_site

PROOF = {"verified_by": "Bagian Hukum", "verified_on": date(2026, 1, 5)}
WAITING = "jangka waktunya masih diperiksa"


@pytest.fixture(autouse=True)
def portal(office):
    opened_site()


def told(language: str = "") -> str:
    page = soup(browser().get(f"{language}/kebijakan-privasi/"))
    return " ".join(page.select_one("main").get_text(" ").split())


def rules(subject: str, kind: str = "complaint"):
    return RetentionRule.objects.filter(kind=kind, subject=subject)


def test_while_no_rule_is_verified_nothing_is_said_to_be_erased_unasked():
    page = told()
    assert "Belum ada: jangka waktunya masih diperiksa" in page
    assert "bulan setelah ditutup" not in page
    assert "dua tahun" not in page
    assert "None yet: the periods are still being checked" in told("/en")


def test_a_verified_rule_is_told_and_the_others_are_not():
    rules("identity").update(**PROOF)
    page = told()
    assert "Pengaduan: identitas dihapus 24 bulan setelah ditutup." in page
    assert page.count("bulan setelah ditutup") == 1
    assert f"Selain itu belum ada yang dihapus tanpa diminta: {WAITING}" in page


def test_once_all_rules_are_verified_nothing_is_left_to_say():
    RetentionRule.objects.update(**PROOF)
    page = told()
    assert page.count("bulan setelah ditutup") == 6
    assert WAITING not in page


@pytest.mark.parametrize("keeps", [True, False])
def test_that_the_reviewed_copy_stays_is_said_where_the_rule_says_so(keeps):
    rules("words").update(keeps_public_copy=keeps, **PROOF)
    assert ("Salinan untuk umum yang sudah ditinjau petugas tetap tampil" in told()) == keeps


def test_the_kept_page_ends_when_a_rule_begins(settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_SECONDS = 60
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        rules("identity").update(**PROOF)
    assert generation() != before
