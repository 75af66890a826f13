"""What stands in a letter. Plain values: no database, no settings."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Letter:
    """An official letter (naskah dinas). `facts` are (label, words), in their order; `crest` is an image file.

    `above` stands over the unit in the letterhead: the kecamatan of a desa.
    `is_draft`: nobody has signed it yet, and it says so.
    """

    region: str
    unit: str
    address: str
    number: str
    subject: str
    place: str
    day: date
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    signer: str
    signer_office: str
    copies: tuple[str, ...] = ()
    enclosures: str = "-"
    above: str = ""
    crest: bytes | None = None
    is_draft: bool = False
