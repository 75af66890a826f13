"""What no browser of an editor sends: Wagtail's forms and lists refuse it with a page, nothing is written, no 500."""

import logging

import pytest
from django.core.exceptions import BadRequest
from wagtail.models import Page, Revision

from config.unreadable import UnreadableMiddleware
from home.models import FaqPage, PlainPage
from opd_pages.models import CommitmentsPage, UnitPage
from tests.browsers import soup
from tests.editing import create, edit, inline_formset, rich_text, streamfield

ANSWER = {"question": "Jam berapa buka?", "answer": rich_text("<p>Pukul 08.00.</p>")}


@pytest.fixture
def page(editor, small_portal, client) -> UnitPage:
    client.force_login(editor)
    client.raise_request_exception = False
    return UnitPage.objects.get(unit=small_portal.kapas)


def send_questions(client, page, **tampered: str | None):
    """A page of questions, some of whose blocks' fields were changed; None takes a field out."""
    typed = {"title": "Tanya jawab", "slug": "tanya", "introduction": ""}
    typed["questions"] = streamfield([("question", ANSWER)])
    named = {f"questions-{name.replace('_', '-')}": value for name, value in tampered.items()}
    return create(client, FaqPage, page, typed, tampered=named)


def written() -> tuple[int, int]:
    return Page.objects.count(), Revision.objects.count()


def is_refused(response) -> bool:
    return response.status_code == 400 and soup(response).h1.text == "Permintaan tidak dapat dibaca"


def test_the_form_as_wagtail_sends_it_is_taken(page, client):
    assert send_questions(client, page).status_code == 302
    assert FaqPage.objects.get(slug="tanya").live


@pytest.mark.parametrize("name", ["count", "0_deleted", "0_type", "0_order", "0_value_answer"])
@pytest.mark.parametrize("value", [None, "x", "", "9" * 30])
def test_blocks_whose_counts_or_texts_are_odd_break_nothing(page, client, name, value):
    before = written()
    response = send_questions(client, page, **{name: value})
    assert response.status_code in (200, 302, 400)
    assert response.status_code == 302 or written() == before


@pytest.mark.parametrize("name", ["count", "0_order"])
@pytest.mark.parametrize("value", [None, "x"])
def test_blocks_without_their_counts_are_refused(page, client, name, value):
    assert is_refused(send_questions(client, page, **{name: value}))
    assert not FaqPage.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "-1",
        "{",
        '"kata"',
        "[1]",
        '{"blocks": 3, "entityMap": {}}',
        '{"blocks": [{"key": 1}], "entityMap": {}}',
        '{"blocks": [{"key": "a", "text": "b", "type": "zzz", "depth": 0, "inlineStyleRanges": 7}], "entityMap": []}',
    ],
)
def test_a_text_that_is_no_text_of_the_editor_is_refused(page, client, text):
    typed = {"title": "Judul", "slug": "judul", "body": text}
    assert is_refused(create(client, PlainPage, page, typed))
    assert not PlainPage.objects.filter(slug="judul").exists()


@pytest.mark.parametrize("typed", [{}, {"url": "\x00"}, {"url": "9" * 5000}])
def test_an_outside_link_without_its_address_breaks_nothing(page, client, typed):
    assert client.post("/admin/choose-external-link/", typed).status_code in (200, 400)


@pytest.mark.parametrize("key", ["x", "1.5", "9" * 30, "-1", "\x00"])
def test_a_row_with_a_key_that_is_none_breaks_nothing(page, client, key):
    page.add_child(instance=CommitmentsPage(title="Rencana aksi", slug="rencana-aksi", period="2026"))
    child = CommitmentsPage.objects.get()
    row = {
        "id": key,
        "text": "Papan harga.",
        "unit": str(page.unit_id),
        "due_on": "2026-12-15",
        "state": "running",
    }
    typed = {"title": "Rencana", "slug": "rencana-aksi", "period": "2026", "introduction": ""}
    response = edit(client, child, typed | {"commitments": inline_formset([row], initial=1)})
    assert response.status_code in (200, 400)
    assert CommitmentsPage.objects.get().title == "Rencana aksi"


@pytest.mark.parametrize(
    "address",
    [
        "cases/rule/?ordering=x",
        "cases/holiday/?date=x",
        "pengaduan/category/?pk=x",
        "ppid/exclusionground/?nama__x=1",
        "pages/?content_type=" + "9" * 30,
        "api/main/pages/find/?id=x",
        "reports/site-history/?timestamp_from=0001-01-01",
        "reports/site-history/?timestamp_from=9999-12-31",
    ],
)
def test_a_list_asked_for_by_what_it_cannot_have_breaks_nothing(as_administrator, address):
    as_administrator.raise_request_exception = False
    assert as_administrator.get(f"/admin/{address}").status_code in (200, 302, 400)


def test_what_was_sent_is_not_logged(page, client, caplog):
    caplog.set_level(logging.DEBUG)
    create(client, PlainPage, page, {"title": "Judul", "slug": "judul", "body": "Warga Uji +62812345678"})
    assert "what was sent could not be read: JSONDecodeError" in caplog.text
    assert "Warga Uji" not in caplog.text


def test_a_fault_of_our_own_stays_one(page, client, monkeypatch):
    monkeypatch.setattr(PlainPage, "save", lambda *_args, **_more: {}["our own"])
    typed = {"title": "Judul", "slug": "judul", "body": rich_text("<p>Isi</p>")}
    assert create(client, PlainPage, page, typed).status_code == 500


def test_a_form_outside_the_editors_room_is_none_of_its_business(rf):
    def value_from_datadict() -> None:
        raise KeyError("count")

    request = rf.post("/lapor/")
    request.resolver_match = type("Match", (), {"route": "lapor/"})
    with pytest.raises(KeyError) as fault:
        value_from_datadict()
    middleware = UnreadableMiddleware(lambda request: None)
    assert middleware.process_exception(request, fault.value) is None
    assert middleware.process_exception(request, BadRequest()) is None
