"""Where somebody lands after logging in who keeps no desk and edits no page, but publishes alerts."""

from django.urls import reverse

from .models import Membership, Role


def landing_page(user) -> str | None:
    held = Membership.objects.current().filter(user=user, role=Role.EMERGENCY_PUBLISHER)
    return reverse("alerts") if held.exists() else None
