"""Anyone may count a deadline as the portal does, and check the portal's own counting."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..calendar import END_OF_DAY, FirstDay
from ..due import day_on_screen
from ..forms.calculator import CalculatorForm
from ..kinds import nouns
from ..reference.vectors import FIELDS, published
from ..services.clockwork import clockwork


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Asked by address, so that a counted date can be passed on as a link. Writes nothing."""
    is_asked = request.GET.keys() & CalculatorForm.base_fields.keys()
    works = clockwork()
    form = CalculatorForm(request.GET if is_asked else None, works=works, today=timezone.localdate())
    is_wrong = form.is_bound and not form.is_valid()
    context = {
        "form": form,
        "nouns": nouns(),
        "rule": form.rule,
        "due": form.due,
        "counts_from_next_day": works.calendar.first_day == FirstDay.NEXT,
        "joint_leave_is_off": works.calendar.joint_leave_is_off,
        "fields": FIELDS,
    }
    if form.due:
        context["due_words"] = _in_words(form.due.at)
        context["undecided_years"] = f" {_('dan')} ".join(map(str, form.due.unconfirmed_years))
    return render(request, "cases/calculator.html", context, status=422 if is_wrong else 200)


def _in_words(at: datetime) -> str:
    day = day_on_screen(at.date())
    if at.time() == END_OF_DAY:
        return day
    return _("%(day)s pukul %(time)s") % {"day": day, "time": f"{at:%H.%M} {at.tzname()}"}


@require_safe
def vectors(request: HttpRequest) -> HttpResponse:
    return HttpResponse(published(), content_type="application/json; charset=utf-8")
