"""Anonymous visitors read public pages from files: no query, and nothing that was meant for one person.

Stands right after WhiteNoise. A page is kept only when it was asked for by nobody in particular and its answer says
nothing that is one person's: see `_is_for_everybody` and `_may_be_kept`. What a page shows ends it
(`home.freshness`), and so does the clock.
"""

import gzip
import re
import time
from collections.abc import Callable
from hashlib import blake2b
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import cc_delim_re, get_conditional_response, patch_vary_headers

from home.discovery import CAMPAIGN
from home.freshness import generation, next_change
from home.languages import language_of

from .kept import Kept, find, keep

# Pages for one person, forms, private files, what people search for, and what must be asked each time: health, scans.
NEVER = re.compile(
    r"/(admin|meja|masuk|documents|berkas|cari|lapor|lacak|ppid/permohonan|ppid/keberatan|verifikasi"
    r"|kesehatan|k|api|media|static)(/|$)"
)
LONGEST = 500  # letters of an address that is kept
# A visitor who has been to a form brings its token along; no page without a form reads it.
HARMLESS_COOKIES = {settings.CSRF_COOKIE_NAME}
# What an answer may depend on: cookies of others, which are never answered from here, and what is seen to below.
DEPENDS_ON = {"cookie", "accept-encoding"}
SHRINKS = re.compile(r"text/|application/(json|javascript|geo\+json|rss\+xml|atom\+xml|xml)|image/svg")
SMALLEST_SHRUNK = 1024  # bytes
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.changes = NextChange()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGE_CACHE_SECONDS or not _is_for_everybody(request):
            return self.get_response(request)
        _forget_campaign(request)
        try:
            address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        except DisallowedHost:
            return self.get_response(request)
        # Read before the page is rendered: what changes meanwhile leaves the page behind.
        token = generation()
        if page := find(token, address, time.time()):
            return _answer(request, page)
        response = self.get_response(request)
        if not token or len(address) > LONGEST or not _may_be_kept(request, response):
            return response
        until = min(time.time() + settings.PAGE_CACHE_SECONDS, self.changes.after(token))
        page = _page(address, until, response)
        keep(token, page)
        return _answer(request, page)


class NextChange:
    """When this generation's pages read differently by themselves: asked once, and again when that has come."""

    def __init__(self) -> None:
        self.known = ("", 0.0)

    def after(self, token: str) -> float:
        known, moment = self.known
        if known != token or moment <= time.time():
            moment = next_change(timezone.now()).timestamp()
            self.known = (token, moment)
        return moment


def _is_for_everybody(request: HttpRequest) -> bool:
    """Whether the asker is nobody in particular. A preview is a page that is not there, at the address of one that is."""
    _language, prefix = language_of(request.path_info)
    return (
        request.method in ("GET", "HEAD")
        and request.COOKIES.keys() <= HARMLESS_COOKIES
        and "Authorization" not in request.headers
        and "HX-Request" not in request.headers
        and not getattr(request, "is_dummy", False)
        and not NEVER.match(f"/{request.path_info.removeprefix(prefix)}")
    )


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    told = {part.split("=")[0].lower() for part in cc_delim_re.split(response.get("Cache-Control", ""))}
    depends_on = {name.lower() for name in cc_delim_re.split(response.get("Vary", "")) if name}
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not told & {"private", "no-store"}
        and depends_on <= DEPENDS_ON
        and "Content-Encoding" not in response
        # Neither cookie nor browser choose a page's language.
        and response.get("Content-Language") == language_of(request.path)[0]
        # A form's token, even one that the visitor brought; a policy's nonce.
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and b"csrfmiddlewaretoken" not in response.content
        and "'nonce-" not in response.get("Content-Security-Policy", "")
        and not getattr(request, "is_preview", False)
    )


def _forget_campaign(request: HttpRequest) -> None:
    """The page is rendered as if it had not been said where its visitor came from."""
    parts = request.META.get("QUERY_STRING", "").split("&")
    kept = [part for part in parts if not CAMPAIGN.fullmatch(unquote_plus(part.partition("=")[0]).lower())]
    if len(kept) < len(parts):
        request.META["QUERY_STRING"] = "&".join(kept)


def _page(address: str, until: float, response: HttpResponse) -> Kept:
    body = response.content
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    headers.setdefault("ETag", f'W/"{blake2b(body, digest_size=12).hexdigest()}"')
    # A browser may hold the page, and asks each time whether it still holds.
    headers.setdefault("Cache-Control", "no-cache")
    if len(body) >= SMALLEST_SHRUNK and SHRINKS.match(headers.get("Content-Type", "")):
        body = gzip.compress(body, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Kept(address=address, until=until, headers=headers, body=body)


def _answer(request: HttpRequest, page: Kept) -> HttpResponseBase:
    headers, body = dict(page.headers), page.body
    if "Content-Encoding" in headers and not TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
        del headers["Content-Encoding"]
        body = gzip.decompress(body)
    response = HttpResponse(body, headers=headers)
    response["Content-Length"] = str(len(body))
    # For nginx alone, which keeps a page no longer than we do and sends the line to nobody.
    response["X-Accel-Expires"] = f"@{int(page.until)}"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    return get_conditional_response(request, etag=headers["ETag"], response=response)
