"""Whoever edits or keeps the portal reads Indonesian on every page of /admin/: forms, lists, choosers, questions, answers."""

import json
import re
from collections.abc import Iterable, Iterator

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import get_page_models

from opd_pages.models import NewsPage, Role, UnitPage
from tests.browsers import browser
from tests.editing import create, edit, streamfield
from tests.factories import member
from tests.languages import ENGLISH, Reading
from tests.test_every_address import ARGUMENT, of_admin

from .conftest import paints_renditions
from .one_of_each import write_one_of_each

pytestmark = pytest.mark.everywhere
OF_A_PAGE = (
    "edit",
    "history",
    "usage",
    "delete",
    "unpublish",
    "copy",
    "move",
    "add_subpage",
    "view_draft",
    "privacy",
)
BULK = {
    "wagtailcore/page": ("delete", "move", "publish", "unpublish"),
    "wagtaildocs/document": ("delete", "add_tags", "add_to_collection"),
    "wagtailimages/image": ("delete", "add_tags", "add_to_collection"),
}
# More than those that give a citizen's page away.
OF_EDITING = frozenset(
    [
        "text",
        "subject",
        "link",
        "links",
        "picture",
        "parent",
        "child",
        "action",
        "actions",
        "created",
        "used",
        "usage",
        "latest",
        "version",
        "versions",
    ]
)
# The name of a language and of a key, and a word of both; then what Wagtail wrote into templates without marking it.
KEPT = {"english", "enter", "valid"}
UNMARKED = {"Search", "Actions"}
NAMED = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@pytest.fixture
def kapas(portal) -> UnitPage:
    """A unit's page with one of everything below it, and with a past."""
    page = portal.kapas.page
    write_one_of_each(page)
    keeper = member("penyunting.kapas", portal.kapas, Role.EDITOR)
    news = NewsPage.objects.get()
    news.save_revision(user=keeper, log_action=True).publish(user=keeper)
    news.unpublish(user=keeper)
    news.save_revision(user=keeper, log_action=True)
    shelf = {"collection": page.collection, "uploaded_by_user": keeper}
    get_document_model().objects.create(title="Rencana", file=ContentFile(b"%PDF-1.4", name="x.pdf"), **shelf)
    get_image_model().objects.create(title="Balai", file=get_test_image_file(), **shelf)
    return page


def addresses(kapas: UnitPage) -> Iterator[str]:
    """Every address of /admin/, filled with what is Kapas's; then what only a query or a type leads to."""
    pages = [kapas.get_parent(), kapas, *kapas.get_descendants()]
    # One of each type.
    pages = list({page.content_type_id: page for page in reversed(pages)}.values())
    document, image = get_document_model().objects.get(), get_image_model().objects.get()
    news = NewsPage.objects.get()
    words = {
        "document_id": document.pk,
        "doc_id": document.pk,
        "image_id": image.pk,
        "revision_id": news.latest_revision_id,
    }
    for pattern, _route in of_admin():
        # Wagtail's own procedures are turned off.
        if "workflow" in pattern:
            continue
        names = [first or second for first, second in NAMED.findall(pattern)]
        if not names and not ARGUMENT.search(pattern):
            yield f"/{pattern.removesuffix('$')}"
        elif len(names) == 1 and names[0] in words and "(" not in NAMED.sub("", pattern):
            yield "/" + NAMED.sub(str(words[names[0]]), pattern).removesuffix("$")
    for page in pages:
        yield f"/admin/pages/{page.pk}/"
        yield from (f"/admin/pages/{page.pk}/{verb}/" for verb in OF_A_PAGE)
    yield f"/admin/pages/{kapas.pk}/?q=tidakada"
    yield f"/admin/pages/{kapas.pk}/?ordering=ord"
    yield f"/admin/choose-page/{kapas.pk}/?page_type=wagtailcore.page"
    revisions = f"/admin/pages/{news.pk}/revisions"
    yield f"{revisions}/{news.latest_revision_id}/view/"
    yield f"{revisions}/{news.latest_revision_id}/revert/"
    yield f"{revisions}/compare/earliest...latest/"
    yield f"/admin/pages/{news.pk}/edit/preview/"
    for kind in get_page_models():
        if page := next((page for page in pages if kind.can_create_at(page.specific)), None):
            yield f"/admin/pages/add/{kind._meta.app_label}/{kind._meta.model_name}/{page.pk}/"
    for what, verbs in BULK.items():
        model = {"page": NewsPage, "document": get_document_model(), "image": get_image_model()}[
            what.split("/")[1]
        ]
        yield from (f"/admin/bulk/{what}/{verb}/?id={model.objects.get().pk}&next=/admin/" for verb in verbs)
    for list_of in (
        "pages/search",
        "documents",
        "images",
        "choose-page/search",
        "documents/chooser",
        "images/chooser",
    ):
        yield f"/admin/{list_of}/?q=tidakada"
    for register in ("unit", "leader", "section", "unitkind", "searchword", "membership"):
        yield f"/admin/opd_pages/{register}/?q=tidakada"
        yield f"/admin/opd_pages/{register}/create/"
    yield f"/admin/opd_pages/unit/edit/{kapas.unit_id}/"
    yield f"/admin/opd_pages/unit/history/{kapas.unit_id}/"


def english_texts(response: HttpResponse) -> list[str]:
    """A modal comes as HTML within JSON."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith(("text/html", "application/json")):
        return []
    said = response.content.decode()
    if kind.startswith("application/json"):
        sent = json.loads(said)
        said = (sent.get("html") or "") if isinstance(sent, dict) else ""
    if "<html" not in said:
        said = f'<html lang="id"><body>{said}</body></html>'
    return [text for text in Reading(said).parts("id", (ENGLISH | OF_EDITING) - KEPT) if text not in UNMARKED]


def read(client: Client, addresses: Iterable[str]) -> dict[str, str]:
    """What is English, with an address where it stands."""
    found = {}
    for address in addresses:
        for text in english_texts(client.get(address, follow=True)):
            found.setdefault(text, address)
    return found


@paints_renditions
def test_an_editor_reads_no_english_word(portal, kapas):
    client = browser(member("siti", portal.kapas, Role.EDITOR))
    assert read(client, dict.fromkeys(addresses(kapas))) == {}


@paints_renditions
def test_an_administrator_reads_no_english_word(portal, kapas, as_administrator):
    assert read(as_administrator, dict.fromkeys(addresses(kapas))) == {}


@paints_renditions
def test_what_the_portal_answers_to_an_editor_is_indonesian(portal, kapas):
    client, news = browser(member("siti", portal.kapas, Role.EDITOR)), NewsPage.objects.get()
    index = news.get_parent()
    empty = create(client, NewsPage, index, {"title": "", "body": streamfield([])})
    assert (empty.status_code, english_texts(empty)) == (200, [])
    wrong = edit(client, news, {"title": "Kabar", "published_on": "besok", "body": streamfield([])})
    assert (wrong.status_code, english_texts(wrong)) == (200, [])
    for address, sent in {
        f"/admin/pages/{news.pk}/copy/": {
            "new_title": "Salinan",
            "new_slug": "salinan",
            "new_parent_page": index.pk,
        },
        f"/admin/pages/{news.pk}/unpublish/": {},
        f"/admin/pages/{news.pk}/move/{kapas.pk}/confirm/": {},
        "/admin/account/": {},
    }.items():
        answer = client.post(address, sent, follow=True)
        assert (address, english_texts(answer)) == (address, [])
