"""Who acts in the demonstration: every account with its memberships, found by unit and role."""

from django.utils import timezone

from cases.actors import Staff
from opd_pages.models import Membership


class Cast:
    """Three lookups in memory; one query when made."""

    def __init__(self) -> None:
        held = (
            Membership.objects.valid_on(timezone.localdate())
            .filter(user__is_demo=True)
            .select_related("user", "unit__kind", "section")
            .order_by("pk")
        )
        by_user: dict[int, list[Membership]] = {}
        for membership in held:
            by_user.setdefault(membership.user_id, []).append(membership)
        self._staff = {pk: Staff(held[0].user, tuple(held)) for pk, held in by_user.items()}
        self._seats: dict[tuple, Staff] = {}
        for membership in held:
            seat = (membership.unit_id, membership.role, membership.section_id)
            self._seats.setdefault(seat, self._staff[membership.user_id])

    def at(self, unit_id: int, role: str, section_id: int | None = None) -> Staff:
        """Whoever holds this role there. Raises KeyError."""
        return self._seats[unit_id, role, section_id]

    def staffed_units(self) -> set[int]:
        return {unit_id for unit_id, _role, _section in self._seats}
