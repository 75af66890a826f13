"""How near a deadline is, in the words and colours that lists use."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


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
        days = days_late(due_at, now)
        return ngettext("Terlambat %(days)s hari", "Terlambat %(days)s hari", days) % {"days": days}
    local = timezone.localtime(due_at)
    if state == "today":
        return _("Hari ini, %(time)s") % {"time": f"{local:%H.%M}"}
    if local.date() == timezone.localdate(now) + timedelta(days=1):
        return _("Besok")
    this_year = local.year == timezone.localdate(now).year
    return date_format(local, "l, j F") if this_year else day_on_screen(local)


def day_on_screen(day: date) -> str:
    """In the interface's language; cases.calendar has the Indonesian words for what is kept and printed.

    >>> day_on_screen(date(2026, 11, 24))
    'Selasa, 24 November 2026'
    """
    return date_format(day, "l, j F Y")
