"""What a unit needs to keep its page: page, collection and group of editors, made together."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection, Page, Revision

from home.addresses import address_below, is_shadowed
from home.services.site import open_site

from ..models import Level, Membership, Role, Unit, UnitPage
from .editors import EditorsRights, open_editors_group
from .groups import sync_groups
from .importing import Progress


def open_unit_page(unit: Unit) -> UnitPage:
    """The unit's page with its collection and group, made or put in their place where they are not."""
    open_unit_pages([unit])
    return UnitPage.objects.get(unit=unit)


def open_unit_pages(
    units: Iterable[Unit], *, progress: Progress = lambda done, total: None
) -> list[UnitPage]:
    """Open a page for every unit that has none, its parents' first, and return the new ones.

    A unit is done or not begun when this is interrupted; called again it goes on. A page whose unit has
    moved below another unit moves after it.
    """
    home, rights = open_site(), EditorsRights.fetch()
    wanted, pages = _from_the_root_down(units), _pages_by_unit()
    made = []
    for done, unit in enumerate(wanted, start=1):
        with transaction.atomic():
            above = _page_above(unit, pages)
            if page := pages.get(unit.pk):
                if _put_right(page, unit, above, home):
                    pages = _pages_by_unit()
            else:
                page = pages[unit.pk] = _make_page(unit, above, home)
                made.append(page)
            _open_group(unit, page, home, rights)
        progress(done, len(wanted))
    _admit_editors(made)
    return made


def _from_the_root_down(units: Iterable[Unit]) -> list[Unit]:
    """The units and those above them, each holding its parents."""
    ids = {int(pk) for unit in units for pk in unit.lineage.strip("/").split("/")}
    found = Unit.objects.select_related("kind").in_bulk(ids)
    for unit in found.values():
        if unit.parent_id:
            unit.parent = found[unit.parent_id]
    return sorted(found.values(), key=lambda unit: (unit.lineage.count("/"), unit.name))


def _pages_by_unit() -> dict[int, UnitPage]:
    return {page.unit_id: page for page in UnitPage.objects.select_related("collection")}


def _page_above(unit: Unit, pages: dict[int, UnitPage]) -> UnitPage | None:
    """The parent's page. The kabupaten's own stands beside those of its units, so that addresses stay short."""
    parent = unit.parent
    return pages[parent.pk] if parent and parent.kind.level != Level.ROOT else None


def _make_page(unit: Unit, above: UnitPage | None, home: Page) -> UnitPage:
    parent, now = above or home, timezone.now()
    page = UnitPage(
        title=unit.full_name,
        slug=_free_slug(unit, parent),
        unit=unit,
        collection=_open_collection(unit, above),
        first_published_at=now,
        last_published_at=now,
    )
    parent.add_child(instance=page)
    _record_first_revision(page)
    return page


def _record_first_revision(page: UnitPage) -> None:
    """What save_revision() and publish() do, each of which writes, checks and indexes the whole page again."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    UnitPage.objects.filter(pk=page.pk).update(
        latest_revision=revision, live_revision=revision, latest_revision_created_at=revision.created_at
    )


def _open_collection(unit: Unit, above: UnitPage | None) -> Collection:
    return _shelf(above).add_child(instance=Collection(name=unit.full_name))


def _shelf(above: UnitPage | None) -> Collection:
    """Where a unit's collection stands: in that of the unit above, so that its editors reach the pictures."""
    return Collection.objects.get(pk=above.collection_id) if above else Collection.get_first_root_node()


def _put_right(page: UnitPage, unit: Unit, above: UnitPage | None, home: Page) -> bool:
    """Whether the page had to move: then the places of others in the tree are no longer what they were."""
    if page.collection is None:
        page.collection = _open_collection(unit, above)
        UnitPage.objects.filter(pk=page.pk).update(collection=page.collection)
    if page.is_child_of(above or home):
        return False
    page.move(above or home, pos="last-child")
    # Read anew: collections are kept in the order of their names, so others may have shifted this one.
    Collection.objects.get(pk=page.collection_id).move(_shelf(above), pos="sorted-child")
    return True


def _open_group(unit: Unit, page: UnitPage, home: Page, rights: EditorsRights) -> None:
    """Whoever edits the kabupaten's page edits the portal: a unit's editors edit all that is below their unit."""
    if unit.kind.level == Level.ROOT:
        open_editors_group(unit, home, Collection.get_first_root_node(), rights)
    else:
        open_editors_group(unit, page, page.collection, rights)


def _free_slug(unit: Unit, parent: Page) -> str:
    plain = slugify(unit.full_name)
    with_code = slugify(f"{unit.full_name} {unit.short_code}")
    taken = set(parent.get_children().filter(slug__in=[plain, with_code]).values_list("slug", flat=True))
    if plain and plain not in taken and not is_shadowed(address_below(parent, plain)):
        return plain
    return with_code


def _admit_editors(pages: list[UnitPage]) -> None:
    """People who became editors before there was a group for them."""
    units = [page.unit_id for page in pages]
    waiting = Membership.objects.current().filter(role=Role.EDITOR, unit__in=units).select_related("user")
    for user in {membership.user for membership in waiting}:
        sync_groups(user)
