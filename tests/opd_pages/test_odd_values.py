"""Whatever is sent in a field of a form of ours in /admin/, nothing breaks: what cannot be is told beside its field."""

import re
from collections.abc import Iterable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.models import DocumentsPage, GalleryPage
from opd_pages.models import LeadersPage
from opd_pages.services.unit_pages import open_unit_page
from tests.browsers import soup
from tests.editing import create, inline_formset, nested_form_data, rich_text, streamfield

from .one_of_each import write_one_of_each
from .test_registers import addresses
from .test_registers import rows as rows

# Of no form at all, and of rows that are not there.
SHAPELESS, MISSING = ("abc", "\x00"), ("999999", "9" * 30, "-1")
SETTINGS = [("home", "portalsettings"), ("cases", "clocksettings"), ("ppid", "ppidsettings")]
BLOCKS = ("body", "images", "documents", "questions", "procedure", "profiles", "hotlines")
# What a script adds to a form.
ADDED = nested_form_data({"comments": inline_formset([])} | dict.fromkeys(BLOCKS, streamfield([])))
CHOOSER = re.compile(r'new \w*Chooser\("id_([\w-]+)"')


def typed_fields(page: str, client: Client) -> dict[str, str]:
    """What the form of this page holds; nothing where there is none."""
    # Beside it there are small ones, to search or to log out.
    forms = soup(client.get(page)).select("form")
    form = max(forms, key=lambda form: len(form.select("[name]")), default=None)
    found = {}
    for field in form.select("input[name], select[name], textarea[name]") if form else ():
        if field.get("type") in ("submit", "file") or field["name"] == "csrfmiddlewaretoken":
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            found[field["name"]] = chosen.get("value", "") if chosen else ""
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            found[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    return found


def breaks(client: Client, page: str, sent: dict[str, str]) -> bool:
    client.raise_request_exception = False
    return client.post(page, ADDED | sent).status_code == 500


def broken_choosers(client: Client, pages: Iterable[str], values: Iterable[str]) -> tuple[int, list]:
    """How many fields in which something is chosen these pages have, and where which value breaks one."""
    count, broken = 0, []
    for page in pages:
        choosers = set(CHOOSER.findall(client.get(page).content.decode()))
        typed = typed_fields(page, client)
        count += len(choosers & set(typed))
        sent = [(name, value) for name in choosers & set(typed) for value in values]
        broken += [(page, name, value) for name, value in sent if breaks(client, page, typed | {name: value})]
    return count, broken


def test_odd_values_break_no_register_and_no_settings(as_administrator, rows, small_portal):
    pages = addresses(rows, ["create", "edit"])
    pages += [reverse("wagtailsettings:edit", args=names) for names in SETTINGS]
    broken = []
    for page in pages:
        typed = typed_fields(page, as_administrator)
        # Alone, so that what looks at several fields is asked with the others as they should be.
        tried = [{name: "abc"} for name in typed]
        tried += [dict.fromkeys(typed, value) for value in (*SHAPELESS, *MISSING)]
        broken += [(page, odd) for odd in tried if breaks(as_administrator, page, typed | odd)]
    assert broken == []


def test_a_register_s_chooser_answers_to_whatever_is_sent(as_administrator, rows, small_portal):
    elsewhere = open_unit_page(small_portal.dander)
    values = [*SHAPELESS, *MISSING, str(elsewhere.pk)]
    assert broken_choosers(as_administrator, addresses(rows, ["create", "edit"]), values) == (2, [])


def test_a_chooser_of_an_editor_s_page_answers_to_whatever_is_sent(as_editor, small_portal):
    unit_page = open_unit_page(small_portal.kapas)
    write_one_of_each(unit_page)
    values = [*SHAPELESS, *MISSING, str(open_unit_page(small_portal.dander).pk)]
    pages = Page.objects.descendant_of(unit_page, inclusive=True).values_list("pk", flat=True)
    addresses = [reverse("wagtailadmin_pages:edit", args=[pk]) for pk in pages]
    # The picture of a piece of news; unit and evidence of four commitments.
    assert broken_choosers(as_editor, addresses, values) == (9, [])


@pytest.mark.parametrize("odd", [*SHAPELESS, *MISSING])
def test_a_block_that_chooses_a_picture_a_file_or_a_leader_answers_to_whatever_is_sent(
    as_editor, small_portal, odd
):
    unit_page = open_unit_page(small_portal.kapas)
    blocks = [
        (GalleryPage, "images", ("picture", {"image": odd, "alt": "Balai"})),
        (DocumentsPage, "documents", ("document", {"document": odd})),
        (LeadersPage, "profiles", ("profile", {"leader": odd, "photo": odd})),
    ]
    typed = {"title": "Uji", "slug": "uji", "introduction": rich_text("")}
    answers = [
        create(as_editor, kind, unit_page, typed | {field: streamfield([block])})
        for kind, field, block in blocks
    ]
    assert [answer.status_code for answer in answers] == [200] * 3


def test_a_page_with_as_many_documents_as_it_may_have_is_saved(as_editor, small_portal):
    unit_page = open_unit_page(small_portal.kapas)
    file = get_document_model().objects.create(
        title="Perda", file=ContentFile(b"x", "perda.pdf"), collection=unit_page.collection
    )
    most = DocumentsPage.documents.field.stream_block.meta.max_num
    rows = [("document", {"document": str(file.pk), "description": f"Nomor {n}"}) for n in range(most)]
    typed = {"title": "Perda", "slug": "perda", "introduction": rich_text(""), "documents": streamfield(rows)}
    answer = create(as_editor, DocumentsPage, unit_page, typed)
    assert (answer.status_code, len(DocumentsPage.objects.get().documents)) == (302, most)
