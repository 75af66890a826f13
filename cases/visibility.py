"""Who may see which case: the one place that says so.

Every list, page, file, feed, search and export filters through `visible_to`; "may this person see this case?" is
the same filter asked for one row, so the two can never disagree.
"""

from collections.abc import Container
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from opd_pages.models import Level, Role

from .actors import DESK_ROLES, OVERSIGHT_ROLES, PARENT_ROLES, Staff
from .models import Case, Task

NOTHING = Q(pk__in=[])
# An empty Q would vanish from an "or" and leave the rest of it.
EVERYTHING = ~NOTHING


class Seat(NamedTuple):
    """What of a membership decides what is seen from it."""

    role: str
    unit: int
    parent: int | None
    area: int | None
    lineage: str
    level: str

    @property
    def below(self) -> Q:
        if self.level == Level.ROOT:
            return EVERYTHING
        if self.area == self.unit and self.parent is not None:
            return Q(area=self.unit)
        return Q(lineage__startswith=self.lineage)


class Sight(NamedTuple):
    """All that decides which cases an officer sees: whoever has the same sees the same.

    `left`: units whose people they are no longer, from when and until when they were.
    """

    person: int
    seats: tuple[Seat, ...]
    left: tuple[tuple[int, date, date], ...]

    @classmethod
    def of(cls, staff: Staff) -> "Sight":
        units = [(membership.role, membership.unit) for membership in staff.memberships]
        return cls(
            staff.user.pk,
            tuple(
                Seat(role, unit.pk, unit.parent_id, unit.area_id, unit.lineage, unit.kind.level)
                for role, unit in units
            ),
            tuple((left.unit_id, left.valid_from, left.valid_until) for left in staff.ended),
        )

    def units(self, roles: Container[str]) -> list[int]:
        return [seat.unit for seat in self.seats if seat.role in roles]


def visible_to(staff: Staff) -> Q:
    """The cases an officer may see, as a filter on Case.

    A secret case is for its handler, the head of the responsible unit, and the heads and coordinators above. A case
    that accuses a unit does not exist for that unit's people, whatever else they are, nor for those who were its people
    on the day it came and have left since.
    """
    return _seen(Sight.of(staff))


def _seen(sight: Sight) -> Q:
    open_words = Q(is_secret=False)
    rule = NOTHING
    if own := sight.units(DESK_ROLES):
        led = sight.units({Role.HEAD})
        rule |= Q(responsible_unit__in=own) & (
            open_words | Q(handler=sight.person) | Q(responsible_unit__in=led)
        )
        # Of what accuses somebody only for as long as the step waits: it may have been passed on away from there.
        lasting = Q(done_at=None) | Q(IsNull(OuterRef("concerns_unit"), True))
        side_tasks = Task.objects.filter(
            lasting, ~Q(unit=OuterRef("responsible_unit")), case=OuterRef("pk"), unit__in=own
        )
        rule |= Exists(side_tasks) & open_words
    for seat in sight.seats:
        if seat.role in PARENT_ROLES:
            rule |= seat.below if seat.role == Role.HEAD else seat.below & open_words
        elif seat.role in OVERSIGHT_ROLES:
            rule |= seat.below | Q(responsible_unit=seat.unit)
        elif seat.role == Role.INSPECTOR:
            rule |= Q(responsible_unit=seat.unit) | Q(is_supervisory=True)
    accused = Q(concerns_unit__in={seat.unit for seat in sight.seats})
    for unit, since, until in sight.left:
        accused |= Q(concerns_unit=unit, received_at__date__range=(since, until))
    return rule & (Q(concerns_unit=None) | ~accused)


def cases_for(staff: Staff) -> QuerySet[Case]:
    return _cases_seen(Sight.of(staff)).all()


@lru_cache(maxsize=200)
def _cases_seen(sight: Sight) -> QuerySet[Case]:
    """Never asked itself, or it would keep the rows: putting the filter together takes as long as asking for a page."""
    return Case.objects.filter(_seen(sight))


def can_see(staff: Staff, case: Case) -> bool:
    return cases_for(staff).filter(pk=case.pk).exists()


def public_cases() -> QuerySet[Case]:
    """Cases with a reviewed public copy. A secret one has none, whatever its row says, nor one that accuses somebody: they
    would read it there."""
    return Case.objects.filter(published_at__isnull=False, is_secret=False, concerns_unit=None)
