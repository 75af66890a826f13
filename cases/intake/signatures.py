"""A signed PDF is kept as it came, so nothing may stand in it that its signer did not sign (ISO 32000-2, 12.8.1),
but what validates the signature."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise, starmap

import pikepdf

from .errors import HalfSigned, TooMuchInside
from .limits import Limits
from .validation import is_time_stamp, only_validates

MOST_REVISIONS = 20
HOLE = re.compile(rb"<[0-9A-Fa-f\s]+>")
END = re.compile(rb"(startxref\s+0\s+)?%%EOF[\r\n]{0,2}")
# With objects and a table of its own.
REVISED = re.compile(rb"startxref\s+(\d+)\s+%%EOF[\r\n]{0,2}\Z")
# qpdf's warnings on files that every program reads alike.
LIKE_ALL = re.compile(r"Resources is missing|number of objects")


def refuse_half_signed(
    raw: bytes, pdf: pikepdf.Pdf, signatures: list[pikepdf.Dictionary], limits: Limits
) -> None:
    """Raises HalfSigned unless each of them covers the file as it ended then, and the last one all but what validates it."""
    ends = {end: one for one in signatures if (end := _covered(raw, one))}
    by_people = [end for end, one in ends.items() if not is_time_stamp(one)] or ends
    if len(ends) < len(signatures) or _is_guessed(pdf) or not _is_whole(raw, max(by_people), limits):
        raise HalfSigned(limits)


def _is_guessed(pdf: pikepdf.Pdf) -> bool:
    """What has to be guessed at, one program reads so and another otherwise: an older entry, an object no table names."""
    return any(not LIKE_ALL.search(warning) for warning in pdf.get_warnings())


def _is_whole(raw: bytes, end: int, limits: Limits) -> bool:
    """Whether nothing follows but revisions that validate what was signed, each of which adds no more than that."""
    if end == len(raw):
        return True
    # The line may have been ended after it was signed.
    later = (one for one in revisions(raw, limits) if len(one) > end + 2)
    return all(starmap(_is_only_validated, pairwise([raw[:end], *later, raw])))


def _is_only_validated(before: bytes, after: bytes) -> bool:
    if not (found := REVISED.search(after, len(before))) or int(found[1]) < len(before):
        return False
    with pikepdf.open(BytesIO(before)) as one, pikepdf.open(BytesIO(after)) as other:
        return not _is_guessed(one) and only_validates(one, other)


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
