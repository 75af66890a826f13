"""The links of published pages are looked at every week, and again as soon as their page was published anew."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from ..addresses import page_address
from ..languages import in_indonesian, language_of
from ..links import Link, Target, links_of
from ..models import BrokenLink, LinkCheck, LinkFault

logger = logging.getLogger(__name__)

EVERY = timedelta(days=7)
# Well below the worker's own time-out; what is left is looked at in the next turn.
CHECKING_SECONDS = 5
PAGES_AT_ONCE = 50
KEY = re.compile(r"[1-9][0-9]{0,17}")
DOCUMENT = re.compile(r"/documents/([0-9]+)/")
SERVING_PAGES = ("wagtail_serve", "page_file")
ELSEWHERE = ""


def check_links(now: datetime | None = None) -> None:
    """Look at the pages that are due, as far as one turn goes. Asks what is due *now*; safe to repeat."""
    now, stop_at, last = now or timezone.now(), monotonic() + CHECKING_SECONDS, 0
    while monotonic() < stop_at:
        pages = list(pages_to_check(now).filter(pk__gt=last).order_by("pk")[:PAGES_AT_ONCE])
        if not pages:
            return
        check_pages(pages, now)
        last = pages[-1].pk


def pages_to_check(now: datetime) -> QuerySet[Page]:
    due = Q(link_check=None) | Q(link_check__checked_at__lte=now - EVERY)
    changed = Q(link_check__checked_at__lt=F("last_published_at"))
    return Page.objects.live().filter(due | changed, depth__gt=1)


@transaction.atomic
def check_pages(pages: Iterable[Page], now: datetime) -> None:
    """Put what is broken on these pages in the place of what was. A page that cannot be read keeps what was known of it, and is passed by until next week."""
    places = {page.pk: page for page in pages}
    found: dict[int, list[Link]] = {}
    looked_at = []
    for page in Page.objects.filter(pk__in=places).specific():
        looked_at.append(page.pk)
        try:
            found[page.pk] = list(links_of(page))
        except Exception as fault:  # whatever an old page's stored content does to today's blocks
            logger.warning("links of page %s cannot be read: %s", page.pk, type(fault).__name__)
    with in_indonesian():
        broken = [
            BrokenLink(page_id=key, fault=fault, words=link.words[:160], address=_typed(link)[:300])
            for key, link, fault in _broken((places[key], links) for key, links in found.items())
        ]
    BrokenLink.objects.filter(page__in=found).delete()
    BrokenLink.objects.bulk_create(broken)
    LinkCheck.objects.bulk_create(
        [LinkCheck(page_id=key, checked_at=now) for key in looked_at],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["checked_at"],
    )


def _typed(link: Link) -> str:
    return link.key if link.target == Target.ADDRESS else ""


def _broken(links: Iterable[tuple[Page, list[Link]]]) -> Iterator[tuple[int, Link, LinkFault]]:
    """At most 6 queries, however many links."""
    sites = list(Site.objects.select_related("root_page"))
    hosts = {urlsplit(settings.PUBLIC_URL).netloc, *(site.hostname for site in sites)}
    root = next((site.root_page.url_path for site in sites if site.is_default_site), "/")
    meant = [(page.pk, link, _meant(page, link, hosts)) for page, found in links for link in found]
    wanted: dict[Target, set[str]] = defaultdict(set)
    for _page, _link, (target, key) in meant:
        wanted[target].add(key)
    faults = {
        Target.PAGE: _faulty_pages(wanted[Target.PAGE]),
        Target.DOCUMENT: _faulty_files(get_document_model(), wanted[Target.DOCUMENT], LinkFault.NO_DOCUMENT),
        Target.IMAGE: _faulty_files(get_image_model(), wanted[Target.IMAGE], LinkFault.NO_IMAGE),
        Target.ADDRESS: _faulty_addresses(wanted[Target.ADDRESS] - {ELSEWHERE}, root),
    }
    for page, link, (target, key) in meant:
        if fault := faults[target].get(key):
            yield page, link, fault


def _meant(page: Page, link: Link, hosts: set[str]) -> tuple[Target, str]:
    """What a link leads to: of an address its path in this portal, or ELSEWHERE."""
    if link.target != Target.ADDRESS:
        return link.target, link.key
    try:
        parts = urlsplit(urljoin(f"{settings.PUBLIC_URL}{page_address(page)}", link.key.strip()))
    except ValueError:
        return Target.ADDRESS, ELSEWHERE  # no browser opens it either, but it says nothing of this portal
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return Target.ADDRESS, ELSEWHERE
    path = unquote(parts.path) or "/"
    _language, prefix = language_of(path)
    path = f"/{path.removeprefix(prefix)}"
    document = DOCUMENT.match(path)
    return (Target.DOCUMENT, document[1]) if document else (Target.ADDRESS, path)


def _keys(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if KEY.fullmatch(value)]


def _faulty_pages(wanted: set[str]) -> dict[str, LinkFault]:
    live = {str(key): is_live for key, is_live in _rows(Page, wanted, "live")}
    return {
        key: LinkFault.UNPUBLISHED if key in live else LinkFault.GONE for key in wanted if not live.get(key)
    }


def _faulty_files(model, wanted: set[str], fault: LinkFault) -> dict[str, LinkFault]:
    """Those whose row or whose file is gone."""
    storage = model._meta.get_field("file").storage
    there = {str(key) for key, name in _rows(model, wanted, "file") if name and storage.exists(name)}
    return {key: fault for key in wanted - there}


def _rows(model, wanted: set[str], field: str) -> Iterable[tuple]:
    return model.objects.filter(pk__in=_keys(wanted)).values_list("pk", field) if wanted else []


def _faulty_addresses(wanted: set[str], root: str) -> dict[str, LinkFault]:
    """Paths that neither a route of ours nor a published page takes. `root` is where the home page stands. 2 queries."""
    asked = {path: _page_and_file(path) for path in wanted if not _is_a_routes(path)}
    if not asked:
        return {}
    pages = Page.objects.filter(url_path__in={f"{root}{below}" for below, _file in asked.values()})
    there = {page.url_path: page for page in pages}
    old = Redirect.objects.filter(old_path__in=map(Redirect.normalise_path, asked))
    moved = set(old.values_list("old_path", flat=True))
    faults = {}
    for path, (below, file) in asked.items():
        page = there.get(f"{root}{below}")
        if page and page.live and (not file or file in getattr(page.specific_class, "files", {})):
            continue
        if Redirect.normalise_path(path) in moved:
            faults[path] = LinkFault.MOVED
        elif page and not page.live:
            faults[path] = LinkFault.UNPUBLISHED
        else:
            faults[path] = LinkFault.NO_ADDRESS
    return faults


def _is_a_routes(path: str) -> bool:
    """Whether a route takes the address, with or without a last slash, that serves no pages."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return True
    for tried in {path, f"{path.rstrip('/')}/"}:
        try:
            if resolve(tried).url_name not in SERVING_PAGES:
                return True
        except Resolver404:
            continue
    return False


def _page_and_file(path: str) -> tuple[str, str]:
    """Where a page stands below the home page, and which of its own files is meant.

    >>> _page_and_file("/kecamatan-kapas/berita.xml"), _page_and_file("/")
    (('kecamatan-kapas/', 'berita.xml'), ('', ''))
    """
    segments = [segment for segment in path.split("/") if segment]
    file = segments.pop() if segments and "." in segments[-1] else ""
    return "".join(f"{segment}/" for segment in segments), file
