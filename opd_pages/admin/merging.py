from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..forms.units import MergerForm
from ..models import Unit
from ..services.mergers import MergerRefused, merge_units


@permission_required("opd_pages.change_unit", raise_exception=True)
def merge_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("kind"), pk=pk)
    form = MergerForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            merge_units(unit, form.cleaned_data["into"], on=form.cleaned_data["on"], by=request.user)
        except MergerRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("%(old)s digabungkan ke %(into)s.") % {"old": unit, "into": form.cleaned_data["into"]},
            )
            return redirect("opd_pages_unit_modeladmin_index")
    return TemplateResponse(
        request,
        "opd_pages/admin/merge_unit.html",
        {
            "form": form,
            "unit": unit,
            "page_title": _("Gabungkan unit"),
            "page_subtitle": unit.full_name,
            "header_icon": "group",
            "submit_button_label": _("Gabungkan"),
            "submit_button_active_label": _("Menggabungkan…"),
            "action_url": request.path,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
                {"url": reverse("opd_pages_unit_modeladmin_index"), "label": _("Unit")},
                {"url": "", "label": _("Gabungkan unit"), "sublabel": unit.full_name},
            ],
        },
    )
