"""Which addresses belong to the portal's own routes: a page there would never be reached."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Page

LITERAL = re.compile(r"^[\w-]+$")


def page_address(page: Page) -> str:
    """The page's path, from its row alone: a list of many asks the database nothing more."""
    below_root = page.url_path.lstrip("/").partition("/")[2]
    return reverse("wagtail_serve", args=[below_root])


def address_below(parent: Page, slug: str) -> tuple[str, ...]:
    """The segments of the address a page has below this parent; none for the home page itself."""
    if parent.is_root():
        return ()
    _home, *segments = parent.url_path.strip("/").split("/")
    return (*segments, slug)


def is_shadowed(address: tuple[str, ...]) -> bool:
    """Whether a route stands before the page at this address.

    >>> is_shadowed(("admin",)), is_shadowed(("kecamatan-kapas", "admin"))
    (True, False)
    """
    return any(address[: len(route)] == route for route in (*_fixed_routes(), *_routes_of(get_resolver())))


@lru_cache
def _routes_of(resolver: URLResolver) -> tuple[tuple[str, ...], ...]:
    return tuple(_routes(resolver.url_patterns))


def _fixed_routes() -> Iterator[tuple[str, ...]]:
    """What the web server keeps for files, and the first segment of every language but the first."""
    for url in (settings.STATIC_URL, settings.MEDIA_URL):
        yield tuple(url.strip("/").split("/"))
    for code, _name in settings.LANGUAGES:
        yield (code,)


def _routes(patterns: list) -> Iterator[tuple[str, ...]]:
    """The literal beginning of every route: `ppid/dip/` keeps /ppid/dip/ and what is below, not /ppid/."""
    for entry in patterns:
        route = str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver) and not route:
            yield from _routes(entry.url_patterns)
        elif literal := _literal_segments(route):
            yield literal


def _literal_segments(route: str) -> tuple[str, ...]:
    segments = []
    for segment in route.rstrip("$").split("/"):
        if not LITERAL.match(segment):
            break
        segments.append(segment)
    return tuple(segments)
