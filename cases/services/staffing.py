"""Who takes a step when nobody holds the role it is meant for: no case waits for an empty chair."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from opd_pages.models import Membership, Role, Unit
from opd_pages.selectors.seats import Seat, seats_at

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
    case: Case, unit: Unit, role: str, section_id: int | None = None, *, not_by: Collection[int] = ()
) -> Chair:
    """The chair meant, or the nearest on which somebody sits who may see the case and is none of `not_by`.
    1 query, 2 where the case accuses somebody.

    Nearest is the same unit's head or desk, then the units above, at last the inspectorate for what it watches over.
    """
    wanted = Chair(unit.pk, role, section_id)
    units = _line_of(unit)
    held = set(_held(case, units, not_by))
    if wanted in held:
        return wanted
    return next((chair for chair in _stand_ins(case, units, role, held) if chair in held), wanted)


def nearest_desk(unit: Unit, roles: Sequence[str], *, accused: Unit | None = None) -> tuple[Unit, str]:
    """The unit itself, or the nearest above it where somebody takes up cases, and who; the top one where nobody does.

    Somebody who belongs to the accused unit as well is nobody here: the case does not exist for them.
    """
    ids = _line_of(unit)
    seated = {(seat.unit_id, seat.role) for seat in _fair_seats(ids, accused.pk if accused else None)}
    for pk in ids:
        role = next((role for role in roles if (pk, role) in seated), None)
        if role and pk != getattr(accused, "pk", None):
            return _above(unit, pk), role
    return unit, roles[0]


def _above(unit: Unit, pk: int) -> Unit:
    """The unit itself or the one above it with this key; no query where its parents were loaded with it."""
    while unit.pk != pk:
        unit = unit.parent
    return unit


def _stand_ins(case: Case, units: list[int], role: str, held: set[Chair]) -> Iterator[Chair]:
    """What a head decides nobody below a head decides, and a secret case is for no other eyes."""
    roles = DECIDING if case.is_secret or role in DECIDING else WORKING
    for pk in units:
        yield from (Chair(pk, role) for role in roles)
    if case.is_supervisory:
        yield from sorted(
            (chair for chair in held if chair.role == Role.INSPECTOR), key=lambda chair: chair.unit_id
        )


def _line_of(unit: Unit) -> list[int]:
    """The unit itself and those above it, up to the top."""
    return [int(pk) for pk in reversed(unit.lineage.strip("/").split("/"))]


def _held(case: Case, units: Collection[int], not_by: Collection[int]) -> Iterator[Chair]:
    """The chairs of these units and of the inspectorate on which somebody sits today whom the case does not accuse."""
    not_by = {*not_by, *_accused_then(case)}
    for seat in _fair_seats(units, case.concerns_unit_id, and_all=[Role.INSPECTOR]):
        if seat.user_id in not_by:
            continue
        yield Chair(seat.unit_id, seat.role, seat.section_id)
        if seat.section_id:
            yield Chair(seat.unit_id, seat.role)


def _fair_seats(units: Collection[int], accused: int | None, *, and_all: Collection[Role] = ()) -> list[Seat]:
    """Today's seats without those of people who belong to the accused unit, wherever they sit besides. 1 query."""
    seats = seats_at([*units, accused] if accused else units, and_all=and_all)
    theirs = {seat.user_id for seat in seats if seat.unit_id == accused}
    return [seat for seat in seats if seat.user_id not in theirs]


def _accused_then(case: Case) -> set[int]:
    """Who belonged to the accused unit on the day the case came, wherever they are now."""
    if case.concerns_unit_id is None:
        return set()
    then = Membership.objects.valid_on(timezone.localdate(case.received_at)).filter(
        unit=case.concerns_unit_id
    )
    return set(then.values_list("user_id", flat=True))


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
