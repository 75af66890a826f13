"""Typesets a letter: data go in as JSON, the crest as the file of a folder that holds nothing else."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from cases.calendar import date_words
from opd_pages.posters.letters import fonts, printable
from opd_pages.posters.pictures import UnreadablePicture, crest_image

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
    crest = _crest(letter)
    content = printable(words) | {"is_draft": letter.is_draft, "has_crest": crest is not None}
    with TemporaryDirectory(prefix="surat-") as folder:
        if crest:
            Path(folder, "crest.png").write_bytes(crest)
        return typst.compile(
            TEMPLATE.read_bytes(),
            root=folder,
            font_paths=fonts(),
            sys_inputs={"letter": json.dumps(content)},
            timestamp=datetime.combine(letter.day, time.min, UTC),
            format="pdf",
            pdf_standards=["ua-1"],
        )


def _crest(letter: Letter) -> bytes | None:
    """A letter that the law wants in time does not wait for a better picture."""
    try:
        return crest_image(letter.crest) if letter.crest else None
    except UnreadablePicture:
        return None
