"""Alerts: what stands above a page now, and who may publish for which units."""

from datetime import datetime

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone

from home.banners import Banner
from home.models import User

from ..models import Alert, AlertLevel, Level, Membership, Role, Unit

GRAVITY = Case(
    *(When(level=level, then=Value(rank)) for rank, level in enumerate(AlertLevel.values)),
    output_field=IntegerField(),
)


def banners(request: HttpRequest | None) -> list[Banner]:
    """The alerts of the page that is asked for, the gravest and newest first: 1 query.

    A view says which unit its page is about by `request.shown_unit`; a page of Wagtail's is known by its place.
    """
    alerts = Alert.objects.shown_at(timezone.now()).select_related("unit__kind", "unit__page")
    return [_banner(alert) for alert in alerts.order_by(GRAVITY, "-starts_at") if _concerns(alert, request)]


def _concerns(alert: Alert, request: HttpRequest | None) -> bool:
    if alert.unit.kind.level == Level.ROOT:
        return True
    unit = getattr(request, "shown_unit", None)
    page, of_unit = getattr(request, "shown_page", None), getattr(alert.unit, "page", None)
    return bool(unit and alert.unit.contains(unit)) or bool(
        page and of_unit and page.path.startswith(of_unit.path)
    )


def _banner(alert: Alert) -> Banner:
    return Banner(
        key=str(alert.pk),
        kind=alert.level,
        level=alert.get_level_display(),
        title=alert.title,
        text=alert.text,
        href=alert.link,
        until=alert.ends_at,
    )


def next_alert_turns(now: datetime) -> datetime | None:
    """The moment at which the next alert begins or ends; None where none is shown or waits: 1 query."""
    waiting = Alert.objects.filter(ends_at__gt=now)
    moments = waiting.aggregate(begins=Min("starts_at", filter=Q(starts_at__gt=now)), ends=Min("ends_at"))
    return min((moment for moment in moments.values() if moment), default=None)


def alert_reach(user: User) -> QuerySet[Unit]:
    """The current units above whose pages this person may publish; one query for the memberships is made at once."""
    held = Membership.objects.current().filter(
        user=user, role__in=(Role.EMERGENCY_PUBLISHER, Role.ADMINISTRATOR)
    )
    rule = Q() if user.is_superuser else Q(pk__in=[])
    for role, lineage in held.values_list("role", "unit__lineage"):
        rule |= ~Q(pk__in=[]) if role == Role.ADMINISTRATOR else Q(lineage__startswith=lineage)
    return Unit.objects.current().filter(rule).select_related("kind", "parent__kind")


def alerts_kept_by(user: User) -> QuerySet[Alert]:
    """The alerts of the units this person publishes for, also those that ended, the last first."""
    return Alert.objects.filter(unit__in=alert_reach(user)).select_related(
        "unit__kind", "unit__parent__kind", "published_by"
    )
