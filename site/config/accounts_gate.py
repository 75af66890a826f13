"""Nothing opens for whoever needs a second factor before this session has shown it."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .accounts_factor import factor_of, has_shown_second_factor, needs_second_factor

# In and out, on to the second factor, and what those pages look like.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "second_factor_qr",
    "theme_css",
    "picture",
}


class SecondFactorMiddleware:
    """Asks nothing of the database for who has no session or has shown the factor; else who they are, at most 2 queries."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        # A page for everybody must not vary by cookie: the session is not even looked at where there is none.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.resolver_match.view_name in OPEN:
            return None
        if (
            not request.user.is_authenticated
            or has_shown_second_factor(request)
            or not needs_second_factor(request.user)
        ):
            return None
        return stop(request)


@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the factor, or where it is set up, and back to where they wanted to go."""
    if not _is_opened_by_a_person(request):
        return JsonResponse({"detail": _("Lengkapi verifikasi dua langkah lebih dahulu.")}, status=403)
    # An address that only takes what is sent cannot be opened by a link.
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("after_login")
    asked = "mfa_reauthenticate" if factor_of(request.user) else "mfa_activate_totp"
    return redirect(f"{reverse(asked)}?{urlencode({'next': wanted})}")


def _is_opened_by_a_person(request: HttpRequest) -> bool:
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest" or "HX-Request" in request.headers
    return request.accepts("text/html") and not by_script and not request.path_info.startswith("/api/")
