"""Who takes a step when nobody holds the role it is meant for: no case waits for an empty chair."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from opd_pages.models import Membership, Role, Unit

from ..models import Case, IdentityMode, Task

CALL_REPORTER = "call_reporter"
# Who stands in at the unit itself, and then at each unit above it, in this order.
DECIDING = (Role.HEAD, Role.INSPECTOR, Role.COORDINATOR)
WORKING = (Role.HEAD, Role.OPERATOR, Role.INSPECTOR, Role.COORDINATOR)


class Chair(NamedTuple):
    """To whom a step is addressed: whoever holds the role at the unit, of that section where one is named."""

    unit_id: int
    role: str
    section_id: int | None = None


def taker(
    case: Case, unit: Unit, role: str, section_id: int | None = None, *, not_by: Iterable[int] = ()
) -> Chair:
    """The chair meant, or the nearest on which somebody sits who may see the case and is none of `not_by`. 1 query.

    Nearest is the same unit's head or desk, then the units above, at last the inspectorate for what it watches over.
    """
    wanted = Chair(unit.pk, role, section_id)
    units = [int(pk) for pk in reversed(unit.lineage.strip("/").split("/"))]
    held = set(_held(case, units, not_by))
    if wanted in held:
        return wanted
    return next((chair for chair in _stand_ins(case, units, role, held) if chair in held), wanted)


def nearest_desk(unit: Unit, roles: Sequence[str], *, accused: Unit | None = None) -> tuple[Unit, str]:
    """The unit itself, or the nearest above it where somebody takes up cases, and who; the top one where nobody does.

    Somebody who belongs to the accused unit as well is nobody here: the case does not exist for them.
    """
    ids = [int(pk) for pk in unit.lineage.strip("/").split("/")]
    people = Membership.objects.current().filter(unit__in=ids, role__in=roles, user__is_active=True)
    if accused:
        theirs = Membership.objects.current().filter(unit=accused)
        people = people.exclude(user__in=theirs.values("user"))
    seated = set(people.values_list("unit_id", "role"))
    for pk in reversed(ids):
        role = next((role for role in roles if (pk, role) in seated), None)
        if role and pk != getattr(accused, "pk", None):
            return unit if pk == unit.pk else Unit.objects.select_related("kind").get(pk=pk), role
    return unit, roles[0]


def _stand_ins(case: Case, units: list[int], role: str, held: set[Chair]) -> Iterator[Chair]:
    """What a head decides nobody below a head decides, and a secret case is for no other eyes."""
    roles = DECIDING if case.is_secret or role in DECIDING else WORKING
    for pk in units:
        yield from (Chair(pk, role) for role in roles)
    if case.is_supervisory:
        yield from sorted(
            (chair for chair in held if chair.role == Role.INSPECTOR), key=lambda chair: chair.unit_id
        )


def _held(case: Case, units: Iterable[int], not_by: Iterable[int]) -> Iterator[Chair]:
    """The chairs of these units and of the inspectorate on which somebody sits today whom the case does not accuse."""
    people = Membership.objects.current().filter(user__is_active=True).exclude(user__in=list(not_by))
    if case.concerns_unit_id:
        accused = Membership.objects.current().filter(unit=case.concerns_unit_id)
        people = people.exclude(user__in=accused.values("user"))
    rows = people.filter(Q(unit__in=units) | Q(role=Role.INSPECTOR)).values_list("unit", "role", "section")
    for unit_id, role, section_id in rows:
        yield Chair(unit_id, role, section_id)
        if section_id:
            yield Chair(unit_id, role)


def orphans() -> QuerySet[Task]:
    """The open steps that wait for an empty chair, and may be taken by somebody else.

    Nobody but the coordinator may know an anonymous reporter's number: that call waits for the next one.
    """
    seated = Membership.objects.current().filter(
        user__is_active=True, unit=OuterRef("unit"), role=OuterRef("role")
    )
    is_empty = Q(section=None) & ~Exists(seated)
    is_empty |= Q(section__isnull=False) & ~Exists(seated.filter(section=OuterRef("section")))
    is_anonymous_call = Q(step=CALL_REPORTER, case__identity_mode=IdentityMode.ANONYMOUS)
    return Task.objects.filter(is_empty, done_at=None).exclude(is_anonymous_call)
