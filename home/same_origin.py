"""Whether a form was sent from a page of ours. For public pages, which are cached and so carry no form token."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """Asks what a page elsewhere cannot forge: Sec-Fetch-Site, or where a browser sends none, Origin, then Referer.

    A request that names no origin at all is none of ours.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
    return origin == f"{request.scheme}://{request.get_host()}"


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
