"""What an empty desk says: when it is opened next."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import DESK_ROLES, Staff
from cases.due import day_on_screen
from cases.services.clockwork import clockwork

from .services.routing import desk_of


def next_opening(staff: Staff) -> str:
    """For a unit that opens its desk at fixed hours, the next of them; "" for others."""
    for unit in staff.units(DESK_ROLES):
        desk, works = desk_of(unit), clockwork()
        if desk.procedure.opens_twice and works.hours:
            before_closing = timedelta(minutes=desk.minutes_before_closing)
            now = timezone.localtime()
            opening = works.hours.next_opening(now, works.calendar, desk.first_opening, before_closing)
            day = "" if opening.date() == now.date() else f"{day_on_screen(opening.date())} "
            return _("Jadwal buka meja berikutnya %(day)spukul %(time)s.") % {
                "day": day,
                "time": f"{opening:%H.%M}",
            }
    return ""
