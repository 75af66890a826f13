"""What readers of news leave behind: a count, a vote. Never who they are.

A vote is counted once for a device and day, and up to a cap for a network and day, as far as keyed hashes can tell.
The day stands in each hash and ends with it: what is left of a vote after midnight is the count alone.
"""

from datetime import date, datetime
from enum import StrEnum
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.satisfaction import Satisfaction

from ..models import NetworkVotes, NewsFigures, NewsPage, VoteMark

# A whole village may sit behind one address; a script that invents devices stops here.
MOST_FROM_A_NETWORK = 60


class Counted(StrEnum):
    """What became of a vote; the words to the reader stand on the page under this name."""

    YES = "terima-kasih"
    ALREADY = "sudah-menilai"
    NETWORK_FULL = "jaringan-penuh"


def count_view(page: NewsPage) -> None:
    """2 queries, 4 for the first."""
    _add_one(page, "views")


def vote(page: NewsPage, step: Satisfaction, *, address: str, browser: str) -> Counted:
    """Count one reader's step. `address` is the network address, `browser` what the browser calls itself."""
    today = timezone.localdate()
    network = _hash("network", today, _network(address))
    device = _hash("device", today, str(page.pk), address, browser)
    with transaction.atomic():
        NetworkVotes.objects.bulk_create([NetworkVotes(network=network, day=today)], ignore_conflicts=True)
        # The row is locked from here on, so that the cap holds whoever else votes at this moment.
        counted = NetworkVotes.objects.filter(network=network, votes__lt=MOST_FROM_A_NETWORK).update(
            votes=F("votes") + 1
        )
        _mark, is_first = VoteMark.objects.get_or_create(device=device, defaults={"day": today})
        if not counted:
            # Told alike whether this device voted before: the mark is not kept for a vote that does not count.
            return _undone(Counted.NETWORK_FULL if is_first else Counted.ALREADY)
        if not is_first:
            return _undone(Counted.ALREADY)
        _add_one(page, NewsFigures.COLUMNS[step])
    return Counted.YES


def _undone(counted: Counted) -> Counted:
    transaction.set_rollback(True)
    return counted


def forget_votes(now: datetime) -> None:
    """Delete the hashes of days that have ended."""
    today = timezone.localdate(now)
    VoteMark.objects.filter(day__lt=today).delete()
    NetworkVotes.objects.filter(day__lt=today).delete()


def _add_one(page: NewsPage, column: str) -> None:
    rows = NewsFigures.objects.filter(page=page)
    if not rows.update(**{column: F(column) + 1}):
        NewsFigures.objects.bulk_create([NewsFigures(page=page)], ignore_conflicts=True)
        rows.update(**{column: F(column) + 1})


def _network(address: str) -> str:
    """What one household or village shares: an IPv4 address, the first 64 bits of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{address}/64", strict=False)) if known.version == 6 else str(known)


def _hash(kind: str, day: date, *parts: str) -> str:
    return salted_hmac(
        f"opd_pages.votes.{kind}", "\x00".join([day.isoformat(), *parts]), algorithm="sha256"
    ).hexdigest()
