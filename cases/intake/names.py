"""The name a file had on its sender's device. It names nothing here and is only shown back to its sender."""

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 80
KEPT_AT_THE_END = 16  # the ending, and the number before it: "…IMG_0001.jpg"


def safe_display_name(name: str) -> str:
    """The last part of `name`, at most 80 characters, without control, bidirectional or unseen characters.

    Still text from outside: a template escapes it, a path or header never gets it.
    """
    last_part = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        c if unicodedata.category(c)[0] not in "CZ" else _space_or_nothing(c) for c in last_part
    )
    shown = " ".join(visible.split())
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST - KEPT_AT_THE_END - 1]}…{shown[-KEPT_AT_THE_END:]}"
    return shown or _("Tanpa nama")


def _space_or_nothing(character: str) -> str:
    return " " if character.isspace() else ""
