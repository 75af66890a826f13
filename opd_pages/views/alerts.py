"""Where alerts are published: light enough for a phone in the rain."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.alerts import AlertForm
from ..models import Alert
from ..selectors.alerts import alert_reach, alerts_kept_by
from ..services.alerts import end_alert
from .paging import page_links

PER_PAGE = 30


def publisher_required(view):
    """Logged in, and somebody who publishes alerts for some unit."""

    @wraps(view)
    @login_required
    @never_cache
    def guarded(request: HttpRequest, **kwargs) -> HttpResponse:
        if not alert_reach(request.user).exists():
            raise PermissionDenied
        return view(request, **kwargs)

    return guarded


@require_safe
@publisher_required
def alerts(request: HttpRequest) -> HttpResponse:
    page = Paginator(alerts_kept_by(request.user), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"alerts": page, "done": request.GET.get("selesai", ""), **page_links(request, page)}
    return render(request, "opd_pages/desk/alerts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@publisher_required
def edit_alert(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    alert = get_object_or_404(alerts_kept_by(request.user), pk=pk) if pk else Alert()
    form = AlertForm(request.POST or None, instance=alert, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back("terbit")
    context = {"form": form, "is_new": pk is None}
    return render(request, "opd_pages/desk/alert_form.html", context, status=422 if form.errors else 200)


@require_POST
@publisher_required
def finish_alert(request: HttpRequest, pk: int) -> HttpResponse:
    end_alert(get_object_or_404(alerts_kept_by(request.user), pk=pk), by=request.user)
    return _back("akhir")


def _back(done: str) -> HttpResponse:
    return redirect(f"{reverse('alerts')}?selesai={done}")
