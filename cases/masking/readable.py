"""Words as they read: digits of any script as 0 to 9, wide and bold letters as plain ones, and nothing invisible between them."""

import unicodedata

# Soft hyphens, blanks without width, signs of direction, frames around a digit.
INVISIBLE = {"Cf", "Mn", "Me"}


def readable(text: str) -> tuple[str, range | list[int]]:
    """The text in plain letters, and of each of them where it stands in the text as it was sent."""
    if text.isascii():
        return text, range(len(text))
    letters, origins = [], []
    for place, letter in enumerate(text):
        if letter.isascii() or unicodedata.category(letter) not in INVISIBLE:
            letters.append(_plain(letter))
            origins.append(place)
    return "".join(letters), origins


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    value = unicodedata.decimal(letter, None)
    plain = unicodedata.normalize("NFKC", letter) if value is None else str(value)
    return plain if len(plain) == 1 else letter
