"""What readers of news leave behind: a count, a vote. Never who they are.

A vote is counted once for a device and day, and up to a cap for a network and day (`home.services.day_marks`): what is
left of it after midnight is the count alone.
"""

from enum import StrEnum

from django.db import transaction
from django.db.models import F

from home.satisfaction import Satisfaction
from home.services.day_marks import NetworkFull, SpokenToday, mark_today

from ..models import NewsFigures, NewsPage

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
    try:
        with transaction.atomic():
            # Counted for the network as a whole; the device is told apart for each piece of news.
            mark_today("vote", address=address, device=f"{page.pk}\n{browser}", most=MOST_FROM_A_NETWORK)
            _add_one(page, NewsFigures.COLUMNS[step])
    except SpokenToday:
        return Counted.ALREADY
    except NetworkFull:
        return Counted.NETWORK_FULL
    return Counted.YES


def _add_one(page: NewsPage, column: str) -> None:
    rows = NewsFigures.objects.filter(page=page)
    if not rows.update(**{column: F(column) + 1}):
        NewsFigures.objects.bulk_create([NewsFigures(page=page)], ignore_conflicts=True)
        rows.update(**{column: F(column) + 1})
