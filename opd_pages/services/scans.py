"""Scans of posters, counted by the day without cookies."""

import logging
from datetime import date

from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from ..models import PosterScans, Unit

logger = logging.getLogger(__name__)


def count_scan(unit: Unit, *, is_old_print: bool, today: date | None = None) -> None:
    """Count one more scan for the unit whose contacts are shown: 1 query, but for the day's first.

    Whoever scanned sees the contacts also where counting fails.
    """
    day = today or timezone.localdate()
    try:
        if not _add(unit, day, is_old_print):
            PosterScans.objects.bulk_create([PosterScans(unit=unit, day=day)], ignore_conflicts=True)
            _add(unit, day, is_old_print)
    except DatabaseError as fault:
        logger.warning("a scan was not counted: %s", type(fault).__name__)


def _add(unit: Unit, day: date, is_old_print: bool) -> int:
    return PosterScans.objects.filter(unit=unit, day=day).update(
        scans=F("scans") + 1, of_old_prints=F("of_old_prints") + int(is_old_print)
    )
