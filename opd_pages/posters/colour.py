"""Which ink can be read on the office's colour, whichever colour that is."""

from home.colour import contrast_ratio

WHITE = "#ffffff"
DARK = "#111111"


def readable_ink(primary: str) -> str:
    """White or near black, whichever reads better on "#rrggbb"; never below 4.3 to 1. Raises ValueError."""
    return max((WHITE, DARK), key=lambda ink: contrast_ratio(primary, ink))
