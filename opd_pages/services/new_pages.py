"""New pages of units that stand below one page, with their collections and first revisions, made together.

Page by page, treebeard and Wagtail ask and write some twenty times each: a kabupaten has five hundred of them.
"""

from collections.abc import Callable, Sequence

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelsearch.backends import get_search_backends
from wagtail.models import Collection, Page, ReferenceIndex, Revision

from ..models import Unit, UnitPage


def add_pages(
    units: Sequence[Unit], parent: Page, shelf: Collection, *, slug_of: Callable[[Unit], str]
) -> list[UnitPage]:
    """A published page below `parent` for each unit, and its collection below `shelf`. Call it in a transaction."""
    collections, now = _add_collections(units, shelf), timezone.now()
    pages = [
        UnitPage(
            title=unit.full_name,
            draft_title=unit.full_name,
            slug=slug_of(unit),
            unit=unit,
            collection=collections[unit.pk],
            locale_id=parent.locale_id,
            first_published_at=now,
            last_published_at=now,
            latest_revision_created_at=now,
        )
        for unit in units
    ]
    _insert(pages, parent)
    _add_first_revisions(pages)
    _enter_into_indexes(pages)
    return pages


def _add_collections(units: Sequence[Unit], shelf: Collection) -> dict[int, Collection]:
    """By unit. Wagtail keeps collections in the order of their names."""
    shelf = Collection.objects.select_for_update().get(pk=shelf.pk)
    if not shelf.is_leaf():
        # Each has to find its place among those that stand there.
        return {unit.pk: shelf.add_child(instance=Collection(name=unit.full_name)) for unit in units}
    ordered = sorted(units, key=lambda unit: unit.full_name)
    collections = {unit.pk: Collection(name=unit.full_name) for unit in ordered}
    _give_places(list(collections.values()), shelf)
    Collection.objects.bulk_create(collections.values())
    return collections


def _insert(pages: Sequence[UnitPage], parent: Page) -> None:
    standing = Page.objects.select_for_update().get(pk=parent.pk)
    _give_places(pages, standing)
    parent.numchild = standing.numchild
    for page in pages:
        page.set_url_path(parent)
    own = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in own}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page.save_base(raw=True, force_insert=True)  # the row of UnitPage alone


def _give_places(nodes: Sequence[Page | Collection], parent: Page | Collection) -> None:
    """Paths after the last child of the parent, whose row is locked."""
    last, depth = parent.get_last_child(), parent.depth + 1
    for step, node in enumerate(nodes, start=last._get_lastpos_in_path() + 1 if last else 1):
        node.path, node.depth = parent._get_path(parent.path, depth, step), depth
    parent.numchild += len(nodes)
    type(parent)._base_manager.filter(pk=parent.pk).update(numchild=F("numchild") + len(nodes))


def _add_first_revisions(pages: Sequence[UnitPage]) -> None:
    revisions = Revision.objects.bulk_create(
        Revision(
            content_object=page,
            base_content_type=page.get_base_content_type(),
            created_at=page.latest_revision_created_at,
            content=page.serializable_data(),
            object_str=str(page),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    first = Revision.page_revisions.filter(object_id=Cast(OuterRef("pk"), CharField())).values("pk")[:1]
    rows = Page.objects.filter(pk__in=[page.pk for page in pages])
    rows.update(latest_revision=Subquery(first), live_revision=Subquery(first))


def _enter_into_indexes(pages: Sequence[UnitPage]) -> None:
    """What saving a page alone does by signals."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(UnitPage, pages)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
