"""Personal data in free words: the numbers and addresses by which somebody could be found, and the words without them.

Names are not looked for: nothing tells them from the names of villages and roads. Every pattern repeats a bounded
number of times, so that the work grows with the text and no faster, whatever somebody sends.
"""

import re
from collections.abc import Iterable, Set

from .digits import find_numbers
from .kinds import PersonalData, Span
from .plates import find_plates
from .spelt import find_spelt

MAILERS = r"(?:gmail|yahoo|ymail|hotmail|outlook|icloud)\b"
# The last of them is that of examples.
ENDS = r"(?:com|co|id|net|org|ac|sch|go|test)\b"
# The mark and the dots of an address as people type them, and as they hide them from machines.
DOT = r"(?: \. | \s?[(\[{<]\s?(?:dot|titik|\.)\s?[)\]}>]\s? | \s(?:dot|titik)\s )"
SIGN = "[@\uff20\ufe6b]"
AT = rf"""(?: {SIGN}\s{{0,2}} | \s{SIGN}\s{{1,2}} | \s{SIGN}(?=[\w-]{{1,63}}\s?\.\s?{ENDS})
             | \s?[(\[{{<]\s?(?:at|et|{SIGN})\s?[)\]}}>]\s? | [(\[{{<]a[)\]}}>]
             | \s[(\[{{<]a[)\]}}>]\s(?=[\w-]{{1,63}}\.{ENDS})
             | \s{{1,2}}(?:at|et)\s{{1,2}}(?= {MAILERS} | [\w-]{{1,63}}{DOT}\w ) )"""
EMAIL = re.compile(
    rf"""
    (?<![\w.+-]) [\w.+-]{{1,64}} {AT} (?= [\w-]{{0,62}}[a-z] )
    (?: [\w-]{{1,63}} (?: {DOT} [\w-]{{1,63}} ){{1,4}}
      | [\w-]{{1,63}} \s?[.,]\s? {ENDS} (?: \.{ENDS} )?
      | {MAILERS} (?: \s{ENDS} ){{0,2}} )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What looks like somebody's number and is none: dates, times, money, places on the map, the numbers of cases.
NOBODYS = re.compile(
    r"""
      (?<![\d./-]) \d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d (?!\d|[-./]\d)
    | (?<![\d./-]) (?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2} (?!\d|[-./]\d)
    | (?<![\d.-]) (?:[01]?\d|2[0-4])[.:][0-5]\d
      (?:\s?(?:-|–|s/?d|sampai)\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)? (?!\d|[.-]\d)
    | (?<![a-z]) rp\.?\s?\d[\d.,]{0,20}
    | (?<![^\W_]) \d[\d.,]{0,20}\s?(?:rupiah|ribu|rb|juta|jt|miliar|milyar|persen|%) (?![a-z])
    | (?<![\d.]) [1-9]\d{0,2}(?:\.\d{3}){2,4} (?!\.?\d)
    | (?<![a-z\d]) (?:19|20)\d\d-[a-z]{2,4}(?:-[a-z\d]{1,20}){1,3}-\d{6} (?!\d)
    | (?<![\d.]) -?\d{1,3}[.,]\d{4,15}\s?[,;]?\s?-?\d{1,3}[.,]\d{4,15} (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_personal_data(text: str, *, published: Set[str] = frozenset()) -> list[Span]:
    """Where the text holds personal data, in order and disjoint.

    `published` are numbers and addresses that anyone may read, in the form of `comparable`: an office's own contacts.
    """
    found = [Span(*match.span(), PersonalData.EMAIL) for match in EMAIL.finditer(text)]
    left = _blanked(text, ((span.start, span.end) for span in found))
    driven = list(find_plates(left))
    left = _blanked(left, ((span.start, span.end) for span in driven))
    left = _blanked(left, (match.span() for match in NOBODYS.finditer(left)))
    found += driven + list(find_spelt(left))
    left = _blanked(left, ((span.start, span.end) for span in found))
    found += find_numbers(left)
    return sorted(span for span in found if comparable(text[span.start : span.end]) not in published)


def masked(text: str, spans: Iterable[Span] | None = None) -> str:
    """The text with words such as [nomor telepon] in the place of what was found, or of these spans of it."""
    parts, end = [], 0
    for span in find_personal_data(text) if spans is None else spans:
        parts += [text[end : span.start], f"[{span.kind.label}]"]
        end = span.end
    return "".join([*parts, text[end:]])


def comparable(value: str) -> str:
    """A number or address however it is written: digits from the national 0 on, or small letters."""
    if "@" in value:
        return value.strip().lower()
    digits = re.sub(r"\D", "", value).removeprefix("00")
    return f"0{digits[2:]}" if digits.startswith("62") else digits


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with NUL in these places, and as long as before."""
    parts, end = [], 0
    for start, stop in places:
        parts += [text[end:start], "\0" * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]])


__all__ = ["PersonalData", "Span", "comparable", "find_personal_data", "masked"]
