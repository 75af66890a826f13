"""The officers' desk: lists, one case with what may be done about it, and the head's morning screen."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..actions import ActionForm
from ..actors import Staff
from ..forms.identity import IdentityForm
from ..kinds import all_kinds, desk_hints, kind_of
from ..models import Case
from ..selectors.case_page import case_page
from ..selectors.desk import MINE, TABS, hits, inbox
from ..selectors.morning import morning
from ..services.changes import CaseChanged, CaseRefusal
from ..services.identity import CLOSED, identity_access, reveal_identity
from ..visibility import cases_for


def officer_required(view):
    """Logged in, with a membership that works on cases. `request.staff` is who acts."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_address_to_read(request, kwargs.get("number")))
        request.staff = Staff.of(request.user)
        if not request.staff.sees_cases:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _address_to_read(request: HttpRequest, number: str | None) -> str:
    """Where to go on after logging in: an address that only takes what is sent cannot be opened by a link."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return reverse("desk_case", args=[number]) if number else reverse("desk")


def visible_case(request: HttpRequest, number: str) -> Case:
    """The case, or 404 for whoever may not see it: a case that is closed to somebody does not exist for them."""
    rows = cases_for(request.staff).select_related("responsible_unit__kind", "responsible_unit__parent__kind")
    case = rows.filter(number=number).select_related("concerns_unit__kind", "handler", "party").first()
    if case is None:
        raise Http404
    return case


@require_safe
@officer_required
def desk(request: HttpRequest) -> HttpResponse:
    if text := request.GET.get("q", "").strip():
        found = hits(request.staff, text, before=request.GET.get("sebelum", ""))
        return render(request, "cases/desk_search.html", {"hits": found, "text": text})
    tab = request.GET.get("tab", MINE)
    if tab not in TABS:
        raise Http404
    page = inbox(request.staff, tab, after=request.GET.get("setelah", ""))
    tabs = [
        {"title": title, "url": f"?tab={name}", "is_current": name == tab, "count": page.counts.get(name)}
        for name, title in TABS.items()
    ]
    context = {"inbox": page, "tabs": tabs, "tab": tab, "staff": request.staff}
    if request.staff.desks:
        context["counters"] = [
            {"url": reverse(kind.counter_route), "label": kind.counter_label}
            for kind in all_kinds()
            if kind.counter_route
        ]
    if not page.rows:
        context["hint"] = next((hint for ask in desk_hints if (hint := ask(request.staff))), "")
    return render(request, "cases/desk.html", context)


@require_safe
@officer_required
def morning_screen(request: HttpRequest) -> HttpResponse:
    actions = (action for kind in all_kinds() for action in kind.actions)
    done = next((action.done for action in actions if action.name == request.GET.get("selesai")), "")
    context = {"morning": morning(request.staff), "done": done, "staff": request.staff}
    return render(request, "cases/morning.html", context)


@require_safe
@officer_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_case(request, number)
    return _case_response(
        request, found, opened=request.GET.get("buka", ""), done=request.GET.get("selesai", "")
    )


def _case_response(request, case: Case, *, status: int = 200, **more) -> HttpResponse:
    page = case_page(case, request.staff, **more)
    return render(request, kind_of(case).desk_template, {"page": page, "staff": request.staff}, status=status)


@require_POST
@officer_required
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do one action. What cannot be done comes back on the case's page with everything that was typed."""
    found = visible_case(request, number)
    action = next((action for action in kind_of(found).actions if action.name == name), None)
    if action is None:
        raise Http404
    form = action.form(request.POST, request.FILES, case=found, actor=request.staff, prefix=action.name)
    seen = _seen(request)
    if seen != found.version:
        return _changed(request, CaseChanged.of(found, seen), form, name)
    if not action.allowed(request.staff, found, list(found.tasks.filter(done_at=None))):
        raise PermissionDenied
    if not form.is_valid():
        return _case_response(request, found, status=422, opened=name, form=form)
    try:
        action.perform(found, by=request.staff, seen=seen, **form.cleaned_data)
    except CaseChanged as changed:
        return _changed(request, changed, form, name)
    except CaseRefusal as refusal:
        form.add_error(None, str(refusal))
        return _case_response(request, visible_case(request, number), status=422, opened=name, form=form)
    back = request.POST.get("kembali", "")
    target = reverse("desk_morning") if back == "pagi" else reverse("desk_case", args=[number])
    still_visible = cases_for(request.staff).filter(pk=found.pk).exists()
    return redirect(f"{target}?selesai={name}" if still_visible or back == "pagi" else reverse("desk"))


def _changed(request: HttpRequest, changed: CaseChanged, form: ActionForm, opened: str) -> HttpResponse:
    """What the other officer did, over the page as it is now; asked for anew, since it may be theirs alone by now."""
    case = visible_case(request, changed.case.number)
    return _case_response(
        request, case, status=409, opened=opened, form=form, refusal=changed, since=changed.since
    )


def _seen(request: HttpRequest) -> int:
    """The version of the case that the person was looking at; -1, which no case has, where it was tampered with."""
    typed = request.POST.get("versi", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


@require_POST
@officer_required
def identity(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_case(request, number)
    if identity_access(request.staff, found) == CLOSED:
        raise PermissionDenied
    form = IdentityForm(request.POST)
    if form.is_valid():
        try:
            party = reveal_identity(found, by=request.staff, reason=form.cleaned_data["alasan"])
        except CaseRefusal as refusal:
            form.add_error("alasan", str(refusal))
        else:
            return _case_response(request, visible_case(request, number), party=party)
    return _case_response(request, found, status=422, identity_form=form)
