"""Public pages from files: what is asked for again costs no query, and nobody reads what was another's."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from config.page_cache import kept as store
from config.page_cache.kept import clear_old_generations
from home import freshness
from home.freshness import generation, new_generation
from home.registry import Registry
from tests.browsers import browser

from .kept_pages import ABOUT, KAPAS, files, kept

__all__ = ["kept"]
PUBLIC = [
    "/",
    "/en/",
    "/unit/",
    KAPAS,
    ABOUT,
    "/unit/KPS/poster.png",
    "/pengaduan/",
    "/transparansi/umpan.xml",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_that_was_read_is_read_again_without_a_query(kept, django_assert_num_queries, address):
    first = kept.read(address)
    with django_assert_num_queries(0):
        again = kept.read(address)
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)


def test_where_nothing_is_to_be_kept_nothing_is(kept, settings):
    settings.PAGE_CACHE_SECONDS = 0
    assert [kept.read(address).status_code for address in PUBLIC] == [200] * len(PUBLIC)
    assert files() == []


# --- What is one person's ----------------------------------------------------------------------------------------------


def test_a_page_read_by_somebody_logged_in_is_neither_kept_nor_answered_from_what_is_kept(kept):
    officer = browser(kept.operator)
    officer.get("/")
    assert files() == []
    kept.read("/")
    kept.about.body = "<p>Kata-kata baru.</p>"
    kept.about.save()  # not said: its commit is not here yet
    kept.read(ABOUT)
    assert "X-Accel-Expires" not in officer.get("/").headers


@pytest.mark.parametrize(
    "address", ["/lapor/", "/en/lapor/", "/lacak/", "/masuk/", "/ppid/permohonan/", "/transparansi/periksa/"]
)
def test_a_form_s_token_is_kept_for_nobody(kept, address):
    visitor = Client()
    for _again in range(2):  # the second time with the token's cookie, which is then not set anew
        assert b"csrfmiddlewaretoken" in visitor.get(address).content
    assert files() == []


def test_a_token_is_not_kept_wherever_a_form_is_put(kept, monkeypatch, settings, tmp_path):
    (tmp_path / "kotak.html").write_text("<form>{% csrf_token %}</form>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    monkeypatch.setattr("home.models.PlainPage.template", "kotak.html")
    visitor = Client()
    for _again in range(2):
        assert b"csrfmiddlewaretoken" in visitor.get(ABOUT).content
    assert files() == []


def test_what_a_reporter_opened_with_a_code_is_kept_for_nobody(kept):
    visitor = Client()
    visitor.cookies["laporan"] = "sebuah-tanda"
    assert visitor.get(KAPAS).status_code == 200
    assert files() == []


def test_a_visitor_who_has_been_to_a_form_reads_what_is_kept(kept, django_assert_num_queries):
    visitor = Client()
    visitor.get("/lapor/")
    kept.read(KAPAS)
    with django_assert_num_queries(0):
        visitor.get(KAPAS)


@pytest.mark.parametrize("has_read_before", [True, False])
def test_a_preview_shows_the_draft_and_is_seen_by_nobody_else(kept, has_read_before):
    if has_read_before:
        kept.read(ABOUT)
    draft = kept.page("tentang")
    draft.body = "<p>Belum untuk umum.</p>"
    draft.save_revision()
    assert "Belum untuk umum." in draft.make_preview_request().content.decode()
    assert "Kata-kata lama." in kept.text(ABOUT)
    assert "Belum untuk umum." not in kept.text(ABOUT)


def test_an_answer_that_says_it_is_private_is_not_kept(kept, monkeypatch):
    monkeypatch.setattr("home.models.pages.PlainPage.serve", _serve_with("Cache-Control", "private"))
    kept.read(ABOUT)
    assert files() == []


def test_an_answer_that_depends_on_something_else_is_not_kept(kept, monkeypatch):
    monkeypatch.setattr("home.models.pages.PlainPage.serve", _serve_with("Vary", "X-Part"))
    kept.read(ABOUT)
    assert files() == []


def test_an_answer_that_sets_a_cookie_is_not_kept(kept, monkeypatch):
    def serve(page, request, *args, **kwargs):
        response = Page.serve(page, request)
        response.set_cookie("tanda", "satu-orang")
        return response

    monkeypatch.setattr("home.models.pages.PlainPage.serve", serve)
    kept.read(ABOUT)
    assert files() == []


def test_a_page_in_another_language_than_its_address_says_is_not_kept(kept, monkeypatch):
    monkeypatch.setattr("home.models.pages.PlainPage.serve", _serve_with("Content-Language", "en"))
    kept.read(ABOUT)
    assert files() == []


def _serve_with(header: str, value: str):
    def serve(page, request, *args, **kwargs):
        response = Page.serve(page, request)
        response[header] = value
        return response

    return serve


def test_only_what_was_found_is_kept(kept):
    assert [kept.read(address).status_code for address in ("/tidak-ada/", "/tentang", "/pengaduan/X/")] == [
        404,
        301,
        404,
    ]
    assert files() == []


# --- One page for each address -------------------------------------------------------------------------------------------


def test_where_a_visitor_came_from_makes_no_page_of_its_own_and_stands_in_none(kept):
    first = kept.read("/unit/?utm_source=surel&q=kapas&fbclid=x1")
    assert "utm_source" not in first.content.decode()
    assert kept.read("/unit/?q=kapas&UTM_Campaign=y").content == first.content
    assert len(files()) == 1


@pytest.mark.parametrize("pair", [("/unit/?q=kapas", "/unit/?q=dander"), ("/unit/", "/unit/%3F")])
def test_what_was_asked_for_is_what_is_answered(kept, pair):
    answers = [kept.read(address) for address in pair] + [kept.read(address) for address in pair]
    assert [answer.content for answer in answers[:2]] == [answer.content for answer in answers[2:]]
    assert answers[0].content != answers[1].content


def test_each_language_has_a_page_of_its_own_whatever_the_browser_would_like(kept):
    for language, address in [("id", KAPAS), ("en", f"/en{KAPAS}")]:
        for liked in ("en", "id"):
            answer = kept.read(address, accept_language=liked)
            assert (answer["Content-Language"], f'<html lang="{language}"' in answer.content.decode()) == (
                language,
                True,
            )
    assert len(files()) == 2


def test_another_host_has_pages_of_its_own(kept, settings):
    settings.ALLOWED_HOSTS = ["satu.test", "dua.test"]
    kept.read(KAPAS, host="satu.test")
    kept.read(KAPAS, host="dua.test")
    assert len(files()) == 2
    assert kept.read(KAPAS, host="tiga.test").status_code == 400


def test_a_stranger_who_invents_queries_fills_no_disk_and_drives_out_no_page(
    kept, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(store, "QUERY_PLACES", 4)
    kept.read(KAPAS)
    for number in range(30):
        kept.read(f"{ABOUT}?x={number}")
    assert len(files()) <= 5
    with django_assert_num_queries(0):
        kept.read(KAPAS)


def test_a_page_too_large_is_answered_and_not_kept(kept, monkeypatch):
    monkeypatch.setattr(store, "LARGEST", 100)
    assert "Kata-kata lama." in kept.text(ABOUT)
    assert files() == []


# --- Until when ----------------------------------------------------------------------------------------------------------


def test_a_page_is_rendered_again_when_its_time_is_over(kept, clock, settings):
    kept.read(ABOUT)
    kept.about.body = "<p>Ditulis di luar portal.</p>"
    kept.about.save()
    clock.tick(settings.PAGE_CACHE_SECONDS - 1)
    assert "Kata-kata lama." in kept.text(ABOUT)
    clock.tick(1)
    assert "Ditulis di luar portal." in kept.text(ABOUT)


def test_no_page_is_kept_past_the_moment_at_which_it_reads_differently(kept, clock, monkeypatch):
    monkeypatch.setattr(freshness, "next_public_changes", told := Registry())
    told.enter(lambda now: timezone.now() + timedelta(seconds=10))
    kept.read(ABOUT)
    kept.about.body = "<p>Peringatan sudah berakhir.</p>"
    kept.about.save()
    clock.tick(9)
    assert "Kata-kata lama." in kept.text(ABOUT)
    clock.tick(2)
    assert "Peringatan sudah berakhir." in kept.text(ABOUT)


def test_what_changed_while_a_page_was_rendered_is_in_the_next_answer(kept, monkeypatch):
    """The page is written down only after the change, and holds for nobody."""

    def serve(page, request, *args, **kwargs):
        response = Page.serve(page, request).render()
        type(page).objects.update(body="<p>Kata-kata baru.</p>")
        new_generation()
        return response

    monkeypatch.setattr("home.models.PlainPage.serve", serve)
    assert "Kata-kata lama." in kept.text(ABOUT)
    assert "Kata-kata baru." in kept.text(ABOUT)


def test_what_no_longer_holds_leaves_the_disk(kept):
    kept.read(KAPAS)
    old = generation()
    new_generation()
    kept.read(ABOUT)
    assert {file.parent.name for file in files()} == {generation()} != {old}
    new_generation()
    clear_old_generations()
    assert files() == []


# --- Whole, or not at all ---------------------------------------------------------------------------------------------------


def test_half_a_page_is_never_answered(kept):
    whole = kept.read(KAPAS).content
    [file] = files()
    file.write_bytes(file.read_bytes()[:-20])
    assert kept.read(KAPAS).content == whole
    file.write_bytes(b"")
    assert kept.read(KAPAS).content == whole


def test_a_write_that_breaks_off_leaves_no_page_behind(kept, monkeypatch):
    def break_off(*_paths):
        raise OSError(28, "No space left on device")

    kept.read(ABOUT)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", break_off)
        assert kept.read(KAPAS).status_code == 200
    assert len(files()) == 1


# --- As the browser asks ------------------------------------------------------------------------------------------------------


def test_a_browser_that_has_the_page_is_told_so(kept, django_assert_num_queries):
    tag = kept.read(KAPAS)["ETag"]
    with django_assert_num_queries(0):
        again = kept.read(KAPAS, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_a_browser_asks_each_time_whether_its_page_still_holds(kept):
    assert kept.read(KAPAS)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "gzip"), ("br, gzip;q=0.5", "gzip"), ("", None), ("br", None), ("gzip;q=0", None)],
)
def test_a_page_is_sent_as_the_browser_takes_it(kept, accepted, encoding):
    plain = kept.read(KAPAS).content
    answer = kept.read(KAPAS, accept_encoding=accepted)
    assert answer.get("Content-Encoding") == encoding
    assert (gzip.decompress(answer.content) if encoding else answer.content) == plain
    assert int(answer["Content-Length"]) == len(answer.content)
    assert {"Cookie", "Accept-Encoding"} <= set(answer["Vary"].split(", "))


def test_whoever_asks_for_the_head_of_a_page_is_told_its_length_and_keeps_none(kept):
    Client().head(KAPAS)
    assert files() == []
    length = kept.read(KAPAS)["Content-Length"]
    head = Client().head(KAPAS)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", length)


def test_what_every_answer_is_protected_by_is_kept_with_it(kept):
    for answer in (kept.read(KAPAS), kept.read(KAPAS)):
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
