"""The compliance board, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.csv_rows import csv_file

from ..addresses import unit_address
from ..selectors.compliance import HEADER, board, file_rows
from .paging import page_links


@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    found = board(request.GET.dict())
    rows = [{"standing": standing, "url": unit_address(standing.unit)} for standing in found.units]
    return render(
        request,
        "opd_pages/compliance.html",
        {"board": found, "rows": rows, **page_links(request, found.units)},
    )


@require_safe
def compliance_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(csv_file(HEADER, file_rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kepatuhan.csv"'
    return response
