"""The desk of those who keep contacts: one page per unit, one button that publishes."""

from collections.abc import Iterable
from datetime import timedelta
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.models import PortalSettings

from ..addresses import unit_address
from ..forms.contacts import ConsentForm, ContactForm, LeaderForm
from ..forms.pledges import PledgeForm
from ..models import Confirmation, Contact, Leader, Level, Unit
from ..posters import draw_png
from ..selectors.contact_duties import contact_completeness, to_confirm
from ..selectors.contact_rows import contact_row
from ..selectors.contacts import contact_state, next_confirmation, others_with, touched_by_contacts
from ..selectors.directory import matching, readable
from ..selectors.keepers import (
    every_unit,
    keeps_contacts,
    kept_units,
    longest_unconfirmed_first,
    looks_over_contacts,
)
from ..selectors.pledges import pledge_in_force
from ..selectors.posters import preview_poster
from ..selectors.scans import recent_scans
from ..selectors.unreachable import unreached
from ..services.contacts import ContactRefusal, confirm, lock, move, remove_contact, withdraw
from ..services.leaders import usual_office
from ..services.pledges import take_back_pledge
from .paging import page_links

PER_PAGE = 50
HISTORY = 5  # confirmations shown
PREVIEW = {"width": 720, "height": 1018}  # pixels, the shape of A4


def keeper_required(view):
    """Logged in, and keeper of the unit's contacts; the view is given the unit."""

    @wraps(view)
    @login_required
    @never_cache
    def guarded(request: HttpRequest, short_code: str, **kwargs) -> HttpResponse:
        units = Unit.objects.select_related("kind", "parent__kind", "page")
        unit = get_object_or_404(units, short_code=short_code)
        if not keeps_contacts(request.user, unit):
            raise PermissionDenied
        return view(request, unit, **kwargs)

    return guarded


@require_safe
@login_required
@never_cache
def kept_list(request: HttpRequest) -> HttpResponse:
    """What somebody keeps, or looks over: an administrator sees who is late, and no desk."""
    kept = kept_units(request.user)
    keeps = kept.exists()
    if not keeps and not looks_over_contacts(request.user):
        raise PermissionDenied
    units = kept if keeps else every_unit()
    query, only_waiting = readable(request.GET.get("q", "")), "perlu" in request.GET
    days = PortalSettings.load(request).confirm_contacts_every_days
    waiting = to_confirm(matching(units, query), days)
    listed = waiting if only_waiting else longest_unconfirmed_first(matching(units, query))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "units": page,
        "rows": _rows(page, keeps, days),
        "query": query,
        "only_waiting": only_waiting,
        "waiting": page.paginator.count if only_waiting else waiting.count(),
        "keeps": keeps,
        **page_links(request, page),
    }
    return render(request, "opd_pages/desk/list.html", context)


def _rows(units: Iterable[Unit], keeps: bool, every_days: int) -> list[dict]:
    """A line for each unit: who keeps it goes to its desk, who looks over it to its public page."""
    today = timezone.localdate()
    rows = []
    for unit in units:
        confirmed_on = unit.confirmed_at and timezone.localdate(unit.confirmed_at)
        rows.append(
            {
                "unit": unit,
                "url": reverse("contact_desk", args=[unit.short_code]) if keeps else unit_address(unit),
                "confirmed_on": confirmed_on,
                "is_overdue": bool(confirmed_on) and today > confirmed_on + timedelta(days=every_days),
            }
        )
    return rows


@require_safe
@keeper_required
def contacts(request: HttpRequest, unit: Unit) -> HttpResponse:
    return _contacts_page(request, unit)


def _contacts_page(
    request: HttpRequest, unit: Unit, *, refusal: ContactRefusal | None = None
) -> HttpResponse:
    state, told = contact_state(unit), unreached(unit)
    days = PortalSettings.load(request).confirm_contacts_every_days
    before = next_confirmation(state.sheet, days) if state.sheet else None
    below = Unit.objects.current().within(unit).exclude(pk=unit.pk)
    history = Confirmation.objects.filter(sheet__unit=unit).select_related("sheet", "confirmed_by")[:HISTORY]
    context = {
        "unit": unit,
        "state": state,
        "rows": [
            {"contact": contact, "row": contact_row(contact, unit), "unreached": told.get(contact.pk)}
            for contact in state.contacts
        ],
        "has_unreached": bool(told),
        "unreached_elsewhere": told.get(None),
        "leaders": state.leaders,
        "missing_ranks": _ranks(unit) - {each.rank for each in state.leaders},
        "confirm_before": before,
        "is_overdue": before is not None and timezone.localdate() > before,
        "history": history,
        "completeness": contact_completeness(unit, state),
        "scans": recent_scans(unit),
        "pledge": pledge_in_force(unit),
        "waiting_below": to_confirm(below, days).count(),
        "touched": touched_by_contacts(unit),
        "done": request.GET.get("selesai", ""),
        "refusal": refusal,
    }
    return render(request, "opd_pages/desk/contacts.html", context, status=409 if refusal else 200)


@require_POST
@keeper_required
def confirm_contacts(request: HttpRequest, unit: Unit) -> HttpResponse:
    try:
        confirm(unit, request.user, seen=request.POST.get("isi", ""))
    except ContactRefusal as refusal:
        return _contacts_page(request, unit, refusal=refusal)
    return _back(unit, "konfirmasi")


@require_safe
@keeper_required
def preview(request: HttpRequest, unit: Unit) -> HttpResponse:
    return HttpResponse(
        draw_png(preview_poster(unit, contact_state(unit)), **PREVIEW), content_type="image/png"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
@transaction.atomic
def edit_contact(request: HttpRequest, unit: Unit, pk: int | None = None) -> HttpResponse:
    if request.method == "POST":
        lock(unit)
    contact = _contact(unit, pk) if pk else Contact(unit=unit)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        form.save_for(request.user)
        if contact.is_personal and not contact.has_consent:
            return redirect("record_consent", unit.short_code, contact.pk)
        return _back(unit, "simpan")
    return _form_page(request, unit, "opd_pages/desk/contact_form.html", form, is_new=pk is None)


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
def delete_contact(request: HttpRequest, unit: Unit, pk: int) -> HttpResponse:
    contact = _contact(unit, pk)
    if request.method == "POST":
        remove_contact(contact)
        return _back(unit, "hapus")
    context = {"unit": unit, "contact": contact, "row": contact_row(contact, unit)}
    return render(request, "opd_pages/desk/contact_delete.html", context)


@require_POST
@keeper_required
def move_contact(request: HttpRequest, unit: Unit, pk: int) -> HttpResponse:
    move(_contact(unit, pk), up=request.POST.get("arah") == "naik")
    return _back(unit, "urut")


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
def consent(request: HttpRequest, unit: Unit, pk: int) -> HttpResponse:
    contact = _contact(unit, pk)
    if not contact.is_personal:
        raise Http404
    form = ConsentForm(request.POST or None, contact=contact)
    if request.method == "POST" and form.is_valid():
        form.save_for(request.user)
        return _back(unit, "setuju")
    return _form_page(request, unit, "opd_pages/desk/consent_form.html", form, row=contact_row(contact, unit))


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
def withdraw_consent(request: HttpRequest, unit: Unit, pk: int) -> HttpResponse:
    contact = _contact(unit, pk)
    if not contact.is_personal:
        raise Http404
    if request.method == "POST":
        withdraw(contact, request.user)
        return _back(unit, "cabut")
    context = {"unit": unit, "row": contact_row(contact, unit), "others": others_with(contact)}
    return render(request, "opd_pages/desk/consent_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
@transaction.atomic
def edit_leader(request: HttpRequest, unit: Unit, rank: int) -> HttpResponse:
    if rank not in _ranks(unit):
        raise Http404
    if request.method == "POST":
        lock(unit)
    leader = unit.leaders.filter(rank=rank).first() or Leader(
        unit=unit, rank=rank, office=usual_office(unit, rank)
    )
    photo = leader.photo
    form = LeaderForm(request.POST or None, request.FILES or None, instance=leader)
    if request.method == "POST" and form.is_valid():
        form.save_for(request.user)
        return _back(unit, "pimpinan")
    return _form_page(request, unit, "opd_pages/desk/leader_form.html", form, photo=photo)


@require_http_methods(["GET", "HEAD", "POST"])
@keeper_required
def edit_pledge(request: HttpRequest, unit: Unit) -> HttpResponse:
    """The commitment that the unit's head has signed."""
    leader = unit.leaders.filter(rank=1).first()
    form = PledgeForm(request.POST or None, request.FILES or None, unit=unit, leader=leader)
    if request.method == "POST" and form.is_valid():
        try:
            form.save_for(request.user)
        except ContactRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(unit, "komitmen")
    return _form_page(
        request, unit, "opd_pages/desk/pledge_form.html", form, pledge=pledge_in_force(unit), leader=leader
    )


@require_POST
@keeper_required
def end_pledge(request: HttpRequest, unit: Unit) -> HttpResponse:
    take_back_pledge(unit)
    return _back(unit, "komitmen-berakhir")


def _ranks(unit: Unit) -> set[int]:
    """A kabupaten is led by a regent and a deputy; every other unit by one."""
    return {1, 2} if unit.kind.level == Level.ROOT else {1}


def _contact(unit: Unit, pk: int) -> Contact:
    return get_object_or_404(Contact.objects.select_related("unit__kind", "consent"), unit=unit, pk=pk)


def _form_page(request: HttpRequest, unit: Unit, template: str, form, **more) -> HttpResponse:
    return render(request, template, {"unit": unit, "form": form, **more}, status=422 if form.errors else 200)


def _back(unit: Unit, done: str) -> HttpResponse:
    return redirect(f"{reverse('contact_desk', args=[unit.short_code])}?selesai={done}")
