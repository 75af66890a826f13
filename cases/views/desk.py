"""The officers' desk: lists, one case with what may be done about it, and the head's morning screen."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..actors import Staff
from ..kinds import all_kinds, kind_of
from ..models import Case
from ..selectors.case_page import case_page
from ..selectors.desk import MINE, TABS, inbox, morning
from ..services.changes import CaseChanged, CaseRefusal
from ..services.identity import reveal_identity
from ..visibility import cases_for


def officer_required(view):
    """Logged in, with a membership that works on cases. `request.staff` is who acts."""

    @wraps(view)
    @login_required
    @never_cache
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.staff = Staff.of(request.user)
        if not request.staff.sees_cases:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


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
    tab = request.GET.get("tab", MINE)
    if tab not in TABS:
        raise Http404
    page = inbox(request.staff, tab, after=request.GET.get("setelah", ""))
    tabs = [
        {"title": title, "url": f"?tab={name}", "is_current": name == tab, "count": page.counts.get(name)}
        for name, title in TABS.items()
    ]
    return render(
        request, "cases/desk.html", {"inbox": page, "tabs": tabs, "tab": tab, "staff": request.staff}
    )


@require_safe
@officer_required
def morning_screen(request: HttpRequest) -> HttpResponse:
    cards = [
        {
            "card": card,
            "card_template": kind_of(card.case).card_template,
            "summary": kind_of(card.case).summary(card.case),
            "buttons": _buttons(request.staff, card),
        }
        for card in morning(request.staff)
    ]
    done = next(
        (a.done for kind in all_kinds() for a in kind.actions if a.name == request.GET.get("selesai")), ""
    )
    return render(request, "cases/morning.html", {"cards": cards, "done": done, "staff": request.staff})


def _buttons(staff: Staff, card) -> list[dict]:
    """Three at most: what one tap does, and what opens the form for the rest."""
    buttons = []
    for action in kind_of(card.case).actions:
        waits = not action.waits_for_step or any(task.step in action.steps for task in card.tasks)
        if not (action.on_morning_screen and waits and action.allowed(staff, card.case, card.tasks)):
            continue
        for label, values in action.quick(staff, card.case) if action.quick else ():
            buttons.append({"action": action, "label": label, "values": values})
        if not action.is_only_quick:
            buttons.append({"action": action, "label": action.short_label or action.label, "values": None})
    return buttons[:3]


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
    open_tasks = list(found.tasks.filter(done_at=None).select_related("section", "deadline"))
    form = action.form(request.POST, request.FILES, case=found, actor=request.staff, prefix=action.name)
    if not action.allowed(request.staff, found, open_tasks):
        # Perhaps somebody else has just done it: then the page says what changed.
        seen = _seen(request)
        if seen is not None and seen != found.version:
            changed = CaseChanged.of(found, seen)
            return _case_response(request, found, status=409, refusal=changed, since=changed.since)
        raise PermissionDenied
    if not form.is_valid():
        return _case_response(request, found, status=422, opened=name, form=form)
    try:
        action.perform(found, by=request.staff, seen=_seen(request), **form.cleaned_data)
    except CaseChanged as changed:
        return _case_response(
            request, changed.case, status=409, opened=name, form=form, refusal=changed, since=changed.since
        )
    except CaseRefusal as refusal:
        form.add_error(None, str(refusal))
        return _case_response(request, visible_case(request, number), status=422, opened=name, form=form)
    back = request.POST.get("kembali", "")
    target = reverse("desk_morning") if back == "pagi" else reverse("desk_case", args=[number])
    still_visible = cases_for(request.staff).filter(pk=found.pk).exists()
    return redirect(f"{target}?selesai={name}" if still_visible or back == "pagi" else reverse("desk"))


def _seen(request: HttpRequest) -> int | None:
    """The version of the case that the person was looking at; -1, which no case has, where it was tampered with."""
    typed = request.POST.get("versi", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


@require_POST
@officer_required
def identity(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_case(request, number)
    try:
        party = reveal_identity(found, by=request.staff, reason=request.POST.get("alasan", ""))
    except CaseRefusal as refusal:
        return _case_response(request, found, status=422, identity_refusal=refusal)
    return _case_response(request, visible_case(request, number), party=party)
