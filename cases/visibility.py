"""Who may see which case: the one place that says so.

Every list, page, file, feed, search and export filters through `visible_to`; "may this person see this case?" is
the same filter asked for one row, so the two can never disagree.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from opd_pages.models import Level, Role, Unit

from .actors import DESK_ROLES, OVERSIGHT_ROLES, PARENT_ROLES, Staff
from .models import Case, Task

NOTHING = Q(pk__in=[])
# An empty Q would vanish from an "or" and leave the rest of it.
EVERYTHING = ~NOTHING


def _below(unit: Unit) -> Q:
    if unit.kind.level == Level.ROOT:
        return EVERYTHING
    if unit.area_id == unit.pk and unit.parent_id is not None:
        return Q(area=unit)
    return Q(lineage__startswith=unit.lineage)


def visible_to(staff: Staff) -> Q:
    """The cases an officer may see, as a filter on Case.

    A secret case is for its handler, the head of the responsible unit, and the heads and coordinators above. A case
    that accuses a unit does not exist for that unit's people, whatever else they are, nor for those who were its people
    on the day it came and have left since.
    """
    open_words = Q(is_secret=False)
    own = [unit.pk for unit in staff.units(DESK_ROLES)]
    led = [unit.pk for unit in staff.units({Role.HEAD})]
    rule = NOTHING
    if own:
        rule |= Q(responsible_unit__in=own) & (
            open_words | Q(handler=staff.user) | Q(responsible_unit__in=led)
        )
        # Of what accuses somebody only for as long as the step waits: it may have been passed on away from there.
        lasting = Q(done_at=None) | Q(IsNull(OuterRef("concerns_unit"), True))
        side_tasks = Task.objects.filter(
            lasting, ~Q(unit=OuterRef("responsible_unit")), case=OuterRef("pk"), unit__in=own
        )
        rule |= Exists(side_tasks) & open_words
    for membership in staff.memberships:
        if membership.role in PARENT_ROLES:
            below = _below(membership.unit)
            rule |= below if membership.role == Role.HEAD else below & open_words
        elif membership.role in OVERSIGHT_ROLES:
            rule |= _below(membership.unit) | Q(responsible_unit=membership.unit)
        elif membership.role == Role.INSPECTOR:
            rule |= Q(responsible_unit=membership.unit) | Q(is_supervisory=True)
    accused = Q(concerns_unit__in=staff.unit_ids)
    for left in staff.ended:
        meanwhile = (left.valid_from, left.valid_until)
        accused |= Q(concerns_unit=left.unit_id, received_at__date__range=meanwhile)
    return rule & (Q(concerns_unit=None) | ~accused)


def cases_for(staff: Staff) -> QuerySet[Case]:
    return Case.objects.filter(visible_to(staff))


def can_see(staff: Staff, case: Case) -> bool:
    return cases_for(staff).filter(pk=case.pk).exists()


def public_cases() -> QuerySet[Case]:
    """Cases with a reviewed public copy. A secret one has none, whatever its row says, nor one that accuses somebody: they
    would read it there."""
    return Case.objects.filter(published_at__isnull=False, is_secret=False, concerns_unit=None)
