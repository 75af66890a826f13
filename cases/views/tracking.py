"""What the reporter sees with number and code: where the case stands, the answer, and what they may do themselves."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access_codes import TooManyGuesses, access_code, find_case, shown
from ..actors import Reporter
from ..forms.tracking import TrackForm
from ..kinds import kind_of, nouns
from ..models import Case
from ..selectors.tracked import tracked_page
from ..selectors.transparency import standing
from ..services.changes import CaseRefusal

COOKIE = "perkara"
SALT = "cases.tracking"
# How long a browser may look without typing the code again; short, since phones and computers are shared.
OPEN_FOR_SECONDS = 3600


def open_for_reporter(response: HttpResponse, case: Case) -> HttpResponse:
    """Let this browser see the case for a while. Nothing about it goes into an address or a session."""
    value = signing.dumps([case.number, case.code_version], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=OPEN_FOR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def tracked_case(request: HttpRequest) -> Case | None:
    """The case this browser has opened with its code."""
    try:
        number, version = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=OPEN_FOR_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Case.objects.select_related(
        "responsible_unit__kind",
        "responsible_unit__parent__kind",
        "receiving_unit__kind",
        "receiving_unit__parent__kind",
    )
    return rows.filter(number=number, code_version=version).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; with both right, the case is at /lacak/perkara/."""
    form = TrackForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                case = find_case(
                    form.cleaned_data["number"],
                    form.cleaned_data["code"],
                    address=get_adapter().get_client_ip(request),
                )
            except TooManyGuesses as fault:
                form.add_error(None, str(fault))
                status = 429
            else:
                if case:
                    return open_for_reporter(redirect("tracked"), case)
                form.add_error(
                    None,
                    _(
                        "Nomor dan kode tidak cocok. Periksa kembali huruf dan angkanya; "
                        "huruf O dan angka 0 kami anggap sama."
                    ),
                )
    context = {"form": form, "nouns": nouns(), "opened": tracked_case(request)}
    return render(request, "cases/track.html", context, status=status)


@never_cache
@require_safe
def tracked(request: HttpRequest) -> HttpResponse:
    case = tracked_case(request)
    if case is None:
        return redirect("track")
    return _tracked_response(request, case)


def _tracked_response(request: HttpRequest, case: Case, *, status: int = 200, **tried) -> HttpResponse:
    page = tracked_page(case, done=request.GET.get("selesai", ""), **tried)
    return render(request, kind_of(case).tracking_template, page, status=status)


@never_cache
@require_POST
def act_as_reporter(request: HttpRequest, name: str) -> HttpResponse:
    case = tracked_case(request)
    if case is None:
        return redirect("track")
    action = next((action for action in kind_of(case).reporter_actions if action.name == name), None)
    if action is None:
        raise Http404
    form = action.form(request.POST, request.FILES, case=case, actor=Reporter(), prefix=action.name)
    if form.is_valid():
        try:
            action.perform(case, by=Reporter(), seen=None, **form.cleaned_data)
        except CaseRefusal as refusal:
            form.add_error(None, str(refusal))
            case = tracked_case(request) or case
        else:
            return redirect(f"{reverse('tracked')}?selesai={name}")
    return _tracked_response(request, case, status=422, opened=name, form=form)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of the case that this browser has just sent; printable, and the same however often it is asked for."""
    case = tracked_case(request)
    if case is None:
        return redirect("track")
    code = shown(access_code(case.number, case.code_version))
    return render(request, kind_of(case).receipt_template, receipt_context(case, code=code))


def receipt_context(case: Case, *, code: str) -> dict[str, Any]:
    kind = kind_of(case)
    # As it was when received: a case that is passed on keeps its receipt.
    promised = case.deadlines.filter(step__in=kind.promised_steps).select_related("rule")
    promise = promised.order_by("pk").first()
    host = settings.PUBLIC_URL.split("//")[-1]
    return {
        "case": case,
        "kind": kind,
        "code": code,
        "promise": promise,
        "track_url": host + reverse("track"),
        "check_address": host + reverse("transparency_check"),
        "standing": standing(case),
        **kind.summary(case),
    }


@never_cache
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Open as what the case goes on: whoever knows the code of the one is told that of the other."""
    case = tracked_case(request)
    if case is None or case.goes_on_as is None:
        return redirect("tracked")
    return open_for_reporter(redirect("tracked"), case.goes_on_as)


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Close the case in this browser, for whoever borrowed it."""
    response = redirect("track")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
