"""Wagtail's groups follow the memberships: one group per unit, never many groups for one person."""

from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone

from ..models.membership import Membership, Role
from ..models.unit import Unit

ADMINISTRATORS = "Administrator portal"


def editors_group_name(unit: Unit) -> str:
    return f"Penyunting {unit.code}"


def sync_groups(user, *, on: date | None = None) -> None:
    """Put the person into the groups that their memberships of a day (today) give, and into no others.

    A unit's permission is inherited by the pages below it, so only the highest unit of each branch counts.
    """
    held = Membership.objects.valid_on(on or timezone.localdate()).filter(
        user=user, role__in=[Role.EDITOR, Role.ADMINISTRATOR]
    )
    held = list(held.select_related("unit"))
    names = {ADMINISTRATORS} if any(member.role == Role.ADMINISTRATOR for member in held) else set()
    units = [member.unit for member in held if member.role == Role.EDITOR]
    names |= {
        editors_group_name(unit)
        for unit in units
        if not any(other.pk != unit.pk and other.contains(unit) for other in units)
    }
    user.groups.set(Group.objects.filter(name__in=names))
