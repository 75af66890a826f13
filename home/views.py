import re

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.views import serve as wagtail_serve

from . import discovery, theme
from .languages import in_every_language
from .models import PortalSettings
from .registry import landing_pages, search_sources
from .search import ask, look


@require_safe
@cache_control(public=True, max_age=3600)
def theme_css(request: HttpRequest) -> HttpResponse:
    """The kabupaten's colour as custom properties, for light and dark."""
    colour = PortalSettings.load().primary_color
    return HttpResponse(theme.theme_css(colour), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=30 * 24 * 3600, immutable=True)
def picture(request: HttpRequest, path: str) -> FileResponse:
    """A drawn picture of a page. Nothing else of the media folder has an address: originals keep their EXIF, and
    documents have rules of their own."""
    return serve(request, path, document_root=settings.MEDIA_ROOT / "images")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    closed = [address for room in discovery.CLOSED for address in in_every_language(room)]
    context = {"closed": closed, "public_url": settings.PUBLIC_URL}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"addresses": discovery.listed_addresses()}
    return render(request, "sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What all rooms find for ?q=; with ?bagian= one room's finds, page by page."""
    question = ask(request.GET.get("q", ""))
    known = {source.name for source in search_sources}
    only = request.GET.get("bagian", "") if request.GET.get("bagian") in known else ""
    page = _page_number(request.GET.get("halaman", ""))
    sections = list(look(question, only=only, page=page))
    context = {"question": question, "only": only, "page": page, "sections": sections}
    return render(request, "home/search.html", context)


def _page_number(typed: str) -> int:
    """1 for what is no number of a page that anybody turns to."""
    return int(typed) if re.fullmatch(r"[1-9][0-9]?", typed) else 1


@require_safe
def page_file(request: HttpRequest, path: str) -> HttpResponse:
    """A page's own file (`home.models.BasePage.files`): Wagtail's route takes no address with a dot."""
    return wagtail_serve(request, path)


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "gaya.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)


@require_safe
@login_required
@never_cache
def after_login(request: HttpRequest) -> HttpResponse:
    """To the first room that expects this person (officers to their desk), else to the pages they edit."""
    for landing_page in landing_pages:
        if address := landing_page(request.user):
            return redirect(address)
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return render(request, "account/no_role.html")
