"""The written notice as a letter: for officers who see the request, and for the applicant."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.selectors.timeline import sees_inside
from cases.services.identity import names_person
from cases.views.desk import officer_required, visible_case
from cases.views.tracking import tracked_case
from home.languages import in_indonesian

from ..letters import draw_letter, notice_letter
from ..models import Notice
from ..workflow import KIND


@require_safe
@officer_required
def desk_letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter, or its draft for those who work on the request; that it named the applicant is written down."""
    case = visible_case(request, number)
    notice = _notice_of(case)
    if notice is None or not (notice.issued_at or sees_inside(request.staff, case)):
        raise Http404
    return _pdf(case, notice, shows_identity=names_person(case, by=request.staff))


@never_cache
@require_safe
def applicant_letter(request: HttpRequest) -> HttpResponse:
    case = tracked_case(request)
    if case is None:
        return redirect("track")
    notice = _notice_of(case)
    if notice is None or not notice.issued_at:
        raise Http404
    return _pdf(case, notice, shows_identity=True)


def _notice_of(case: Case) -> Notice | None:
    if case.kind != KIND:
        return None
    return case.notices.select_related("consequence_test__ground").first()


def _pdf(case: Case, notice: Notice, *, shows_identity: bool) -> HttpResponse:
    with in_indonesian():
        letter = notice_letter(case, notice, shows_identity=shows_identity)
    response = HttpResponse(draw_letter(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}-pemberitahuan.pdf"'
    return response
