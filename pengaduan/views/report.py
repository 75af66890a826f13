"""/lapor/: the form, and the receipt that follows it."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.actors import Reporter
from cases.forms.submission import submission_key
from cases.selectors.places import Places
from cases.services.clockwork import NoRule
from cases.services.receipt import received_before
from cases.views.tracking import open_for_reporter

from ..forms.report import ReportForm
from ..models import ReportClass
from ..services.receiving import receive_report
from ..services.routing import NoDesk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or receive it. Sent twice, it makes one case and shows the same receipt."""
    if request.method == "POST":
        return _receive(request)
    places = Places.shown()
    form = ReportForm(places=places, initial=_initial(request, places))
    return render(request, "pengaduan/report.html", _context(form, places))


def _receive(request: HttpRequest) -> HttpResponse:
    key = submission_key(ReportForm, request.POST, request.FILES)
    if earlier := received_before(key):
        return open_for_reporter(redirect("receipt"), earlier)
    places = Places()
    form = ReportForm(request.POST, request.FILES, places=places)
    if form.is_valid():
        try:
            case, _is_new = receive_report(form.report(), by=Reporter())
        except (NoDesk, NoRule):
            form.add_error(None, _no_desk())
        else:
            return open_for_reporter(redirect("receipt"), case)
    form.hold_photos(get_adapter().get_client_ip(request))
    return render(request, "pengaduan/report.html", _context(form, places), status=422)


def _no_desk() -> str:
    return _(
        "Portal ini belum siap menerima laporan. Hubungi kantor melalui telepon; tulisan Anda masih ada di bawah."
    )


def _initial(request: HttpRequest, places: Places) -> dict:
    """What the address says already: the unit whose page or poster led here, and the class of report."""
    initial = {}
    unit = places.by_short_code(request.GET.get("unit", ""))
    if unit:
        initial = {"addressed_to": unit.short_code} | ReportForm.where(unit)
    if request.GET.get("jenis") in ReportClass.values:
        initial["report_class"] = request.GET["jenis"]
    return initial


def _context(form: ReportForm, places: Places) -> dict:
    short_code = form["addressed_to"].value() or ""
    return {"form": form, "addressed_to": places.by_short_code(short_code)}
