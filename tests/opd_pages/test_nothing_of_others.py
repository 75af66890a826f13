"""An editor of one unit meets nothing of another that is not public: on every address of /admin/, by link and by form.

Whatever Wagtail shows of pages, files, histories, reports, choosers, bulk actions and its API is asked for what belongs to
Kecamatan Dander, by who edits Kecamatan Kapas.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Revision

from home.models import PlainPage
from opd_pages.models import Role, UnitPage
from tests.browsers import browser
from tests.factories import member
from tests.test_every_address import of_admin

from .conftest import paints_renditions

# One word for each thing of Dander's that only its own people read.
MARKS = ("NaskahDander", "PerubahanDander", "DokumenDander", "GambarDander", "BaruDander")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass
class Dander:
    page: UnitPage
    draft: PlainPage
    document: object
    image: object
    collection: Collection
    revision: Revision

    @classmethod
    def make(cls, portal) -> "Dander":
        page = portal.dander.page
        keeper = member("penyunting.dander", portal.dander, Role.EDITOR)
        draft = page.add_child(
            instance=PlainPage(
                title="NaskahDander", slug="naskah", body="<p>NaskahDander</p>", live=False, owner=keeper
            )
        )
        draft.save_revision(user=keeper, log_action=True)
        page.introduction = "PerubahanDander"
        revision = page.save_revision(user=keeper, log_action=True)
        news = page.add_child(
            instance=PlainPage(title="Kabar", slug="kabar", body="<p>Kabar.</p>", owner=keeper)
        )
        news.title = "BaruDander"
        news.save_revision(user=keeper, log_action=True)
        collection = page.collection
        document = get_document_model().objects.create(
            title="DokumenDander",
            file=ContentFile(b"%PDF-1.4", name="x.pdf"),
            collection=collection,
            uploaded_by_user=keeper,
        )
        image = get_image_model().objects.create(
            title="GambarDander", file=get_test_image_file(), collection=collection, uploaded_by_user=keeper
        )
        document.tags.add("TandaDander")
        image.tags.add("TandaDander")
        return cls(page, draft, document, image, collection, revision)

    def rows(self) -> dict:
        """All that an editor could change, in the database."""
        below = Page.objects.descendant_of(self.page, inclusive=True)
        return {
            "pages": list(Page.objects.filter(path__startswith=self.page.path).values()),
            "revisions": Revision.page_revisions.filter(
                object_id__in=[str(page.pk) for page in below]
            ).count(),
            "documents": list(get_document_model().objects.filter(collection=self.collection).values()),
            "images": list(
                get_image_model()
                .objects.filter(collection=self.collection)
                .values("pk", "title", "collection")
            ),
            "collections": list(Collection.objects.values()),
            "elsewhere": Page.objects.exclude(path__startswith=self.page.path).count(),
        }

    def ways(self) -> list[str]:
        return [
            f"/admin/pages/{self.draft.pk}/edit/",
            f"/admin/documents/edit/{self.document.pk}/",
            f"/admin/images/{self.image.pk}/",
        ]

    def values(self, name: str) -> list:
        """What fills an argument of an address."""
        pages = [self.draft.pk, self.page.pk, self.page.get_children().get(slug="kabar").pk]
        pages.append(self.page.get_parent().pk)
        files = {"document_id": [self.document.pk], "doc_id": [self.document.pk], "image_id": [self.image.pk]}
        words = {
            "content_type_app_name": ["home"],
            "content_type_model_name": ["plainpage"],
            "app_label": ["wagtailcore", "wagtaildocs", "wagtailimages"],
            "app_name": ["home"],
            "model_name": ["page", "document", "image"],
            "object_id": [self.draft.pk, self.page.pk],
            "action": ["delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"],
            "action_name": ["copy", "delete", "publish", "unpublish", "move", "convert_alias"],
            "filter_spec": ["max-100x100"],
            "revision_id": [self.revision.pk, self.draft.latest_revision_id],
            "collection_id": [self.collection.pk],
        }
        if name in words:
            return words[name]
        if "page" in name or name == "destination_id":
            return pages
        if name in ("pk", "instance_pk"):
            return [*pages, self.document.pk, self.image.pk, self.collection.pk]
        return files.get(name, [1])


@pytest.fixture
def dander(portal):
    return Dander.make(portal)


@pytest.fixture
def editor_of_kapas(portal, dander):
    return browser(member("penyunting.kapas", portal.kapas, Role.EDITOR))


def addresses(dander: Dander) -> Iterator[str]:
    for pattern, _route in of_admin():
        names = [first or second for first, second in ARGUMENT.findall(pattern)]
        for values in product(*(dander.values(name) for name in names)):
            filling = iter(values)
            address = ARGUMENT.sub(lambda _match, filling=filling: str(next(filling)), pattern)
            yield "/" + address.removesuffix("$").replace(".*", "x")
    pages = (dander.draft.pk, dander.page.pk)
    for pk in pages:
        yield f"/admin/pages/{pk}/revisions/compare/earliest...latest/"
        yield f"/admin/pages/{pk}/revisions/compare/live...{dander.revision.pk}/"


SEARCHED = ["q", "search", "search_query"]


def lists(dander: Dander) -> Iterator[str]:
    """Lists, choosers and reports, searched and narrowed to what is Dander's."""
    for address in dict.fromkeys(addresses(dander)):
        if re.search(r"/\d+/(edit|delete|usage|move)", address) or "compare" in address:
            continue
        for name, mark in product(SEARCHED, MARKS[:4]):
            if "search" in address or "results" in address or "choose" in address or "api" in address:
                yield f"{address}?{name}={mark}"
    ids = {
        "page": f"id={dander.draft.pk}&id={dander.page.pk}",
        "document": f"id={dander.document.pk}",
        "image": f"id={dander.image.pk}",
    }
    yield f"/admin/choose-page/chosen-multiple/?{ids['page']}"
    for kind, app in (("document", "wagtaildocs"), ("image", "wagtailimages"), ("page", "wagtailcore")):
        if kind != "page":
            yield f"/admin/{kind}s/chooser/chosen-multiple/?{ids[kind]}"
        for action in ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"):
            yield f"/admin/bulk/{app}/{kind}/{action}/?{ids[kind]}&next=/admin/"
    yield "/admin/tag-autocomplete/?term=Tanda"
    for kind in ("documents", "images"):
        yield f"/admin/{kind}/?collection_id={dander.collection.pk}"
        yield f"/admin/{kind}/?tag=TandaDander"
        yield f"/admin/{kind}/chooser/results/?collection_id={dander.collection.pk}"
        yield f"/admin/api/main/{kind}/?fields=*"
    for pk in (dander.page.pk, dander.page.get_parent().pk):
        yield f"/admin/api/main/pages/?child_of={pk}&fields=*&for_explorer=1"
        yield f"/admin/api/main/pages/?descendant_of={pk}&fields=*"
        yield f"/admin/choose-page/{pk}/?page_type=wagtailcore.page"
        yield f"/admin/choose-page/{pk}/?page_type=home.plainpage&user_perms=copy_to"


@pytest.mark.everywhere
@paints_renditions
def test_no_address_shows_what_is_another_units(dander, editor_of_kapas):
    seen = {}
    for address in dict.fromkeys([*addresses(dander), *lists(dander)]):
        before = transaction.savepoint()
        response = editor_of_kapas.get(address)
        content = b"" if response.streaming else response.content
        transaction.savepoint_rollback(before)
        # What was typed comes back in the field of a search: there a way to the thing itself tells.
        asked = address.partition("?")[2]
        found = [mark for mark in MARKS if mark.encode() in content and mark not in asked]
        found += [way for way in dander.ways() if asked and way.encode() in content and way not in address]
        if found:
            seen[address] = found
    assert seen == {}, "\n".join(f"{a} {m}" for a, m in seen.items())


CHANGES = [
    *((f"/admin/pages/{{draft}}/{verb}/", {"title": "Diubah", "next": "/admin/"}) for verb in
      ("edit", "delete", "unpublish", "copy", "lock", "unlock", "privacy", "convert_alias")),
    ("/admin/pages/{page}/edit/", {"action-publish": "1", "introduction": "Diubah"}),
    ("/admin/pages/{page}/revisions/{revision}/revert/", {"introduction": "Diubah"}),
    ("/admin/pages/{draft}/copy/", {"new_title": "Salinan", "new_slug": "salinan", "new_parent_page": "{own}"}),
    ("/admin/pages/{draft}/move/{own}/confirm/", {}),
    ("/admin/pages/{draft}/set_position/", {}),
    ("/admin/pages/add/home/plainpage/{page}/", {"title": "Sisipan", "slug": "sisipan", "body": "null"}),
    *((f"/admin/api/main/pages/{{draft}}/action/{verb}/", {"destination_page_id": "{own}", "slug": "x"}) for verb in
      ("copy", "delete", "publish", "unpublish", "move", "create_alias", "revert_to_page_revision")),
    *((f"/admin/bulk/wagtailcore/page/{verb}/?id={{draft}}&id={{page}}&next=/admin/", {"chooser": "{own}"}) for verb in
      ("delete", "move", "publish", "unpublish")),
    *((f"/admin/bulk/wagtaildocs/document/{verb}/?id={{document}}&next=/admin/", {"collection": "{shelf}"}) for verb in
      ("delete", "add_tags", "add_to_collection")),
    *((f"/admin/bulk/wagtailimages/image/{verb}/?id={{image}}&next=/admin/", {"collection": "{shelf}"}) for verb in
      ("delete", "add_tags", "add_to_collection")),
    ("/admin/documents/edit/{document}/", {"title": "Diubah", "collection": "{shelf}"}),
    ("/admin/documents/delete/{document}/", {}),
    ("/admin/documents/multiple/{document}/delete/", {}),
    ("/admin/images/{image}/", {"title": "Diubah", "collection": "{shelf}"}),
    ("/admin/images/{image}/delete/", {}),
    ("/admin/images/multiple/{image}/delete/", {}),
    ("/admin/collections/{collection}/", {"name": "Diubah"}),
    ("/admin/collections/{collection}/delete/", {}),
    ("/admin/collections/{collection}/privacy/", {"restriction_type": "login"}),
]  # fmt: skip


@paints_renditions
def test_no_form_changes_moves_or_copies_what_is_another_units(portal, dander, editor_of_kapas):
    keys = {
        "draft": dander.draft.pk,
        "page": dander.page.pk,
        "revision": dander.revision.pk,
        "document": dander.document.pk,
        "image": dander.image.pk,
        "collection": dander.collection.pk,
        "own": portal.kapas.page.pk,
        "shelf": portal.kapas.page.collection.pk,
    }
    before = dander.rows()
    for address, sent in CHANGES:
        filled = {name: value.format(**keys) for name, value in sent.items()}
        editor_of_kapas.post(address.format(**keys), filled)
        assert dander.rows() == before, address


@paints_renditions
def test_an_editor_reaches_all_that_is_the_own_units(portal, dander):
    client = browser(member("lagi.dander", portal.dander, Role.EDITOR))
    for address in (
        f"/admin/pages/{dander.draft.pk}/edit/",
        f"/admin/pages/{dander.page.pk}/history/",
        f"/admin/pages/{dander.page.pk}/revisions/compare/live...{dander.revision.pk}/",
        f"/admin/pages/{dander.page.pk}/",
        f"/admin/documents/edit/{dander.document.pk}/",
        f"/admin/images/{dander.image.pk}/",
        f"/admin/choose-page/{dander.page.pk}/",
        "/admin/choose-page/",
        f"/admin/bulk/wagtailcore/page/publish/?id={dander.draft.pk}&next=/admin/",
    ):
        assert client.get(address).status_code == 200, address
    assert "NaskahDander" in client.get(f"/admin/choose-page/{dander.page.pk}/").content.decode()


@paints_renditions
def test_an_editor_links_to_what_another_unit_has_published(dander, editor_of_kapas):
    listed = editor_of_kapas.get(
        f"/admin/choose-page/{dander.page.pk}/?page_type=wagtailcore.page"
    ).content.decode()
    assert "Kabar" in listed
    assert "NaskahDander" not in listed


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["administrator", "editor_of_kapas"])
def test_the_root_has_no_place_and_what_is_no_key_chooses_nothing(request, person):
    who = request.getfixturevalue(person)
    client = who if person == "editor_of_kapas" else browser(who)
    root = Page.objects.get(depth=1).pk
    asked = (
        f"/admin/pages/{root}/set_position/?position=1",
        f"/admin/choose-page/chosen-multiple/?id={root}",
        "/admin/choose-page/chosen-multiple/?id=x",
        "/admin/images/chooser/chosen-multiple/?id=x",
    )
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 404)
