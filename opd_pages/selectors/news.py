"""What is told of news and events, on their pages, in lists and in feeds."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.db.models import Min, Q
from django.http import HttpRequest
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.languages import in_indonesian
from home.satisfaction import Satisfaction, verdict

from ..addresses import page_address, printed_page_address
from ..models import EventPage, NewsFigures, NewsIndexPage, NewsPage, Unit, UnitPage
from ..services.readers import Counted
from ..views.paging import page_links
from .belonging import units_of

PER_PAGE = 20
HOME_ROWS, UNIT_ROWS, FEED_ROWS = 4, 3, 20
BEYOND_UNIT = 2  # levels: the unit's list, and the news below it


@dataclass(frozen=True)
class Row:
    """One line of a list; `unit` is "" where the list is a unit's own."""

    title: str
    url: str
    summary: str
    on: date
    unit: str = ""


@dataclass(frozen=True)
class EventRow:
    title: str
    url: str
    venue: str
    starts_at: datetime


def news_context(page: NewsPage) -> dict:
    """{"address", "views", "verdict", "steps", "thanks"}: 1 query."""
    figures = NewsFigures.objects.filter(page=page).first() or NewsFigures()
    return {
        "address": page_address(page),
        "views": figures.views,
        "verdict": verdict(figures.votes),
        "steps": Satisfaction.choices,
        "thanks": {name.name.lower(): name.value for name in Counted},
    }


def index_context(page: NewsIndexPage, request: HttpRequest) -> dict:
    """{"rows", "events", "feed"} and the way to further pages: 3 queries."""
    news = NewsPage.objects.child_of(page).live().order_by("-published_on", "-pk")
    found = Paginator(news, PER_PAGE).get_page(request.GET.get("halaman"))
    events = EventPage.objects.child_of(page).live().coming().order_by("starts_at", "pk")
    return {
        "rows": [_row(each) for each in found],
        "events": [_event_row(each) for each in events[:PER_PAGE]],
        "feed": f"{page_address(page.get_parent())}berita.xml",
        **page_links(request, found),
    }


def newest_news() -> dict | None:
    """The newest of all units, for the home page: 2 queries."""
    news = list(NewsPage.objects.live().order_by("-published_on", "-pk")[:HOME_ROWS])
    if not news:
        return None
    units = units_of(news)
    rows = [_row(each, units[each.pk].full_name if each.pk in units else "") for each in news]
    return {"template": "opd_pages/panels/newest_news.html", "rows": rows}


def news_of_unit(unit: Unit) -> dict | None:
    """A unit's newest news and its coming events: 1 query. Wants `unit.page`."""
    news = _own(NewsPage, unit.page).order_by("-published_on", "-pk")[:UNIT_ROWS]
    events = _own(EventPage, unit.page).coming().order_by("starts_at", "pk")[:UNIT_ROWS]
    shown = Q(pk__in=news.values("pk")) | Q(pk__in=events.values("pk"))
    found = list(Page.objects.filter(shown).select_related("newspage", "eventpage"))
    if not found:
        return None
    news = [each.newspage for each in found if hasattr(each, "newspage")]
    events = [each.eventpage for each in found if hasattr(each, "eventpage")]
    index = found[0].url_path.rstrip("/").rpartition("/")[0]
    return {
        "template": "opd_pages/panels/unit_news.html",
        "rows": [
            _row(each) for each in sorted(news, key=lambda each: (each.published_on, each.pk), reverse=True)
        ],
        "events": [_event_row(each) for each in sorted(events, key=lambda each: (each.starts_at, each.pk))],
        "url": page_address(NewsIndexPage(url_path=f"{index}/")),
    }


def feed_of_unit(page: UnitPage) -> Rss201rev2Feed:
    """The unit's newest news as RSS, in Indonesian whoever asks: 2 queries."""
    unit = page.unit
    with in_indonesian():
        feed = Rss201rev2Feed(
            title=_("Berita %(unit)s") % {"unit": unit.place_name},
            link=printed_page_address(page),
            description=_("Berita terbaru dari %(unit)s") % {"unit": unit.place_name},
            language="id",
            feed_url=f"{printed_page_address(page)}berita.xml",
        )
        for news in _own(NewsPage, page).order_by("-published_on", "-pk")[:FEED_ROWS]:
            address = printed_page_address(news)
            feed.add_item(
                title=news.title,
                link=address,
                description=news.summary,
                unique_id=address,
                pubdate=datetime.combine(news.published_on, time(7), get_current_timezone()),
            )
    return feed


def next_event_ends(now: datetime) -> datetime | None:
    """When the next event is over that has an end of its own; the others end with their day. 1 query."""
    return EventPage.objects.live().filter(ends_at__gt=now).aggregate(at=Min("ends_at"))["at"]


def _own(kind: type, page: UnitPage):
    """The published pages of a kind in the unit's own list, not those of the units below."""
    return kind.objects.live().filter(path__startswith=page.path, depth=page.depth + BEYOND_UNIT)


def _row(page: NewsPage, unit: str = "") -> Row:
    return Row(page.title, page_address(page), page.summary, page.published_on, unit)


def _event_row(page: EventPage) -> EventRow:
    return EventRow(page.title, page_address(page), page.venue, page.starts_at)
