"""Where an officer lands after logging in."""

from django.urls import reverse

from opd_pages.models import Role

from .actors import Staff


def landing_page(user) -> str | None:
    """The desk; for a head, who reads between two meetings, what waits for an order. None for who sees no case."""
    staff = Staff.of(user)
    if not staff.sees_cases:
        return None
    return reverse("desk_morning") if staff.has(Role.HEAD) else reverse("desk")
