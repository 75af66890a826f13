"""Until when, and why, an applicant may object (UU 14/2008 Ps 35 and 36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases.calendar import NoWorkingDay
from cases.models import Case, Deadline
from cases.services.clockwork import NoRule, clockwork
from opd_pages.models import Level, Unit

from ..models import PpidSettings
from ..workflow import BEING_HANDLED, KIND


@dataclass(frozen=True)
class ObjectionWindow:
    """`is_silence`: the notice did not come in time (Ps 35(1) c), so that the term runs from its last day.
    `is_over`: the term has passed.
    """

    until: datetime
    because: str
    is_silence: bool
    is_over: bool
    superior: str
    address: str


def objection_windows(cases: Sequence[Case], *, now: datetime | None = None) -> dict[int, ObjectionWindow]:
    """By case, the time for an objection where it has begun. 1 query; at most 4 where it has begun for any."""
    now = now or timezone.now()
    clocks = Deadline.objects.filter(case__in=cases, step__in=("notice", "objection"), ended_at=None)
    status = {case.pk: case.status for case in cases}
    begun = [
        clock
        for clock in clocks.filter(paused_at=None)
        if clock.step == "objection" or (clock.due_at < now and status[clock.case_id] in BEING_HANDLED)
    ]
    if not begun:
        return {}
    settings = PpidSettings.in_force()
    address = settings.superior_address or _address_of_the_kabupaten()
    works = clockwork() if any(clock.step == "notice" for clock in begun) else None
    found = {}
    for clock in begun:
        is_silence = clock.step == "notice"
        until, because = clock.due_at, clock.because
        if is_silence:
            try:
                rule = works.rule(KIND, "objection", timezone.localdate(clock.due_at))
                due = works.due(rule, clock.due_at)
            except (NoRule, NoWorkingDay):
                continue  # an administrator must enter a rule; no page waits for it
            until, because = due.at, due.because
        found[clock.case_id] = ObjectionWindow(
            until, because, is_silence, until < now, settings.superior, address
        )
    return found


def _address_of_the_kabupaten() -> str:
    roots = Unit.objects.filter(parent=None, kind__level=Level.ROOT).order_by("pk")
    return roots.values_list("address", flat=True).first() or ""
