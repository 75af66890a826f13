"""Typesets a letter."""

from pathlib import Path

from cases.calendar import date_words
from opd_pages.posters.letters import printable
from opd_pages.posters.typesetting import crest_if_readable, typeset

from .content import Letter

TEMPLATE = Path(__file__).with_name("letter.typ")


def draw_letter(letter: Letter) -> bytes:
    """A4 pages as tagged PDF/UA-1; the same letter gives the same bytes."""
    words = {
        "region": letter.region,
        "unit": letter.unit,
        "address": letter.address,
        "number": letter.number,
        "enclosures": letter.enclosures,
        "subject": letter.subject,
        "dated": ", ".join(part for part in (letter.place, date_words(letter.day)) if part),
        "to": list(letter.to),
        "paragraphs": list(letter.paragraphs),
        "facts": [list(fact) for fact in letter.facts],
        "closing": list(letter.closing),
        "signer": letter.signer,
        "signer_office": letter.signer_office,
        "copies": list(letter.copies),
    }
    crest = crest_if_readable(letter.crest)
    content = printable(words) | {"is_draft": letter.is_draft, "has_crest": bool(crest)}
    return typeset(TEMPLATE, content, pictures=crest, day=letter.day)
