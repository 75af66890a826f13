"""What search engines and other sites are told of the portal: one address for every page, and where to look."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

# Where a visitor came from.
CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|igshid|igsh|mc_[ce]id")
# Where they go to next, from which print they came, what they have just done: none of it is the page.
PASSING = {"next", "v", "selesai"}
# Rooms of officers, of editors, and of whoever holds a code: nothing there is for a stranger to find. And what counts
# readers and their votes, of whom a machine is none.
CLOSED = ("/admin/", "/meja/", "/masuk/", "/lacak/", "/dibaca/", "/nilai/")
# Written out as on posters: some are of rooms above this one.
DOORS = ("/lapor/", "/unit/", "/pengaduan/", "/ppid/permohonan/", "/hitung-batas/", "/transparansi/")
# sitemaps.org: of one file.
MOST_ADDRESSES = 50_000


def canonical(request: HttpRequest) -> str:
    """The full address of the page that is shown, without what campaigns hang on to it."""
    shown = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in PASSING and not CAMPAIGN.fullmatch(name.lower())
    ]
    return f"{settings.PUBLIC_URL}{request.path}{'?' if shown else ''}{urlencode(shown)}"


def listed_addresses() -> Iterator[tuple[str, datetime | None]]:
    """Every published page and every door anyone may use, with the time of the last publication. 1 query."""
    for door in DOORS:
        yield f"{settings.PUBLIC_URL}{door}", None
    pages = Page.objects.live().filter(depth__gt=1).order_by("-last_published_at")
    rows = pages.values_list("url_path", "last_published_at")[: MOST_ADDRESSES - len(DOORS)]
    for url_path, published_at in rows:
        below_root = url_path.lstrip("/").partition("/")[2]
        yield f"{settings.PUBLIC_URL}{reverse('wagtail_serve', args=[below_root])}", published_at
