"""Asking for another access code with the number and the contact that was left."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..access_codes import TooManyGuesses, find_case_of
from ..forms.tracking import LostCodeForm
from ..services.lost_codes import renew_code
from ..services.refusals import CaseRefusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether number and contact belong together or not: it tells nobody who reported what."""
    form = LostCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            way, contact = form.cleaned_data["contact"]
            try:
                asker = get_adapter().get_client_ip(request)
                if case := find_case_of(form.cleaned_data["number"], way, contact, address=asker):
                    renew_code(case)
            except TooManyGuesses as fault:
                form.add_error(None, str(fault))
                status = 429
            except CaseRefusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(f"{reverse('lost_code')}?diminta=1")
    context = {"form": form, "is_asked": "diminta" in request.GET}
    return render(request, "cases/lost_code.html", context, status=status)
