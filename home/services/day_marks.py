"""One voice a device and day, as far as that can be told without cookies: keyed hashes, gone with their day."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import DayMark


class SpokenToday(Exception):
    """This device has already spoken today."""


class NetworkFull(Exception):
    """From this network as many have spoken today as are taken; behind it may be a whole village, or one machine."""


def mark_today(purpose: str, *, network: str, device: str, most: int, now: datetime | None = None) -> None:
    """Note that a device speaks, once a day for each purpose and at most `most` times for its network.

    `network` is the sender's address, `device` what its browser says of itself. Neither is kept: a mark is a hash
    under a key of that day. Raises SpokenToday, NetworkFull.
    """
    today = timezone.localdate(now)
    # Whoever forgets at night may be down; nothing is kept into the next day.
    DayMark.objects.filter(day__lt=today).delete()
    shared = _hash(today, purpose, network)
    own = _hash(today, purpose, f"{network}\n{device}")
    known = DayMark.objects.filter(purpose=purpose)
    if known.filter(device=own).exists():
        raise SpokenToday
    if known.filter(network=shared).count() >= most:
        raise NetworkFull
    try:
        with transaction.atomic():
            DayMark.objects.create(day=today, purpose=purpose, device=own, network=shared)
    except IntegrityError as sent_twice:
        raise SpokenToday from sent_twice


def forget_marks(now: datetime) -> None:
    """Every day's marks end with it."""
    DayMark.objects.filter(day__lt=timezone.localdate(now)).delete()


def _hash(day: date, purpose: str, text: str) -> str:
    return salted_hmac(f"home.day_marks.{day}.{purpose}", text, algorithm="sha256").hexdigest()
