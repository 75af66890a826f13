"""Where the site begins in the tree of pages, looked up once a request.

Wagtail asks its cache for it with every address of a page, and that cache is a table here: a list of fifty pages took
fifty queries more. Outside of requests nothing is kept, so that no process goes on with what has changed.
"""

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Site

_of_this_request = Local()


def site_roots() -> list:
    """At most 1 query a request."""
    if not getattr(_of_this_request, "is_open", False):
        return Site.get_site_root_paths()
    if _of_this_request.roots is None:
        _of_this_request.roots = Site.get_site_root_paths()
    return _of_this_request.roots


def _kept_with(page: Page, request=None) -> list:
    """Wagtail's own method, with the roots above. Its redirects look for them where they were kept."""
    keeper = request or page
    if not hasattr(keeper, "_wagtail_cached_site_root_paths"):
        keeper._wagtail_cached_site_root_paths = site_roots()
    return keeper._wagtail_cached_site_root_paths


def begin(**_signal) -> None:
    _of_this_request.is_open, _of_this_request.roots = True, None


def end(**_signal) -> None:
    _of_this_request.is_open, _of_this_request.roots = False, None


def forget(**_signal) -> None:
    _of_this_request.roots = None


def watch_requests() -> None:
    # Also for pages that a list fetched without their type.
    Page._get_site_root_paths = _kept_with
    request_started.connect(begin)
    request_finished.connect(end)
    for changed in (post_save, post_delete):
        changed.connect(forget, sender=Site)
