"""The two forms that end a unit: in another one, or with nobody in its place."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..forms.units import EndingForm, MergerForm
from ..models import Unit
from ..services.mergers import MergerRefused

may_end_units = permission_required("opd_pages.change_unit", raise_exception=True)


@may_end_units
def merge_unit(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "page_title": _("Gabungkan unit"),
        "done": _("%(old)s digabungkan ke %(into)s."),
        "submit_button_label": _("Gabungkan"),
        "submit_button_active_label": _("Menggabungkan…"),
    }
    return _ending(request, pk, MergerForm, "opd_pages/admin/merge_unit.html", words)


@may_end_units
def end_unit(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "page_title": _("Akhiri unit"),
        "done": _("%(old)s berakhir."),
        "submit_button_label": _("Akhiri unit"),
        "submit_button_active_label": _("Mengakhiri…"),
    }
    return _ending(request, pk, EndingForm, "opd_pages/admin/end_unit.html", words)


def _ending(request: HttpRequest, pk: int, form_class, template: str, words: dict[str, str]) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("kind", "parent__kind"), pk=pk)
    form = form_class(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            ended = form.save_for(unit, request.user)
        except MergerRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words["done"] % {"old": ended, "into": ended.successor})
            return redirect("opd_pages_unit_modeladmin_index")
    context = {
        "form": form,
        "unit": unit,
        "page_subtitle": unit.full_name,
        "header_icon": "group",
        "action_url": request.path,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
            {"url": reverse("opd_pages_unit_modeladmin_index"), "label": _("Unit")},
            {"url": "", "label": words["page_title"], "sublabel": unit.full_name},
        ],
    }
    return TemplateResponse(request, template, words | context)
