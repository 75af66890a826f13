"""/admin/persiapan/: the first steps for whoever works in the browser."""

from collections.abc import Sequence
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.models import PortalSettings
from home.services.mail_proof import MailNotSent, confirm_mail_test, mail_is_proven, send_mail_test
from opd_pages.models import Unit
from opd_pages.services.importing import ImportRefused, ImportReport
from opd_pages.services.unit_file import UnreadableFile
from opd_pages.services.unit_pages import units_to_open

from .checklist import checklist
from .forms import MailCodeForm, MailTestForm, SeenListForm, UnitListForm
from .services import import_content, is_administrator, queue_missing_pages

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
    if request.method != "POST":
        return _units_page(request, UnitListForm())
    form = UnitListForm(request.POST, request.FILES)
    report, faults = _import(form, dry_run=True)
    if report is None:
        return _units_page(request, form, faults)
    seen = SeenListForm(initial={"file": SeenListForm.carried(form.cleaned_data["file"])})
    return render(
        request, "config/persiapan_unit_periksa.html", {"form": seen, "report": report, "most": MOST_SHOWN}
    )


@require_POST
@administrators_only
def take_units(request: HttpRequest) -> HttpResponse:
    """Take the list that was shown. It is checked once more: units may have changed since."""
    seen = SeenListForm(request.POST)
    report, faults = _import(seen, dry_run=False)
    if report is None:
        return _units_page(request, UnitListForm(), faults or seen.errors["file"])
    queue_missing_pages()
    messages.success(
        request,
        _("%(created)s unit baru, %(changed)s berubah. Halaman unit baru sedang dibuat.")
        % {"created": len(report.created), "changed": len(report.changed)},
    )
    return redirect("setup_units")


def _import(form, *, dry_run: bool) -> tuple[ImportReport | None, list[str]]:
    """The report, or None with every fault of the list; what is wrong with the form stands in the form."""
    if not form.is_valid():
        return None, []
    try:
        return import_content(form.cleaned_data["file"], dry_run=dry_run), []
    except UnreadableFile as unreadable:
        return None, [str(unreadable)]
    except ImportRefused as refused:
        return None, [str(fault) for fault in refused.faults]


def _units_page(request: HttpRequest, form: UnitListForm, faults: Sequence[str] = ()) -> HttpResponse:
    context = {
        "form": form,
        "faults": faults[:MOST_SHOWN],
        "more_faults": len(faults[MOST_SHOWN:]),
        "units": Unit.objects.current().count(),
        "without_page": units_to_open().count(),
    }
    return render(
        request, "config/persiapan_unit.html", context, status=422 if faults or form.errors else 200
    )


@require_POST
@administrators_only
def make_pages(request: HttpRequest) -> HttpResponse:
    queue_missing_pages()
    messages.success(
        request, _("Halaman unit sedang dibuat. Muat ulang halaman ini untuk melihat kemajuannya.")
    )
    return redirect("setup_units")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def mail(request: HttpRequest) -> HttpResponse:
    """Send a test message."""
    if request.method != "POST":
        return _mail_page(request, MailTestForm(initial={"address": request.user.email}))
    form = MailTestForm(request.POST)
    if form.is_valid():
        try:
            send_mail_test(form.cleaned_data["address"], page=reverse("setup_mail"))
        except MailNotSent as fault:
            form.add_error("address", str(fault))
        else:
            messages.success(request, _("Surel uji sudah dikirim ke %s.") % form.cleaned_data["address"])
            return redirect("setup_mail")
    return _mail_page(request, form, status=422)


@require_POST
@administrators_only
def confirm_mail(request: HttpRequest) -> HttpResponse:
    """The code was read in the message. Only this proves it: a scanner follows links, but presses no button."""
    code = MailCodeForm(request.POST)
    if code.is_valid():
        if confirm_mail_test(code.cleaned_data["code"]):
            messages.success(request, _("Surel terbukti sampai."))
            return redirect("setup")
        code.add_error("code", _("Kode ini tidak cocok dengan surel uji terakhir."))
    return _mail_page(request, MailTestForm(initial={"address": request.user.email}), code, status=422)


def _mail_page(
    request: HttpRequest, form: MailTestForm, code: MailCodeForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "code": code or MailCodeForm(initial={"code": request.GET.get("kode", "")[:20]}),
        "sent_at": PortalSettings.load().mail_test_sent_at,
        "is_proven": mail_is_proven(),
    }
    return render(request, "config/persiapan_surel.html", context, status=status)
