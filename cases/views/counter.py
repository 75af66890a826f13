"""What somebody takes home from the counter, or is told by telephone."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..access_codes import access_code, shown
from ..kinds import kind_of
from ..models import Case
from ..services.lost_codes import reads_out_code
from ..visibility import can_see, visible_to
from .desk import officer_required
from .tracking import receipt_context

# How long whoever wrote a case down may print its receipt, which bears the reporter's code.
RECEIPT_FOR = timedelta(hours=1)


@require_safe
@officer_required
def counter_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """For the officer who has just written the case down, even where it went to an office whose cases they do not see; for
    whoever has to call a reporter who lost the code; and for nobody else."""
    places = ("receiving_unit__kind", "receiving_unit__parent__kind")
    cases = Case.objects.select_related(*places).filter(number=number)
    just_written = cases.filter(
        events__seq=1,
        events__actor=request.user,
        events__at__gt=timezone.now() - RECEIPT_FOR,
        came_as=None,
    )
    case = just_written.first()
    if case is None:
        case = cases.filter(visible_to(request.staff)).first()
        if case is None or not reads_out_code(request.staff, case):
            raise Http404
    context = receipt_context(case, code=shown(access_code(case.number, case.code_version)))
    context |= {"is_at_the_counter": True, "is_ours": can_see(request.staff, case)}
    return render(request, kind_of(case).receipt_template, context)
