"""The interface's language is part of the address: below /en/ stand the same pages with an English interface.

Nothing else settles it, neither a cookie nor what the browser asks for: a page that lies in a cache has one language for
everybody. What the office or its people wrote stays Indonesian.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

ROOT = "/"


class LanguageMiddleware:
    """Takes the language off the address before anybody routes by it, and has every address made with it.

    The prefix is handled as a server would one under which the whole portal is mounted: `path_info` is the page's
    address, `path` what the visitor asked for, and `reverse()` and Wagtail's pages put the prefix in front.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, prefix = language_of(request.path_info)
        request.path_info = request.path_info.removeprefix(prefix.rstrip("/"))
        request.LANGUAGE_CODE = language
        with interface(language, prefix):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(address: str) -> tuple[str, str]:
    """The language of an address, and what it begins with for that reason.

    >>> language_of("/en/lapor/"), language_of("/lapor/"), language_of("/english/")
    (('en', '/en/'), ('id', '/'), ('id', '/'))
    """
    for code, _name in settings.LANGUAGES[1:]:
        if address.startswith(f"/{code}/"):
            return code, f"/{code}/"
    return settings.LANGUAGE_CODE, ROOT


def in_every_language(address: str) -> list[str]:
    """
    >>> in_every_language("/meja/")
    ['/meja/', '/en/meja/']
    """
    return [address, *(f"/{code}{address}" for code, _name in settings.LANGUAGES[1:])]


@contextmanager
def interface(language: str, prefix: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(before)


@contextmanager
def in_indonesian() -> Iterator[None]:
    """For what outlives the page: what is stored, sent or printed is Indonesian, and so are its addresses."""
    with interface(settings.LANGUAGE_CODE, ROOT):
        yield


@dataclass(frozen=True)
class OtherLanguage:
    code: str
    name: str
    href: str


def other_languages(request: HttpRequest) -> list[OtherLanguage]:
    """The same page in every other language. None where a form was sent: what was written in it would be lost."""
    if request.method not in ("GET", "HEAD"):
        return []
    current, prefix = language_of(request.path)
    page = request.get_full_path().removeprefix(prefix.rstrip("/"))
    return [
        OtherLanguage(code, name, page if code == settings.LANGUAGE_CODE else f"/{code}{page}")
        for code, name in settings.LANGUAGES
        if code != current
    ]
