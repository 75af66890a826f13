"""Short codes for units that bring none: they stand in case numbers and on posters, so they never change again."""

import re
import unicodedata
from collections.abc import Container, Iterator
from itertools import combinations

from ..models import Level, Unit

LONGEST = Unit._meta.get_field("short_code").max_length
VOWELS = frozenset("AEIOU")
REGENCY_WORDS = re.compile(r"^(kabupaten|kota)\s+", re.IGNORECASE)


class NoShortCode(ValueError):
    """Nothing short enough is free: somebody must choose a short code."""


def derive_short_code(unit: Unit, taken: Container[str]) -> str:
    """A short code that is not taken yet, always the same for the same unit and the same taken codes.

    Kecamatan Kapas is KPS, its desa 35.22.14.2003 is KPS-2003, an OPD with the code 35.22.DINKES is DINKES.
    The parent must have its short code. Raises NoShortCode.
    """
    for candidate in _candidates(unit):
        if candidate not in taken and len(candidate) <= LONGEST:
            return candidate
    raise NoShortCode(unit.code)


def _candidates(unit: Unit) -> Iterator[str]:
    last = unit.code.rpartition(".")[2]
    if unit.kind.level in (Level.ROOT, Level.DISTRICT):
        yield from _abbreviations(REGENCY_WORDS.sub("", unit.name))
    elif unit.kind.level == Level.VILLAGE and unit.parent:
        yield f"{unit.parent.short_code}-{last[-4:]}"
    else:
        yield last
    yield unit.code.replace(".", "-")


def _abbreviations(name: str) -> Iterator[str]:
    """Three letters of the name: the first and two consonants, then the first and any two."""
    plain = unicodedata.normalize("NFKD", name).upper()
    first, *rest = [letter for letter in plain if "A" <= letter <= "Z"] or [""]
    consonants = [letter for letter in rest if letter not in VOWELS]
    for letters in (consonants, rest):
        for pair in combinations(letters, 2):
            yield first + "".join(pair)
