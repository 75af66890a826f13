"""In /admin/: taking away the second factor of somebody who lost theirs, so that they set up a new one."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log

from home.models import User

from .accounts_factor import factor_of, remove_second_factor
from .accounts_factor_forms import ResetForm

RESET = "config.reset_second_factor"


def may_reset(by: User, person: User) -> bool:
    """Who keeps the accounts, never for themselves: a stolen session would shed the factor that protects it."""
    keeps_people = by.has_perm("opd_pages.change_membership")
    return keeps_people and by != person and (by.is_superuser or not person.is_superuser)


@transaction.atomic
def reset_second_factor(person: User, *, by: User, reason: str) -> None:
    """Ends the person's sessions; who did it, and why, stays in the history of their account."""
    remove_second_factor(person)
    log(person, RESET, user=by, data={"reason": reason})


class ResetFormatter(LogFormatter):
    label = gettext_lazy("Hapus verifikasi dua langkah")

    def format_message(self, log_entry) -> str:
        return _("Verifikasi dua langkah dihapus: %s") % log_entry.data["reason"]


def reset_button(request: HttpRequest, person: User) -> dict | None:
    """For the register of people."""
    if not may_reset(request.user, person):
        return None
    return {
        "url": reverse("reset_second_factor", args=[person.pk]),
        "label": _("Hapus verifikasi dua langkah"),
        "classname": "button button-secondary",
        "title": _("Untuk %s, yang kehilangan telepon dan kode cadangannya") % person,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reset_page(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    if not may_reset(request.user, person):
        return render(request, "403.html", status=403)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reset_second_factor(person, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%s memasang verifikasi baru saat masuk berikutnya.") % person)
        return redirect("home_user_modeladmin_index")
    title = _("Hapus verifikasi dua langkah")
    context = {
        "form": form,
        "person": person,
        "factor": factor_of(person),
        "page_title": title,
        "page_subtitle": str(person),
        "header_icon": "key",
        "submit_button_label": _("Hapus"),
        "submit_button_active_label": _("Menghapus…"),
        "action_url": request.path,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
            {"url": reverse("home_user_modeladmin_index"), "label": _("Orang")},
            {"url": "", "label": title, "sublabel": str(person)},
        ],
    }
    return TemplateResponse(
        request, "account/admin/reset_second_factor.html", context, status=422 if form.errors else 200
    )
