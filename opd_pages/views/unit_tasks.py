"""What waits at somebody's units, for those too who never enter /admin/."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from ..completeness import OF_UNIT
from ..models import Unit
from ..selectors.unit_tasks import task_board, tasks_of
from ..services.reviews import mark_still_true

# Where the button stands, and where it leads back to.
PLACES = {"meja": "unit_tasks", "admin": "wagtailadmin_home"}


@require_safe
@login_required
@never_cache
def unit_tasks(request: HttpRequest) -> HttpResponse:
    board = task_board(request.user)
    if board is None:
        raise PermissionDenied
    context = {"board": board, "done": request.GET.get("selesai", ""), "place": "meja"}
    return render(request, "opd_pages/desk/tasks.html", context)


@require_safe
@login_required
@never_cache
def tasks_of_unit(request: HttpRequest, short_code: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("kind", "parent__kind"), short_code=short_code)
    tasks = tasks_of(request.user, unit)
    if tasks is None:
        raise PermissionDenied
    return render(request, "opd_pages/desk/tasks_of_unit.html", {"tasks": tasks, "counted": OF_UNIT})


@require_POST
@login_required
@never_cache
def page_still_true(request: HttpRequest, pk: int) -> HttpResponse:
    mark_still_true(get_object_or_404(Page, pk=pk), by=request.user)
    place = PLACES.get(request.POST.get("dari", ""), PLACES["meja"])
    return redirect(f"{reverse(place)}?selesai=tinjauan")
