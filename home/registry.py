"""Where an upper room enters what a lower room shows without knowing it."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """An ordered list of entries, filled in the `ready()` of the rooms above.

    >>> panels = Registry()
    >>> _ = panels.enter(print, order=10)
    >>> list(panels) == [print]
    True
    """

    def __init__(self) -> None:
        self._entries: list[tuple[int, Entry]] = []

    def enter(self, entry: Entry, *, order: int = 100) -> Entry:
        if not any(known == entry for _, known in self._entries):
            self._entries.append((order, entry))
            self._entries.sort(key=lambda pair: pair[0])
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return (entry for _, entry in self._entries)


# Callables () -> {"template": str, ...context} or None, shown on the home page in their order.
home_panels: Registry = Registry()

# Callables (page) -> {"template": str, ...context} or None, shown below the words of a plain page.
page_panels: Registry = Registry()

# Callables (user) -> address or None: where somebody lands after logging in, the first answer counts.
landing_pages: Registry = Registry()

# Callables (now) -> the next moment after it at which a public page reads differently though nobody writes (an alert
# that ends), or None. Asked once a generation, with few queries.
next_public_changes: Registry = Registry()

# Callables (request) -> list of home.banners.Banner: what stands above the page that is asked for.
banner_sources: Registry = Registry()

# Callables () -> pairs of (queryset of images, names of home.pictures.SHAPES): what public pages show, to be painted.
shown_pictures: Registry = Registry()

# home.search.Source: who is asked, in their order, when somebody searches the portal.
search_sources: Registry = Registry()
