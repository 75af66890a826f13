"""Registers whose rows move the dates of open cases: what would move is shown before it is saved."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail_modeladmin.views import CreateView, DeleteView, EditView

from opd_pages.models import Unit

from ..calendar import END_OF_DAY, date_words, short_day_words
from ..kinds import kind_of
from ..models import ClockSettings, Holiday, Rule
from ..services.clockwork import clockwork
from ..services.recounting import Forecast, Shift, carry_out, forecast, rehearse

CONFIRMED = "geser"
SHOWN = 50
# What is sent along with a form and is none of its fields.
NOT_TYPED = ("csrfmiddlewaretoken", CONFIRMED)


@dataclass(frozen=True)
class MovedCase:
    """What an administrator may know of a case."""

    number: str
    unit: Unit
    old: str
    new: str


def promised_first(found: Iterable[Shift]) -> list[Shift]:
    """One shift per case, in order of number: what is promised to the reporter, where that moves."""
    by_case: dict[int, Shift] = {}
    for shift in found:
        case = shift.clock.case
        if case.pk not in by_case or shift.clock.step in kind_of(case).promised_steps:
            by_case[case.pk] = shift
    return sorted(by_case.values(), key=lambda shift: shift.clock.case.number)


def moved_cases(found: list[Shift]) -> list[MovedCase]:
    """1 query, for the units."""
    units = Unit.objects.select_related("kind", "parent__kind").in_bulk(
        {shift.clock.case.responsible_unit_id for shift in found}
    )
    return [
        MovedCase(
            shift.clock.case.number,
            units[shift.clock.case.responsible_unit_id],
            _when(shift.old),
            _when(shift.new),
        )
        for shift in found
    ]


def _when(moment: datetime) -> str:
    """24 Nov 2026, and the time of day where the term does not end with the day."""
    local = timezone.localtime(moment)
    hour = "" if local.time().replace(microsecond=0) == END_OF_DAY else f", {local:%H.%M}"
    return f"{short_day_words(local.date())} {local.year}{hour}"


class ShownFirst:
    """For views that change how time is counted: nothing is saved before whoever does it has seen what moves.

    `done` says in the reporters' histories what was done to the row.
    """

    done = ""

    def change(
        self, request: HttpRequest, row, rehearsal: Callable[[], object], write: Callable[[], HttpResponse]
    ) -> HttpResponse:
        if CONFIRMED not in request.POST:
            expected = forecast(clockwork(), rehearse(rehearsal))
            if expected.shifts or not expected.is_whole:
                return self.show(request, expected)
        response, recount = carry_out(write, why=f"{called(row)} {self.done}", by=request.user)
        if recount and recount.waiting:
            messages.warning(request, _("Batas waktu perkara terbuka digeser dalam beberapa menit."))
        elif recount:
            messages.success(request, _("Batas waktu perkara terbuka sudah digeser."))
        return response

    def show(self, request: HttpRequest, expected: Forecast) -> HttpResponse:
        moved = promised_first(expected.shifts)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_TYPED
            for value in values
        ]
        context = {
            "view": self,
            "count": len(moved),
            "is_whole": expected.is_whole,
            "rows": moved_cases(moved[:SHOWN]),
            "left_out": max(0, len(moved) - SHOWN),
            "typed": typed,
            "confirmed": CONFIRMED,
            "action_url": request.path,
            "cancel_url": getattr(self, "index_url", request.path),
        }
        return TemplateResponse(request, "cases/admin/shifts.html", context)


def called(row) -> str:
    """A row as a history names it. Indonesian, since it is kept."""
    if isinstance(row, Holiday):
        return f"hari libur {date_words(row.date)} ({row.name})"
    if isinstance(row, Rule):
        return f"aturan waktu “{row}”"
    return str(row._meta.verbose_name)


class ShownFirstCreateView(ShownFirst, CreateView):
    done = "ditambahkan"

    def form_valid(self, form):
        row = form.instance
        return self.change(self.request, row, copy(row).save, partial(super().form_valid, form))


class ShownFirstEditView(ShownFirst, EditView):
    done = "diubah"

    def form_valid(self, form):
        row = form.instance
        return self.change(self.request, row, copy(row).save, partial(super().form_valid, form))


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

    def form_valid(self, form):
        row = form.instance
        return self.change(self.request, row, copy(row).save, partial(super().form_valid, form))
