"""Indonesian words without their affixes, for databases that know no stemming of their own.

Coarse on purpose: a stem is only looked for as a part of words, so one cut too short finds a little more, never less.
"""

import re

SHORTEST = 4  # letters that stay
PARTICLES = re.compile(r"(?:lah|kah|tah|pun)$")
POSSESSIVES = re.compile(r"(?:nya|ku|mu)$")
SUFFIXES = re.compile(r"(?:kan|an|i)$")
PREFIXES = re.compile(
    r"^(?:memper|diper|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|be|ter|te|di|ke|se)"
)


def stem(word: str) -> str:
    """
    >>> [stem(word) for word in ("perbaikan", "diperbaiki", "jembatannya", "jalan", "KTP".lower())]
    ['baik', 'baik', 'jembat', 'jalan', 'ktp']
    """
    for affix in (PARTICLES, POSSESSIVES, SUFFIXES, PREFIXES):
        shorter = affix.sub("", word, count=1)
        if len(shorter) >= SHORTEST:
            word = shorter
    return word
