"""Publishing, changing and ending what stands above the pages of a unit and of all below it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from home.models import PortalSettings, User

from ..models import Alert


@transaction.atomic
def publish_alert(alert: Alert, *, by: User) -> Alert:
    """Show it, or show it as changed; validated before. Every page knows of it at its next request."""
    alert.published_by = by
    alert.save()
    tell_pages()
    return alert


@transaction.atomic
def end_alert(alert: Alert, *, by: User) -> None:
    """Take it down now, or give up one that has not begun. One that has ended stays as it was."""
    now = timezone.now()
    if alert.has_ended:
        return
    if alert.starts_at >= now:
        alert.delete()
    else:
        alert.ends_at, alert.published_by = now, by
        alert.save()
    tell_pages()


def tell_pages() -> None:
    """Note until when pages have to ask for alerts at all."""
    PortalSettings.load()
    until = Alert.objects.filter(ends_at__gt=timezone.now()).aggregate(last=Max("ends_at"))["last"]
    PortalSettings.objects.update(banners_until=until)
