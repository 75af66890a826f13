"""What a unit needs to keep its page: page, collection and group of editors, made together."""

from collections.abc import Iterable, Sequence
from itertools import count, groupby

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Length, Substr
from django.utils.text import slugify
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move
from wagtail.models import Collection, Page

from home.addresses import address_below, is_shadowed
from home.models import HomePage
from home.services.site import open_site

from ..models import Level, Unit, UnitPage
from .editors import EditorsRights, open_editors_groups
from .groups import admit_editors, units_with_editors
from .importing import Progress
from .new_pages import add_pages


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

    The units below one page are done or not begun when this is interrupted; called again it goes on. A page whose unit
    has moved below another unit moves after it, and one whose unit was renamed is renamed.
    """
    home, rights = open_site(), EditorsRights.fetch()
    wanted, pages = _from_the_root_down(units), _pages_by_unit()
    edited = units_with_editors()
    made, done = [], count(1)
    for _, together in groupby(wanted, key=_place):
        siblings = list(together)
        with transaction.atomic():
            above, new = _page_above(siblings[0], pages), [unit for unit in siblings if unit.pk not in pages]
            for unit in siblings:
                if unit.pk in pages and _put_right(pages[unit.pk], unit, above, home):
                    pages, above = _pages_by_unit(), _page_above(unit, pages)
            made += (added := _make_pages(new, above, home))
            pages |= {page.unit_id: page for page in added}
            open_editors_groups([_edited_place(unit, pages[unit.pk], home) for unit in siblings], rights)
            for unit in new:
                if unit.pk in edited:
                    admit_editors(unit)
        for _ in siblings:
            progress(next(done), len(wanted))
    return made


def _from_the_root_down(units: Iterable[Unit]) -> list[Unit]:
    """The units and those above them, each holding its parents."""
    ids = {int(pk) for unit in units for pk in unit.lineage.strip("/").split("/")}
    found = Unit.objects.select_related("kind").in_bulk(ids)
    for unit in found.values():
        if unit.parent_id:
            unit.parent = found[unit.parent_id]
    # Of two with one name the older keeps the address.
    return sorted(found.values(), key=lambda unit: (*_place(unit), unit.name, unit.pk))


def _place(unit: Unit) -> tuple[int, int]:
    """Alike for units whose pages are siblings; those above come first."""
    return (unit.lineage.count("/"), unit.parent_id) if _stands_below_another(unit) else (0, 0)


def _stands_below_another(unit: Unit) -> bool:
    """The kabupaten's own page stands beside those of its units, so that addresses stay short."""
    return unit.parent is not None and unit.parent.kind.level != Level.ROOT


def _pages_by_unit() -> dict[int, UnitPage]:
    return {page.unit_id: page for page in UnitPage.objects.select_related("collection")}


def _page_above(unit: Unit, pages: dict[int, UnitPage]) -> UnitPage | None:
    return pages[unit.parent_id] if _stands_below_another(unit) else None


def _make_pages(units: Sequence[Unit], above: UnitPage | None, home: Page) -> list[UnitPage]:
    parent = above or home
    taken = _slugs_below(parent)

    def slug_of(unit: Unit) -> str:
        taken.add(slug := _free_slug(unit, parent, taken))
        return slug

    return add_pages(units, parent, _shelf(above), slug_of=slug_of) if units else []


def _shelf(above: UnitPage | None) -> Collection:
    """Where a unit's collection stands: in that of the unit above, so that its editors reach the pictures."""
    return above.collection if above else Collection.get_first_root_node()


def _put_right(page: UnitPage, unit: Unit, above: UnitPage | None, home: Page) -> bool:
    """Whether the page had to move: then the places of others in the tree are no longer what they were."""
    parent = above or home
    if page.collection is None:
        page.collection = _shelf(above).add_child(instance=Collection(name=unit.full_name))
        UnitPage.objects.filter(pk=page.pk).update(collection=page.collection)
    has_moved, old_path = not page.is_child_of(parent), page.url_path
    slug = _slug_after_move(page, unit, parent) if has_moved else page.slug
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


def _edited_place(unit: Unit, page: UnitPage, home: Page) -> tuple[Unit, Page, Collection]:
    """Whoever edits the kabupaten's page edits the portal: a unit's editors edit all that is below their unit."""
    if unit.kind.level == Level.ROOT:
        return unit, home, Collection.get_first_root_node()
    return unit, page, page.collection


def _slug_after_move(page: UnitPage, unit: Unit, parent: Page) -> str:
    taken = _slugs_below(parent)
    return page.slug if _is_free(page.slug, parent, taken) else _free_slug(unit, parent, taken)


def _free_slug(unit: Unit, parent: Page, taken: set[str]) -> str:
    plain = slugify(unit.full_name)
    return (
        plain if plain and _is_free(plain, parent, taken) else slugify(f"{unit.full_name} {unit.short_code}")
    )


def _is_free(slug: str, parent: Page, taken: set[str]) -> bool:
    """Whether a page below this parent may have the slug."""
    return slug not in taken and not is_shadowed(address_below(parent, slug))


def _slugs_below(parent: Page) -> set[str]:
    return set(parent.get_children().values_list("slug", flat=True))
