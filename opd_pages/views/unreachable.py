"""Anybody tells that a contact led nowhere."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..forms.unreachable import UnreachableForm
from ..selectors.contacts import public_sheet
from ..services.unreachable import TooManyFromHere, tell_unreachable
from .public import named_unit, unit_today


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unreachable(request: HttpRequest, short_code: str) -> HttpResponse:
    named = named_unit(short_code)
    unit = unit_today(named)
    if unit != named:
        return redirect("unreachable", unit.short_code)
    sheet = public_sheet(unit) if unit.is_current else None
    if sheet is None or not sheet.contacts.all():
        raise Http404
    is_sent = request.method == "POST"
    if not is_sent and "selesai" in request.GET:
        return render(request, "opd_pages/unreachable.html", {"unit": unit, "is_told": True})
    form = UnreachableForm(request.POST if is_sent else None, unit=unit, sheet=sheet)
    status = 422 if is_sent else 200
    if is_sent and form.is_valid():
        try:
            tell_unreachable(
                form.chosen(),
                form.cleaned_data["fault"],
                network=get_adapter().get_client_ip(request),
                device=request.headers.get("User-Agent", ""),
            )
        except TooManyFromHere as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            # Told again by the same device it is as good as told.
            return redirect(f"{reverse('unreachable', args=[unit.short_code])}?selesai=1")
    return render(request, "opd_pages/unreachable.html", {"unit": unit, "form": form}, status=status)
