"""What anyone may read: reports with a reviewed public copy, and their answers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.kinds import kind_of
from cases.visibility import public_cases

from ..selectors.public import public_list
from ..workflow import KIND

PAGE_SIZE = 20


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_list(), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "cases": page.object_list,
        "previous_url": f"?hal={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?hal={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "pengaduan/public_list.html", context)


@require_safe
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    rows = public_cases().filter(kind=KIND).select_related("responsible_unit__kind")
    case = rows.filter(number=number).first()
    if case is None:
        raise Http404
    request.shown_unit = case.responsible_unit
    kind = kind_of(case)
    summary = kind.summary(case)
    # Not the reporter's own words, nor an answer that nobody has approved: anyone reads what was reviewed.
    context = {
        "case": case,
        "status": kind.workflow.state(case.status).public,
        "complaint": summary["complaint"],
        "answer": summary["answer"],
        "photos": list(case.public_photos.select_related("photo")),
    }
    return render(request, kind.public_template, context)
