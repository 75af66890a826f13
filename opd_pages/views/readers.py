"""What a reader of news sends: that a page was opened, and how satisfied they are. No session, no cookie, no token."""

from base64 import b64decode

from allauth.account.adapter import get_adapter
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home.same_origin import is_same_origin
from home.satisfaction import Satisfaction

from ..addresses import page_address
from ..models import NewsPage
from ..services.readers import count_view, vote

PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
ANSWERS = {str(step.value): step for step in Satisfaction}


@never_cache
@require_safe
def news_opened(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of one point in each page of news, so that the page itself may come from a cache."""
    page = get_object_or_404(NewsPage.objects.live(), id=pk)
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        count_view(page)
    return HttpResponse(PIXEL, content_type="image/gif")


@csrf_exempt  # the page comes from a cache and carries no token: where the form was sent from is asked instead
@require_POST
def vote_on_news(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the page, where a sentence says what became of the vote."""
    if not is_same_origin(request):
        raise PermissionDenied
    page = get_object_or_404(NewsPage.objects.live(), id=pk)
    if (step := ANSWERS.get(request.POST.get("nilai", ""))) is None:
        raise BadRequest
    counted = vote(
        page,
        step,
        address=get_adapter().get_client_ip(request),
        browser=request.headers.get("User-Agent", ""),
    )
    return redirect(f"{page_address(page)}#{counted}")
