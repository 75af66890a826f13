"""The words of invented complaints. Some are frequent and some rare, as people's are, and nobody real is in them."""

import json
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


def phrase(name: str, dice: Random) -> str:
    return dice.choice(phrases()[name])


def complaint(place: str, dice: Random) -> tuple[str, str]:
    """A report of three or four sentences from a place, and the landmark it names."""
    spot = phrase("spots", dice)
    parts = [
        f"{phrase('matters', dice).capitalize()} {spot} {place}, {phrase('times', dice)}.",
        f"Letaknya di RT {dice.randint(1, 30)} RW {dice.randint(1, 9)}, rumah nomor {dice.randint(1, 4000)}.",
        phrase("harms", dice),
        phrase("wishes", dice),
    ]
    return " ".join(parts), spot
