"""One voice a device and day, as far as that can be told without cookies: keyed hashes, gone with their day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import DayMark, NetworkMark
from ..networks import network_of

# What one household or village shares of an IPv6 address.
ONE_HOUSEHOLD = 64


class SpokenToday(Exception):
    """This device has already spoken today."""


class NetworkFull(Exception):
    """From this network as many have spoken today as are taken; behind it may be a whole village, or one machine."""


@transaction.atomic
def mark_today(purpose: str, *, address: str, device: str, most: int, now: datetime | None = None) -> None:
    """Note that a device speaks, once a day for each purpose and at most `most` times for its network.

    `address` is the sender's, `device` what its browser says of itself. Neither is kept: a mark is a hash under a key
    of that day. To be called in the transaction of what is said. Raises SpokenToday, NetworkFull; then nothing is noted.
    """
    today = timezone.localdate(now)
    network = _hash(today, purpose, "network", network_of(address, ONE_HOUSEHOLD))
    NetworkMark.objects.bulk_create([NetworkMark(network=network, day=today)], ignore_conflicts=True)
    # The row is locked from here on, so that the cap holds whoever else speaks at this moment.
    is_heard = NetworkMark.objects.filter(network=network, voices__lt=most).update(voices=F("voices") + 1)
    own = _hash(today, purpose, "device", address, device)
    _mark, is_first = DayMark.objects.get_or_create(device=own, defaults={"day": today})
    if not is_first:
        raise SpokenToday
    if not is_heard:
        raise NetworkFull


def forget_marks(now: datetime) -> None:
    """Every day's marks end with it."""
    for marks in (DayMark, NetworkMark):
        marks.objects.filter(day__lt=timezone.localdate(now)).delete()


def _hash(day: date, purpose: str, kind: str, *parts: str) -> str:
    text = "\x00".join([day.isoformat(), *parts])
    return salted_hmac(f"home.day_marks.{purpose}.{kind}", text, algorithm="sha256").hexdigest()
