"""What follows from the days on which memberships begin and end."""

from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import Membership
from .groups import GROUP_ROLES, sync_groups


def overlapping(membership: Membership) -> QuerySet[Membership]:
    """Other memberships of the same person in the same role, unit and section that share a day with this one."""
    others = Membership.objects.exclude(pk=membership.pk).filter(
        Q(valid_until=None) | Q(valid_until__gte=membership.valid_from),
        user=membership.user_id,
        unit=membership.unit_id,
        role=membership.role,
        section=membership.section_id,
    )
    return others.filter(valid_from__lte=membership.valid_until) if membership.valid_until else others


def follow_the_calendar(today: date | None = None) -> int:
    """Give and take the groups of everybody whose memberships began or ended; returns how many people changed.

    Looks at all editors and administrators there ever were, so it does not matter how many nights were missed.
    """
    changed = 0
    people = get_user_model().objects.filter(memberships__role__in=GROUP_ROLES).distinct()
    for user in people.prefetch_related("groups"):
        before = {group.pk for group in user.groups.all()}
        sync_groups(user, on=today or timezone.localdate())
        changed += before != set(user.groups.values_list("pk", flat=True))
    return changed
