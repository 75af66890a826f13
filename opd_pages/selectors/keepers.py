"""Who keeps which unit's contacts: its own people, and those of the units above it."""

from django.db.models import Case, Max, Q, QuerySet, When

from home.models import User

from ..models import Membership, Role, Unit

KEEPERS = (Role.OPERATOR, Role.HEAD, Role.EDITOR)


def kept_units(user: User) -> QuerySet[Unit]:
    """The current units whose contacts the person keeps; one query for the memberships is made at once."""
    held = Membership.objects.current().filter(user=user, role__in=KEEPERS)
    rule = Q(pk__in=[])
    for lineage in held.values_list("unit__lineage", flat=True):
        rule |= Q(lineage__startswith=lineage)
    return Unit.objects.current().filter(rule).select_related("kind", "parent__kind", "page")


def keeps_contacts(user: User, unit: Unit) -> bool:
    return kept_units(user).filter(pk=unit.pk).exists()


def longest_unconfirmed_first(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """With `confirmed_at`: never confirmed first, then the oldest confirmation."""
    dated = units.annotate(confirmed_at=Max("contact_sheets__confirmations__confirmed_at"))
    return dated.order_by(Case(When(confirmed_at=None, then=0), default=1), "confirmed_at", "name", "pk")


def looks_over_contacts(user: User) -> bool:
    """Whoever keeps the portal sees which contacts are late, and changes none."""
    held = Membership.objects.current().filter(user=user, role=Role.ADMINISTRATOR)
    return held.exists()


def every_unit() -> QuerySet[Unit]:
    """The current units, each with what its line in a list shows."""
    return Unit.objects.current().select_related("kind", "parent__kind", "page")
