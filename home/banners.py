"""The words that stand above every page they concern, until their hour has come."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from .models import PortalSettings
from .registry import banner_sources


@dataclass(frozen=True)
class Banner:
    """What components/banner.html shows. `kind` is info, warning or danger; `level` says the same in a word."""

    key: str
    kind: str
    level: str
    title: str
    text: str
    href: str
    until: datetime


def banners_above(request: HttpRequest | None) -> list[Banner]:
    """Those of this page, the gravest first. No query of its own while the portal has none to show, else 1."""
    until = PortalSettings.load(request).banners_until
    if until is None or until <= timezone.now():
        return []
    return [banner for find in banner_sources for banner in find(request)]
