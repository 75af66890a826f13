"""Which ink can be read on a colour (WCAG 2.2, contrast ratio)."""

import re

WHITE = "#ffffff"
DARK = "#111111"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two "#rrggbb" colours, from 1 to 21. Raises ValueError for anything else."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_ink(primary: str) -> str:
    """White or near black, whichever reads better on `primary`; at least 4.3 to 1. Raises ValueError."""
    return max((WHITE, DARK), key=lambda ink: contrast(primary, ink))


def _luminance(colour: str) -> float:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"Warna ditulis seperti #0e5a48, bukan {colour!r}.")
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
