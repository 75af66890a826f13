"""Who acts on a case: an officer with memberships, the reporter, or the system itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from opd_pages.models import Membership, Role, Unit
from opd_pages.selectors.keepers import KEEPERS

from .models import Case
from .models.history import ActorKind
from .workflow import PARENT, REPORTER, REPORTER_BY_VOICE, SYSTEM

# Roles at a unit that work on its cases.
DESK_ROLES = frozenset({Role.OPERATOR, Role.HEAD, Role.SECTION_HEAD, Role.PPID_ASSISTANT})
# Roles that look over everything below their unit.
OVERSIGHT_ROLES = frozenset({Role.COORDINATOR, Role.REGENT})
# Roles that work on what came to their own unit, whether or not it has operators besides.
DESK_OF_THEIR_OWN = frozenset({Role.COORDINATOR, Role.INSPECTOR})
# Roles from which a unit's people see the cases of the units below theirs.
PARENT_ROLES = frozenset({Role.HEAD, Role.OPERATOR})


@dataclass(frozen=True)
class Reporter:
    """The person behind a case, known by number and access code."""

    kind = ActorKind.REPORTER
    user = None

    def roles_on(self, case: Case) -> frozenset[str]:
        return frozenset({REPORTER})


@dataclass(frozen=True)
class System:
    kind = ActorKind.SYSTEM
    user = None

    def roles_on(self, case: Case) -> frozenset[str]:
        return frozenset({SYSTEM})


@dataclass(frozen=True)
class Staff:
    """An officer with the memberships in force on a day. Made by Staff.of(user): one query."""

    user: object
    memberships: tuple[Membership, ...]
    # Those that have ended, of which only what they were accused of meanwhile is left.
    ended: tuple[Membership, ...] = ()
    kind = ActorKind.STAFF

    @classmethod
    def of(cls, user, *, on: date | None = None) -> "Staff":
        day = on or timezone.localdate()
        begun = Membership.objects.filter(user=user, valid_from__lte=day)
        begun = begun.select_related("unit__kind", "section").order_by("unit__name", "role", "pk")
        in_force, ended = [], []
        for membership in begun:
            over = membership.valid_until is not None and membership.valid_until < day
            (ended if over else in_force).append(membership)
        return cls(user, tuple(in_force), tuple(ended))

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(membership.unit_id for membership in self.memberships)

    def units(self, roles: Iterable[str]) -> list[Unit]:
        return [membership.unit for membership in self.memberships if membership.role in roles]

    @property
    def desks(self) -> list[Unit]:
        """The units at whose desk this officer works."""
        found = {unit.pk: unit for unit in self.units({*DESK_ROLES, *DESK_OF_THEIR_OWN})}
        return list(found.values())

    def has(self, *roles: str) -> bool:
        return any(membership.role in roles for membership in self.memberships)

    @property
    def sees_cases(self) -> bool:
        return self.has(*DESK_ROLES, *OVERSIGHT_ROLES, Role.INSPECTOR)

    @property
    def keeps_contacts(self) -> bool:
        return self.has(*KEEPERS)

    @property
    def publishes_alerts(self) -> bool:
        return self.has(Role.EMERGENCY_PUBLISHER)

    def is_accused_by(self, case: Case) -> bool:
        """Whether the case is about a unit of theirs, or about one that was theirs on the day it came."""
        if case.concerns_unit_id is None:
            return False
        day = timezone.localdate(case.received_at)
        return case.concerns_unit_id in self.unit_ids or any(
            left.unit_id == case.concerns_unit_id and left.valid_from <= day <= left.valid_until
            for left in self.ended
        )

    def roles_on(self, case: Case) -> frozenset[str]:
        """What this officer is to the case: nothing where it accuses them, or is kept secret from them."""
        if self.is_accused_by(case):
            return frozenset()
        roles: set[str] = set()
        is_told = not case.is_secret or self._shares_the_secret_of(case)
        for membership in self.memberships:
            unit, role = membership.unit, membership.role
            here = unit.pk == case.responsible_unit_id
            above = not here and case.lineage.startswith(unit.lineage)
            if here and role in DESK_ROLES and is_told:
                roles.add(role)
            elif above and role in PARENT_ROLES and (role == Role.HEAD or not case.is_secret):
                roles.add(PARENT)
            elif ((here or above) and role in OVERSIGHT_ROLES) or (
                role == Role.INSPECTOR and (here or case.is_supervisory)
            ):
                roles.add(role)
                if here and role in DESK_OF_THEIR_OWN:
                    roles.add(Role.OPERATOR)
        return frozenset(roles)

    def _shares_the_secret_of(self, case: Case) -> bool:
        """Whether this officer is the handler of a secret case, or heads the unit that has it."""
        return case.handler_id == self.user.pk or any(
            membership.unit_id == case.responsible_unit_id and membership.role == Role.HEAD
            for membership in self.memberships
        )

    def sections_at(self, unit_id: int) -> frozenset[int]:
        return frozenset(
            membership.section_id
            for membership in self.memberships
            if membership.unit_id == unit_id and membership.section_id
        )

    def may_do(self, task) -> bool:
        """Whether the task is addressed to one of this officer's roles, and to their section where it names one."""
        return any(
            membership.unit_id == task.unit_id
            and membership.role == task.role
            and (task.section_id is None or membership.section_id == task.section_id)
            for membership in self.memberships
        )


@dataclass(frozen=True)
class Voice:
    """An officer who writes down what the reporter said by phone or at the counter."""

    staff: Staff
    kind = ActorKind.STAFF

    @property
    def user(self):
        return self.staff.user

    def roles_on(self, case: Case) -> frozenset[str]:
        return frozenset({REPORTER_BY_VOICE}) if self.staff.roles_on(case) else frozenset()


Actor = Reporter | System | Staff | Voice
