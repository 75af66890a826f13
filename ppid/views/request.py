"""/ppid/permohonan/: the form for anyone, and at the desk the same form for an officer."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.actors import Reporter, Staff
from cases.forms.submission import submission_key
from cases.models import Case
from cases.selectors.places import Places
from cases.services.clockwork import NoRule
from cases.services.receipt import received_before
from cases.views.desk import officer_required
from cases.views.tracking import open_for_reporter

from ..forms.request import CounterForm, RequestForm
from ..services.receiving import NoUnit, receive_request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def information_request(request: HttpRequest) -> HttpResponse:
    """Show the form, or receive it. Sent twice, it makes one request and shows the same receipt."""
    if request.method != "POST":
        places = Places.shown()
        unit = places.by_short_code(request.GET.get("unit", ""))
        form = RequestForm(places=places, initial={"body": str(unit.pk)} if unit else {})
        return render(request, "ppid/request.html", {"form": form})
    if earlier := _received_before(request, RequestForm):
        return open_for_reporter(redirect("receipt"), earlier)
    form = RequestForm(request.POST, request.FILES, places=Places())
    if case := _received(form, Reporter()):
        return open_for_reporter(redirect("receipt"), case)
    form.hold_photos(get_adapter().get_client_ip(request))
    return render(request, "ppid/request.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def record_request(request: HttpRequest) -> HttpResponse:
    """At the counter: an officer writes down what somebody asks for, and when they did."""
    units = request.staff.desks
    if not units:
        raise Http404
    if request.method != "POST":
        form = CounterForm(places=Places.shown(), units=units, initial={"body": str(units[0].pk)})
        return render(request, "ppid/counter.html", {"form": form})
    if earlier := _received_before(request, CounterForm):
        return redirect("desk_receipt", earlier.number)
    form = CounterForm(request.POST, request.FILES, places=Places(), units=units)
    if case := _received(form, request.staff):
        return redirect("desk_receipt", case.number)
    form.hold_photos(get_adapter().get_client_ip(request))
    return render(request, "ppid/counter.html", {"form": form}, status=422)


def _received_before(request: HttpRequest, form: type[RequestForm | CounterForm]) -> Case | None:
    return received_before(submission_key(form, request.POST, request.FILES))


def _received(form: RequestForm | CounterForm, by: Reporter | Staff) -> Case | None:
    """The request, or None where the form says what is wrong."""
    if form.is_valid():
        try:
            return receive_request(form.request(), by=by)[0]
        except (NoUnit, NoRule):
            form.add_error(
                None,
                _(
                    "Portal ini belum siap menerima permohonan. Hubungi kantor melalui telepon; "
                    "tulisan Anda masih ada di bawah."
                ),
            )
    return None
