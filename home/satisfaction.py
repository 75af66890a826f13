"""How satisfied somebody is, in four steps, and what many of them say together (REGULATIONS: 4/3/2/1, shares and mean)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from .shares import shares

# Below it a share would tell of single people.
FEWEST_SHOWN = 10


class Satisfaction(models.IntegerChoices):
    VERY_SATISFIED = 4, _("Sangat puas")
    SATISFIED = 3, _("Puas")
    FAIRLY_SATISFIED = 2, _("Cukup puas")
    DISSATISFIED = 1, _("Tidak puas")


@dataclass(frozen=True)
class Verdict:
    """`steps` hold (label, share in percent), best first; the shares add up to 100. `mean` is from 1 to 4."""

    votes: int
    steps: list[tuple[str, int]]
    mean: Decimal


def verdict(counts: Mapping[int, int]) -> Verdict | None:
    """What the votes by step say; None where there are too few to be shown."""
    votes = sum(counts.get(step, 0) for step in Satisfaction.values)
    if votes < FEWEST_SHOWN:
        return None
    parts = shares([counts.get(step, 0) for step in Satisfaction.values])
    total = sum(step * counts.get(step, 0) for step in Satisfaction.values)
    mean = (Decimal(total) / votes).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Verdict(votes, list(zip(Satisfaction.labels, parts, strict=True)), mean)
