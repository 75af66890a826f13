"""How near a deadline is, in the words and colours that lists use."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .calendar import day_words


def due_state(due_at: datetime | None, *, now: datetime, paused: bool = False) -> str:
    """paused, overdue, today or early; "" where nothing runs."""
    if paused:
        return "paused"
    if due_at is None:
        return ""
    if due_at < now:
        return "overdue"
    return "today" if timezone.localdate(due_at) == timezone.localdate(now) else "early"


def days_late(due_at: datetime, now: datetime) -> int:
    """Whole days since the day it was due; at least 1 once it is late."""
    return max(1, (timezone.localdate(now) - timezone.localdate(due_at)).days)


def due_in_words(due_at: datetime | None, *, now: datetime, paused: bool = False) -> str:
    state = due_state(due_at, now=now, paused=paused)
    if state == "paused":
        return _("Berhenti sementara")
    if state == "":
        return _("Tanpa batas waktu")
    if state == "overdue":
        return _("Terlambat %(days)s hari") % {"days": days_late(due_at, now)}
    local = timezone.localtime(due_at)
    if state == "today":
        return _("Hari ini, %(time)s") % {"time": f"{local:%H.%M}"}
    if local.date() == timezone.localdate(now) + timedelta(days=1):
        return _("Besok")
    return day_words(local.date()) if local.year != timezone.localdate(now).year else _day_without_year(local)


def _day_without_year(moment: datetime) -> str:
    return day_words(moment.date()).removesuffix(f" {moment.year}")
