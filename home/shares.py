"""Whole parts of a hundred that add up to a hundred."""

from collections.abc import Sequence


def shares(counts: Sequence[int], total: int = 100) -> list[int]:
    """Each count's share of `total`, by the largest remainder; of equal remainders the earlier gets the rest.

    Rounding each by itself may give 99 or 101. All 0 where nothing was counted. Raises ValueError for a negative count.

    >>> shares([11, 1, 0, 2])
    [79, 7, 0, 14]
    >>> shares([1, 1, 1])
    [34, 33, 33]
    """
    if any(count < 0 for count in counts):
        raise ValueError("a negative count has no share")
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    parts = [count * total // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] * total % whole))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
