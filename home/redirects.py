"""Old addresses lead on in every language."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class LanguageRedirectMiddleware(RedirectMiddleware):
    """Wagtail looks up the address that was asked for; rows have the one without a language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        asked, request.path = request.path, request.path_info
        try:
            return super().process_response(request, response)
        finally:
            request.path = asked
