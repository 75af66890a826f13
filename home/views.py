from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from . import theme
from .models import PortalSettings
from .registry import landing_pages


@require_safe
@cache_control(public=True, max_age=3600)
def theme_css(request: HttpRequest) -> HttpResponse:
    """The kabupaten's colour as custom properties, for light and dark."""
    colour = PortalSettings.load().primary_color
    return HttpResponse(theme.theme_css(colour), content_type="text/css; charset=utf-8")


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
