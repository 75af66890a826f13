"""Of the dashboard "Tugas unit Anda": pages to look at again, and links that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.addresses import page_address
from home.lasting import AHEAD, reviews_due
from home.models import BrokenLink, User

from ..models import Level, Unit
from .belonging import units_of
from .unit_duties import UnitDuty

MOST_LISTED = 10


@dataclass(frozen=True)
class PageTask:
    """A published page that somebody should look at, and whose it is. `edit` is "" for who may not change it."""

    page: Page
    unit: Unit | None
    url: str
    edit: str


@dataclass(frozen=True)
class PageReview(PageTask):
    """A page to look at again: who may change it may also say that it still holds."""

    due: date

    @property
    def is_overdue(self) -> bool:
        return self.due < timezone.localdate()


@dataclass(frozen=True)
class Reviews:
    """`total` pages are due now or within the next days; the longest due are listed."""

    total: int
    listed: list[PageReview]


@dataclass(frozen=True)
class PageLinks(PageTask):
    """A page with links that lead nowhere."""

    links: list[BrokenLink]


@dataclass(frozen=True)
class BrokenLinks:
    """`total` links on all pages; the pages with the most of them are listed."""

    total: int
    listed: list[PageLinks]


def pages_of(duties: Iterable[UnitDuty]) -> QuerySet[Page]:
    """All pages of these units; for the kabupaten those above all units, too."""
    duties = list(duties)
    if any(duty.unit.kind.level == Level.ROOT for duty in duties):
        return Page.objects.filter(depth__gt=1)
    highest: list[str] = []
    for place in sorted(duty.place for duty in duties if duty.place):
        if not highest or not place.startswith(highest[-1]):
            highest.append(place)
    places = Q(pk__in=[])
    for place in highest:
        places |= Q(path__startswith=place)
    return Page.objects.filter(places)


def reviews_for(user: User, pages: QuerySet[Page], every_days: int) -> Reviews:
    due = reviews_due(pages, every_days, until=timezone.localdate() + AHEAD)
    listed = _page_tasks(list(due)[:MOST_LISTED], user)
    return Reviews(len(due), [PageReview(**vars(task), due=due[task.page.pk]) for task in listed])


def broken_links_for(user: User, pages: QuerySet[Page]) -> BrokenLinks:
    links: dict[int, list[BrokenLink]] = defaultdict(list)
    for link in BrokenLink.objects.filter(page__in=pages.live().order_by().values("pk")):
        links[link.page_id].append(link)
    worst = sorted(links, key=lambda key: (-len(links[key]), key))[:MOST_LISTED]
    listed = _page_tasks(worst, user)
    total = sum(map(len, links.values()))
    return BrokenLinks(total, [PageLinks(**vars(task), links=links[task.page.pk]) for task in listed])


def _page_tasks(keys: Sequence[int], user: User) -> list[PageTask]:
    """In this order, without pages that are gone meanwhile."""
    pages = Page.objects.in_bulk(keys)
    units = units_of(pages.values())
    return [
        PageTask(pages[key], units.get(key), page_address(pages[key]), _edit_page(pages[key], user))
        for key in keys
        if key in pages
    ]


def _edit_page(page: Page, user: User) -> str:
    may = user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_publish()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""
