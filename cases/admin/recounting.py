"""Registers whose rows move the dates of open cases: what would move is shown before it is saved."""

from collections.abc import Callable
from copy import copy
from functools import partial

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail_modeladmin.views import CreateView, DeleteView, EditView

from home.csv_rows import csv_file

from ..calendar import date_words
from ..models import ClockSettings, Holiday, Rule
from ..selectors.moved_cases import file_rows, header, moved_cases
from ..services.clockwork import Clockwork, clockwork, reference_mark
from ..services.forecasting import LOOKED_AT, Forecast, forecast, rehearse, whole_forecast
from ..services.recounting import carry_out

# The button that saves sends what time was counted by when the dates were shown.
CONFIRMED, PAGE, WHOLE = "geser", "halaman", "daftar"
SHOWN = 50
# What is sent along with a form and is none of its fields.
NOT_TYPED = ("csrfmiddlewaretoken", CONFIRMED, PAGE, WHOLE)


class ShownFirst:
    """For views that change how time is counted: nothing is saved before whoever does it has seen what moves.

    `done` says in the reporters' histories what was done to the row.
    """

    done = ""

    def form_valid(self, form):
        row = form.instance
        try:
            return self.change(self.request, row, copy(row).save, partial(super().form_valid, form))
        except IntegrityError:
            # Somebody else wrote between this form's check and its writing: the same check now tells what is wrong.
            if not _is_refused(form):
                raise
            return self.form_invalid(form)

    def change(
        self, request: HttpRequest, row, rehearsal: Callable[[], object], write: Callable[[], HttpResponse]
    ) -> HttpResponse:
        if WHOLE in request.POST:
            return self.whole_list(rehearse(rehearsal))
        mark = reference_mark()
        if request.POST.get(CONFIRMED) != mark:
            expected = forecast(clockwork(), rehearse(rehearsal))
            if expected.cases or not expected.is_whole:
                return self.show(request, expected, mark)
        response, recount = carry_out(write, why=f"{called(row)} {self.done}", by=request.user)
        if recount and recount.waiting:
            messages.warning(request, _("Perkara terbuka dihitung ulang dalam beberapa menit."))
        elif recount:
            messages.success(request, _("Perkara terbuka sudah dihitung ulang."))
        return response

    def show(self, request: HttpRequest, expected: Forecast, mark: str) -> HttpResponse:
        page = Paginator(expected.cases, SHOWN).get_page(request.POST.get(PAGE))
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_TYPED
            for value in values
        ]
        context = {
            "view": self,
            "count": len(expected.cases),
            "is_whole": expected.is_whole,
            "looked_at": LOOKED_AT,
            "page": page,
            "cases": list(moved_cases(page.object_list)),
            "typed": typed,
            "mark": mark,
            "is_shown_again": CONFIRMED in request.POST,
            "action_url": request.path,
            "cancel_url": getattr(self, "index_url", request.path),
        }
        return TemplateResponse(request, "cases/admin/shifts.html", context)

    def whole_list(self, after: Clockwork) -> HttpResponse:
        """Every case that moves, however many, as a file."""
        rows = file_rows(moved_cases(whole_forecast(clockwork(), after)))
        response = HttpResponse(csv_file(header(), rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="perkara-bergeser.csv"'
        return response


def _is_refused(form) -> bool:
    """Whether the row would not be valid now, which is then told beside its fields."""
    try:
        form.instance.full_clean()
    except ValidationError as fault:
        form.add_error(None, fault)
        return True
    return False


def called(row) -> str:
    """A row as a history names it. Indonesian, since it is kept."""
    if isinstance(row, Holiday):
        return f"hari libur {date_words(row.date)} ({row.name})"
    if isinstance(row, Rule):
        return f"aturan waktu “{row}”"
    return str(row._meta.verbose_name)


class ShownFirstCreateView(ShownFirst, CreateView):
    done = "ditambahkan"


class ShownFirstEditView(ShownFirst, EditView):
    done = "diubah"


class ShownFirstDeleteView(ShownFirst, DeleteView):
    done = "dihapus"

    def post(self, request, *args, **kwargs):
        write = partial(super().post, request, *args, **kwargs)
        return self.change(request, copy(self.instance), copy(self.instance).delete, write)


class ClockSettingsView(ShownFirst, SettingEditView):
    """In the place of Wagtail's own page for these settings."""

    done = "diubah"

    def setup(self, request, *args, **kwargs):
        meta = ClockSettings._meta
        super().setup(request, meta.app_label, meta.model_name, *args, **kwargs)
