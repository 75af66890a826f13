"""Where an officer's lists look, so that they cost what that officer's cases cost and not what all cases do."""

from dataclasses import dataclass

from django.db.models import Q, Value

from opd_pages.models import Level, Role, Unit

from ..actors import DESK_ROLES, OVERSIGHT_ROLES, PARENT_ROLES, Staff
from ..models import Case, Task
from ..visibility import EVERYTHING

ABOVE = PARENT_ROLES | OVERSIGHT_ROLES


@dataclass(frozen=True)
class Reach:
    """`units`: the cases of the units that an officer works at or stands above. `helping`: keys of others' cases in which
    a step waits for one of these units.

    Keys alone, since an index knows them in the lists' order; which of these cases may be seen is asked of
    cases.visibility besides.
    """

    units: Q = EVERYTHING
    helping: tuple[int, ...] = ()

    @property
    def open(self) -> Q:
        return self.units | Q(pk__in=self.helping) if self.helping else self.units


WHOLE = Reach()


def reach_of(staff: Staff) -> Reach:
    """1 query; none for whoever looks over the whole kabupaten."""
    if staff.has(Role.INSPECTOR):
        return WHOLE
    areas: set[int] = set()
    below = Q(pk__in=[])
    for membership in staff.memberships:
        unit = membership.unit
        if membership.role not in ABOVE:
            below |= Q(pk=unit.pk)
        elif unit.kind.level == Level.ROOT:
            return WHOLE
        elif unit.area_id == unit.pk:
            areas.add(unit.pk)
        else:
            below |= Q(lineage__startswith=unit.lineage)
    own = [unit.pk for unit in staff.units(DESK_ROLES)]
    # Most steps are in the units' own open cases. An index knows their keys; the rest is looked up one by one.
    own_cases = Case.objects.filter(responsible_unit__in=own, closed_at=None)
    steps = Task.objects.filter(unit__in=own, done_at=None).exclude(case__in=own_cases.values("pk"))
    helping = steps.exclude(case__responsible_unit__in=own)
    units = Unit.objects.filter(below).exclude(area__in=areas).order_by().values_list(Value("unit"), "pk")
    keys: dict[str, set[int]] = {"unit": set(), "case": set()}
    for of, key in units.union(helping.order_by().values_list(Value("case"), "case"), all=True):
        keys[of].add(key)
    reach = Q(area__in=areas) if areas else Q(pk__in=[])
    if keys["unit"]:
        reach |= Q(responsible_unit__in=keys["unit"])
    return Reach(reach, tuple(keys["case"]))
