"""The hours that clocks are counted with, told to whoever shows when an office is open."""

from django.conf import settings
from django.core.cache import caches
from django.db.models import F

from home.freshness import generation
from opd_pages.opening_hours import OpeningHours

from .models import OfficeHours

KEPT = 300  # seconds


def opening_hours() -> list[OpeningHours]:
    """1 query; none while public pages hold, or for five minutes where none are kept."""
    key = f"opening-hours-{generation() if settings.PAGE_CACHE_SECONDS else ''}"
    return caches["renditions"].get_or_set(key, _read, KEPT)


def _read() -> list[OpeningHours]:
    rows = OfficeHours.objects.order_by(F("valid_from").asc(nulls_first=True), "weekday")
    return [OpeningHours(row.weekday, row.opens, row.closes, row.valid_from, row.valid_until) for row in rows]
