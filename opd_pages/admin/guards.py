"""Pages of units come and go with their unit. Wagtail lets whoever may edit a page move or delete it."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ..models import UnitPage

GUARDED_BULK_ACTIONS = ("delete", "move", "unpublish")


def keep_unit_page(request: HttpRequest, page: Page, *_args) -> HttpResponse | None:
    """Refuse what would take a unit's page off the portal or out of its place."""
    return _refuse(request, page) if _holds_unit_page([page]) else None


def keep_unit_pages(request: HttpRequest, action: str, objects: list, _action) -> HttpResponse | None:
    pages = [row for row in objects if isinstance(row, Page)]
    if action in GUARDED_BULK_ACTIONS and _holds_unit_page(pages):
        return _refuse(request, pages[0])
    return None


def _holds_unit_page(pages: Iterable[Page]) -> bool:
    return any(UnitPage.objects.descendant_of(page, inclusive=True).exists() for page in pages)


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(
        request,
        _(
            "Halaman unit dibuat dan diakhiri bersama unitnya, jadi tidak dapat dihapus, dipindahkan, atau "
            "ditarik di sini. Hubungi administrator portal bila unit berganti nama, bergabung, atau bubar."
        ),
    )
    return redirect("wagtailadmin_explore", (page.get_parent() or page).pk)
