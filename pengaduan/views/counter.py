"""/meja/laporan/baru/: an officer writes down what somebody reports by word of mouth."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.submission import submission_key
from cases.selectors.places import Places
from cases.services.clockwork import NoRule
from cases.services.receipt import received_before
from cases.views.desk import officer_required
from opd_pages.models import Unit

from ..forms.counter import CounterForm
from ..services.receiving import receive_report
from ..services.routing import NoDesk


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def record_report(request: HttpRequest) -> HttpResponse:
    """Sent twice, it makes one case and shows the same receipt."""
    units = request.staff.desks
    if not units:
        raise Http404
    if request.method != "POST":
        form = CounterForm(places=Places.shown(), units=units, initial=_initial(units[0]))
        return render(request, "pengaduan/counter.html", {"form": form})
    if earlier := received_before(submission_key(CounterForm, request.POST, request.FILES)):
        return redirect("desk_receipt", earlier.number)
    form = CounterForm(request.POST, request.FILES, places=Places(), units=units)
    if form.is_valid():
        try:
            case, _is_new = receive_report(form.report(), by=request.staff)
        except (NoDesk, NoRule) as fault:
            form.add_error(None, _("Laporan belum dapat dicatat. %s Hubungi administrator portal.") % fault)
        else:
            return redirect("desk_receipt", case.number)
    form.hold_photos(get_adapter().get_client_ip(request))
    return render(request, "pengaduan/counter.html", {"form": form}, status=422)


def _initial(unit: Unit) -> dict[str, str]:
    """Most of what is told at an office happened in its own kecamatan or desa."""
    return {"desk": str(unit.pk)} | CounterForm.where(unit)
