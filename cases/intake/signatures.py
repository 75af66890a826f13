"""A signed PDF is kept as it came, so nothing may stand in it that its signer did not sign (ISO 32000-2, 12.8.1)."""

import re
from collections.abc import Iterator

import pikepdf

from .errors import HalfSigned, TooMuchInside
from .limits import Limits

MOST_REVISIONS = 20
HOLE = re.compile(rb"<[0-9A-Fa-f\s]+>")
END = re.compile(rb"(startxref\s+0\s+)?%%EOF[\r\n]{0,2}")
# qpdf's warnings on files that every program reads alike.
LIKE_ALL = re.compile(r"Resources is missing|number of objects")


def refuse_half_signed(
    raw: bytes, pdf: pikepdf.Pdf, signatures: list[pikepdf.Dictionary], limits: Limits
) -> None:
    """Raises HalfSigned unless the last of them covers the whole file and each earlier one the file as it ended then."""
    ends = {end for one in signatures if (end := _covered(raw, one))}
    # What has to be guessed at, one program reads so and another otherwise: an older entry, an object no table names.
    is_guessed = any(not LIKE_ALL.search(warning) for warning in pdf.get_warnings())
    if len(ends) < len(signatures) or max(ends) < len(raw) or is_guessed:
        raise HalfSigned(limits)


def revisions(raw: bytes, limits: Limits) -> Iterator[bytes]:
    """The file as it ended each time before the last: a program may show it so. Raises TooMuchInside."""
    # The first of a file laid out for the web (Annex F) points nowhere: nothing ended there.
    ends = [found.end() for found in END.finditer(raw) if not found[1]]
    if len(ends) > MOST_REVISIONS:
        raise TooMuchInside(limits)
    return (raw[:end] for end in ends[:-1])


def _covered(raw: bytes, signature: pikepdf.Dictionary) -> int | None:
    """How far it reaches, where it covers all up to there but itself and that is an end of the file."""
    match [*signature.ByteRange]:
        case [0, int() as before, int() as after, int() as rest] if 0 < before < after and rest > 0:
            end = after + rest
        case _:
            return None
    hole = raw[before:after]
    is_its_own = HOLE.fullmatch(hole) and bytes.fromhex(hole[1:-1].decode()) == bytes(signature.Contents)
    is_an_end = END.search(raw, max(0, end - 7), end)
    return end if is_its_own and is_an_end and is_an_end.end() == end <= len(raw) else None
