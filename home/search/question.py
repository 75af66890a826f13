"""What somebody typed, as words to look for. Any text will do: what no word is made of is passed over."""

import re
from dataclasses import dataclass
from functools import cached_property

from .stems import stem

LONGEST, MOST_TERMS = 200, 8
TERM = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# They stand in every text, and in how people ask for something: "cara mengurus KTP".
STOP_WORDS = frozenset(
    [
        "ada",
        "adalah",
        "agar",
        "akan",
        "apa",
        "atau",
        "bagaimana",
        "bagi",
        "bikin",
        "buat",
        "cara",
        "dan",
        "dari",
        "dengan",
        "di",
        "dimana",
        "gimana",
        "hal",
        "ingin",
        "ini",
        "itu",
        "juga",
        "kalau",
        "ke",
        "kepada",
        "lagi",
        "mana",
        "mau",
        "mengurus",
        "membuat",
        "minta",
        "nya",
        "oleh",
        "pada",
        "para",
        "saya",
        "sebagai",
        "supaya",
        "tentang",
        "untuk",
        "urus",
        "ya",
        "yang",
    ]
)


@dataclass(frozen=True)
class Question:
    """`text` is what was typed, without the characters that no database takes; `terms` are its words in small letters."""

    text: str
    terms: tuple[str, ...]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The terms without what Indonesian puts before and behind a word: perbaikan, diperbaiki → baik."""
        return tuple(map(stem, self.terms))


def ask(typed: str) -> Question:
    """
    >>> ask('"jalan rusak" di Kapas!').terms
    ('jalan', 'rusak', 'kapas')
    """
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in typed[:LONGEST]).split())
    words = dict.fromkeys(TERM.findall(text.casefold()))
    terms = [word for word in words if word not in STOP_WORDS] or list(words)
    return Question(text, tuple(terms[:MOST_TERMS]))
