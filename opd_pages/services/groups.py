"""Wagtail's groups follow the memberships: one group per unit, never many groups for one person."""

from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone

from ..models.membership import Membership, Role
from ..models.unit import Unit

ADMINISTRATORS = "Administrator portal"
# The roles that give a group in /admin/; the others work at the desk, which reads the memberships themselves.
GROUP_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)


def editors_group_name(unit: Unit) -> str:
    return f"Penyunting {unit.code}"


def sync_groups(user, *, on: date | None = None) -> None:
    """Put the person into the groups that their memberships of a day (today) give, and into no others.

    A unit's permission is inherited by the pages below it, so only the highest unit of each branch counts.
    """
    held = Membership.objects.valid_on(on or timezone.localdate()).filter(user=user, role__in=GROUP_ROLES)
    held = list(held.select_related("unit"))
    names = {ADMINISTRATORS} if any(member.role == Role.ADMINISTRATOR for member in held) else set()
    units = [member.unit for member in held if member.role == Role.EDITOR]
    names |= {
        editors_group_name(unit)
        for unit in units
        if not any(other.pk != unit.pk and other.contains(unit) for other in units)
    }
    user.groups.set(Group.objects.filter(name__in=names))


def units_with_editors() -> set[int]:
    """The keys of the units that somebody edits today."""
    return set(Membership.objects.current().filter(role=Role.EDITOR).values_list("unit", flat=True))


def admit_editors(unit: Unit) -> None:
    """Sync whoever edits the unit: its group was opened, or it stands elsewhere, and other groups cover it now."""
    editing = Membership.objects.current().filter(role=Role.EDITOR, unit=unit).select_related("user")
    for user in {membership.user for membership in editing}:
        sync_groups(user)
