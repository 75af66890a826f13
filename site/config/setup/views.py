"""/admin/persiapan/: the first steps for whoever works in the browser."""

import base64
import binascii
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.models import PortalSettings
from home.services.mail_proof import MailNotSent, confirm_mail_test, mail_is_proven, send_mail_test
from opd_pages.services.importing import ImportRefused, ImportReport
from opd_pages.services.unit_file import UnreadableFile

from .checklist import checklist
from .forms import MailCodeForm, MailTestForm, UnitListForm
from .services import import_content, is_administrator, queue_missing_pages, units_without_page

MOST_SHOWN = 100


def administrators_only(view):
    """Wagtail would send others to its front page with a message; this is a refusal and says so."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_administrator(request.user):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@administrators_only
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "config/persiapan.html", {"items": checklist()})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def units(request: HttpRequest) -> HttpResponse:
    """Show what a list would change; nothing is taken before that was seen."""
    form = UnitListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        if report := _understood(form, "file", content, dry_run=True):
            return _preview(request, content, report)
    return _units_page(request, form)


@require_POST
@administrators_only
def take_units(request: HttpRequest) -> HttpResponse:
    """Take the list that was shown. It is checked once more: units may have changed since."""
    form = UnitListForm()
    try:
        content = base64.b64decode(request.POST.get("list", ""), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    form = UnitListForm({}, {})
    form.errors.clear()
    report = _understood(form, "file", content, dry_run=False)
    if report is None:
        return _units_page(request, form)
    queue_missing_pages()
    messages.success(
        request,
        _("%(created)s unit baru, %(changed)s berubah. Halamannya sedang dibuat.")
        % {"created": len(report.created), "changed": len(report.changed)},
    )
    return redirect("setup_units")
