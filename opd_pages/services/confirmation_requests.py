"""Heads and operators are asked whether their contacts still hold, before these count as stale and after."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from home.models import PortalSettings, User

from ..models import Confirmation, ConfirmationRequest, Membership, Role, Unit
from ..registry import confirmation_asked
from ..selectors.keepers import keeps_contacts

logger = logging.getLogger(__name__)

ASKED = (Role.HEAD, Role.OPERATOR)
# Days after the last fresh one on which they are asked once more; the first time is before it.
ASKED_AGAIN_AFTER = (1, 15, 29)
ASKED_AHEAD = 7


def ask_for_confirmations(now: datetime) -> int:
    """Ask the people of every unit whose contacts grow stale; returns how many units were asked about.

    Level-triggered: after days without a worker each is asked once, for the latest of the times that went by. The
    request and its messages are written together, so that no mail server need be there.
    """
    asked = 0
    for confirmation in _growing_stale(now):
        try:
            asked += _ask(confirmation, now)
        except Exception:
            logger.exception("confirmation %s was not asked for", confirmation.pk)
    return asked


def rounds_due(confirmed_at: datetime, now: datetime, every_days: int) -> int:
    """How many times somebody should have been asked by now about contacts that were confirmed then."""
    age = (timezone.localdate(now) - timezone.localdate(confirmed_at)).days
    # An office that asks every week does not ask on the day of the confirmation.
    ahead = min(ASKED_AHEAD, every_days // 2)
    return sum(age >= every_days + days for days in (-ahead, *ASKED_AGAIN_AFTER))


def last_confirmation(unit: Unit | OuterRef) -> QuerySet[Confirmation]:
    """The confirmation that the public reads the date of, at the head of a queryset."""
    confirmations = Confirmation.objects.filter(sheet__unit=unit)
    return confirmations.order_by("-sheet__version", "-confirmed_at", "-pk")


def _growing_stale(now: datetime) -> Iterable[Confirmation]:
    every = PortalSettings.load().confirm_contacts_every_days
    last = Subquery(last_confirmation(OuterRef("pk")).values("pk")[:1])
    current = Unit.objects.current().annotate(last=last).values("last")
    before = now - timedelta(days=every - ASKED_AHEAD - 1)
    rows = Confirmation.objects.filter(pk__in=current, confirmed_at__lte=before).select_related("sheet__unit")
    for confirmation in rows.annotate(asked=Max("requests__round")).order_by("pk"):
        confirmation.due = rounds_due(confirmation.confirmed_at, now, every)
        if confirmation.due > (confirmation.asked or 0):
            yield confirmation


def _ask(confirmation: Confirmation, now: datetime) -> bool:
    people = people_to_ask(confirmation.sheet.unit)
    if not people:
        return False
    with transaction.atomic():
        ConfirmationRequest.objects.create(confirmation=confirmation, round=confirmation.due, asked_at=now)
        for person in people:
            for ask in confirmation_asked:
                ask(confirmation, person, now)
    return True


def people_to_ask(unit: Unit) -> list[User]:
    """The unit's heads and operators; where it has none, those of the nearest unit above that has."""
    above = [int(pk) for pk in unit.lineage.strip("/").split("/")]
    held = Membership.objects.current().filter(unit__in=above, role__in=ASKED, user__is_active=True)
    people: dict[int, dict[int, User]] = {}
    for membership in held.select_related("user").order_by("pk"):
        people.setdefault(membership.unit_id, {})[membership.user_id] = membership.user
    nearest = next((people[pk] for pk in reversed(above) if pk in people), {})
    return list(nearest.values())


def is_still_asked(confirmation: Confirmation, person: User) -> bool:
    """Whether this is still the unit's last confirmation, and the person still keeps its contacts."""
    unit = confirmation.sheet.unit
    return last_confirmation(unit).first() == confirmation and keeps_contacts(person, unit)
