"""Typesets a letter."""

import re
from pathlib import Path

from cases.calendar import date_words
from opd_pages.posters.letters import printable
from opd_pages.posters.typesetting import crest_if_readable, typeset

from .content import Letter

TEMPLATE = Path(__file__).with_name("letter.typ")
# A word that would run off the page, such as a Nomor or an address of the web, parts after a mark, else anywhere.
LONG_WORD = re.compile(r"\S{30,}")
PIECES = re.compile(r"\w{1,12}\W*|\W+")
BREAK = "\N{ZERO WIDTH SPACE}"
# How many letters stay with the signature: more than one line, and never more than what fits on a page.
AT_LEAST, AT_MOST = 110, 2500
# Of the facts, where the closing is shorter than that.
LAST_FACTS = 2


def draw_letter(letter: Letter) -> bytes:
    """A4 pages as tagged PDF/UA-1; the same letter gives the same bytes."""
    closing, with_signature = _parted(letter.closing)
    is_short = sum(map(len, with_signature)) < AT_LEAST and not closing
    facts = [list(fact) for fact in letter.facts]
    words = {
        "region": letter.region,
        "above": letter.above,
        "unit": letter.unit,
        "address": letter.address,
        "number": letter.number,
        "enclosures": letter.enclosures,
        "subject": letter.subject,
        "dated": ", ".join(part for part in (letter.place, date_words(letter.day)) if part),
        "to": list(letter.to),
        "paragraphs": list(letter.paragraphs),
        "facts": facts[:-LAST_FACTS] if is_short else facts,
        "closing": list(closing),
        "last_facts": facts[-LAST_FACTS:] if is_short else [],
        "last_words": list(with_signature),
        "signer": letter.signer,
        "signer_office": letter.signer_office,
        "copies": list(letter.copies),
    }
    crest = crest_if_readable(letter.crest)
    words = printable(words)
    title = f"{words['subject']} {words['number']}"
    content = _breakable(words) | {"title": title, "is_draft": letter.is_draft, "has_crest": bool(crest)}
    return typeset(TEMPLATE, content, pictures=crest, day=letter.day)


def _parted(closing: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand on an earlier page, and the last paragraphs, which stay with the signature."""
    first = len(closing)
    while first and sum(map(len, closing[first:])) < AT_LEAST:
        if sum(map(len, closing[first - 1 :])) > AT_MOST:
            break
        first -= 1
    return closing[:first], closing[first:]


def _breakable(content):
    if isinstance(content, str):
        return LONG_WORD.sub(lambda word: BREAK.join(PIECES.findall(word[0])), content)
    if isinstance(content, dict):
        return {key: _breakable(value) for key, value in content.items()}
    return [_breakable(value) for value in content]
