"""What a unit needs to keep its page: page, collection and group of editors, made together."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Length, Substr
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move
from wagtail.models import Collection, Page, Revision

from home.addresses import address_below, is_shadowed
from home.models import HomePage
from home.services.site import open_site

from ..models import Level, Unit, UnitPage
from .editors import EditorsRights, open_editors_group
from .groups import admit_editors, units_with_editors
from .importing import Progress


def units_to_open() -> QuerySet[Unit]:
    """The current units that open_unit_pages has work for: no page, or one in another place or of another name."""
    home = HomePage.objects.first()
    full_name = Case(
        When(kind__prefixes_name=True, then=Concat("kind__label", Value(" "), "name")), default="name"
    )
    stands_in_home = Q(parent=None) | Q(parent__kind__level=Level.ROOT)
    above = Case(When(stands_in_home, then=Value(home.path if home else "")), default="parent__page__path")
    units = Unit.objects.current().annotate(
        full_name_now=full_name,
        place_due=above,
        place_now=Substr("page__path", 1, Length("page__path") - Page.steplen),
    )
    in_place = Q(page__title=F("full_name_now"), place_now=F("place_due"))
    return units.filter(Q(page=None) | ~in_place)


def open_unit_page(unit: Unit) -> UnitPage:
    """The unit's page with its collection and group, made or put in their place where they are not."""
    open_unit_pages([unit])
    return UnitPage.objects.get(unit=unit)


def open_unit_pages(
    units: Iterable[Unit], *, progress: Progress = lambda done, total: None
) -> list[UnitPage]:
    """Open a page for every unit that has none, its parents' first, and return the new ones.

    A unit is done or not begun when this is interrupted; called again it goes on. A page whose unit has
    moved below another unit moves after it, and one whose unit was renamed is renamed.
    """
    home, rights = open_site(), EditorsRights.fetch()
    wanted, pages = _from_the_root_down(units), _pages_by_unit()
    edited = units_with_editors()
    made = []
    for done, unit in enumerate(wanted, start=1):
        with transaction.atomic():
            above, is_new = _page_above(unit, pages), unit.pk not in pages
            if is_new:
                pages[unit.pk] = _make_page(unit, above, home)
                made.append(pages[unit.pk])
            elif _put_right(pages[unit.pk], unit, above, home):
                pages = _pages_by_unit()
            _open_group(unit, pages[unit.pk], home, rights)
            if is_new and unit.pk in edited:
                admit_editors(unit)
        progress(done, len(wanted))
    return made


def _from_the_root_down(units: Iterable[Unit]) -> list[Unit]:
    """The units and those above them, each holding its parents."""
    ids = {int(pk) for unit in units for pk in unit.lineage.strip("/").split("/")}
    found = Unit.objects.select_related("kind").in_bulk(ids)
    for unit in found.values():
        if unit.parent_id:
            unit.parent = found[unit.parent_id]
    # Of two with one name the older keeps the address.
    return sorted(found.values(), key=lambda unit: (unit.lineage.count("/"), unit.name, unit.pk))


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
        locale_id=parent.locale_id,
        live=False,
        first_published_at=now,
        last_published_at=now,
    )
    parent.add_child(instance=page)
    _publish_first_revision(page)
    return page


def _publish_first_revision(page: UnitPage) -> None:
    """What save_revision() and publish() do, each of which writes, checks and indexes the whole page again."""
    page.live = True
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    Page.objects.filter(pk=page.pk).update(
        live=True,
        latest_revision=revision,
        live_revision=revision,
        latest_revision_created_at=revision.created_at,
    )


def _open_collection(unit: Unit, above: UnitPage | None) -> Collection:
    return _shelf(above).add_child(instance=Collection(name=unit.full_name))


def _shelf(above: UnitPage | None) -> Collection:
    """Where a unit's collection stands: in that of the unit above, so that its editors reach the pictures."""
    return above.collection if above else Collection.get_first_root_node()


def _put_right(page: UnitPage, unit: Unit, above: UnitPage | None, home: Page) -> bool:
    """Whether the page had to move: then the places of others in the tree are no longer what they were."""
    parent = above or home
    if page.collection is None:
        page.collection = _open_collection(unit, above)
        UnitPage.objects.filter(pk=page.pk).update(collection=page.collection)
    has_moved, old_path = not page.is_child_of(parent), page.url_path
    slug = _free_slug(unit, parent) if has_moved and not _is_free(page.slug, parent) else page.slug
    is_renamed = (page.title, page.slug) != (unit.full_name, slug)
    if is_renamed:
        page.refresh_from_db()  # somebody may have written on it meanwhile
        page.title = page.draft_title = unit.full_name
        page.slug = slug
        page.save()
    if has_moved:
        page.move(parent, pos="last-child")
        # The move itself tells of the address that the page got just before it.
        moved = UnitPage.objects.get(pk=page.pk)
        autocreate_redirects_on_page_move(moved, url_path_before=old_path, url_path_after=moved.url_path)
    if is_renamed or has_moved:
        _put_collection_right(page.collection_id, unit, above)
    return has_moved


def _put_collection_right(pk: int, unit: Unit, above: UnitPage | None) -> None:
    Collection.objects.filter(pk=pk).update(name=unit.full_name)
    # Read anew: collections are kept in the order of their names, so others may have shifted these.
    shelf = _shelf(above)
    shelf.refresh_from_db()
    Collection.objects.get(pk=pk).move(shelf, pos="sorted-child")


def _open_group(unit: Unit, page: UnitPage, home: Page, rights: EditorsRights) -> None:
    """Whoever edits the kabupaten's page edits the portal: a unit's editors edit all that is below their unit."""
    if unit.kind.level == Level.ROOT:
        open_editors_group(unit, home, Collection.get_first_root_node(), rights)
    else:
        open_editors_group(unit, page, page.collection, rights)


def _free_slug(unit: Unit, parent: Page) -> str:
    plain = slugify(unit.full_name)
    return plain if plain and _is_free(plain, parent) else slugify(f"{unit.full_name} {unit.short_code}")


def _is_free(slug: str, parent: Page) -> bool:
    """Whether a page below this parent may have the slug."""
    taken = parent.get_children().filter(slug=slug).exists()
    return not taken and not is_shadowed(address_below(parent, slug))
