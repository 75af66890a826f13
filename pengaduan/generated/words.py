"""The words of invented complaints. Some are frequent and some rare, as people's are, and nobody real is in them."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

# How often the most frequent one stands in its list; the second half as often, and so on.
MOST = 60
WORDS = Path(__file__).parents[1] / "reference" / "invented_words.json"


@cache
def phrases() -> dict[str, list[str]]:
    """By what they are about: phrases, each as often as it is used. The first of a list is the most frequent one."""
    found = json.loads(WORDS.read_text(encoding="utf-8"))
    return {
        name: [phrase for place, phrase in enumerate(choices, start=1) for _ in range(MOST // place)]
        for name, choices in found.items()
    }


def complaints(places: Sequence[str], dice: Random) -> Iterator[tuple[str, str]]:
    """A report of three or four sentences from each place, and the landmark it names."""
    many = len(places)
    said = (
        dice.choices(phrases()[name], k=many) for name in ("matters", "spots", "times", "harms", "wishes")
    )
    numbers = (dice.choices(range(1, end), k=many) for end in (31, 10, 4001))
    for place, matter, spot, since, harm, wish, rt, rw, house in zip(places, *said, *numbers, strict=True):
        yield (
            f"{matter.capitalize()} {spot} {place}, {since}."
            f" Letaknya di RT {rt} RW {rw}, rumah nomor {house}. {harm} {wish}",
            spot,
        )
