"""Personal data in free words: the numbers and addresses by which somebody could be found, and the words without them.

Names are not looked for: nothing tells them from the names of villages and roads. Every pattern repeats a bounded
number of times, so that the work grows with the text and no faster, whatever somebody sends.
"""

import re
from collections.abc import Iterable

from .digits import find_numbers
from .kinds import PersonalData, Span
from .plates import find_plates
from .readable import readable
from .spelt import find_spelt

MAILERS = r"(?:gmail|yahoo|ymail|hotmail|outlook|icloud)(?:com)?\b"
# The last of them is that of examples.
ENDS = r"(?:co\s?m|co|id|net|org|ac|sch|go|test)\b"
# The mark and the dots of an address as people type them, and as they hide them from machines.
DOT = r"(?: \. | \s?[(\[{<]\s?(?:dot|titik|\.)\s?[)\]}>]\s? | \s(?:dot|titik)\s )"
AT = rf"""(?: @\s{{0,2}} | \s@\s{{1,2}} | \s@(?=[\w-]{{1,63}}\s?\.\s?{ENDS})
             | \s?[(\[{{<]\s?(?:at|et|@)\s?[)\]}}>]\s? | [(\[{{<]a[)\]}}>]
             | \s[(\[{{<]a[)\]}}>]\s(?=[\w-]{{1,63}}\.{ENDS})
             | [\s_-]{{1,2}}(?:at|et)[\s_-]{{1,2}}(?= {MAILERS} | [\w-]{{1,63}}{DOT}\w ) )"""
EMAIL = re.compile(
    rf"""
    (?<![\w.+-]) (?: (?!(?:ke|di|dan|atau|ini|saya)\s) [a-z._-]{{1,64}}\s(?=\d{{1,8}}\s?@) )? [\w.+-]{{1,64}} "? {AT} (?= [\w-]{{0,62}}[a-z] )
    (?: [\w-]{{1,63}} (?: {DOT} [\w-]{{1,63}} ){{1,4}} (?: \.\s{ENDS} )?
      | [\w-]{{1,63}} \s?[.,]\s? {ENDS} (?: \.\s?{ENDS} )?
      | {MAILERS} (?: \s{ENDS} ){{0,2}} )
    | (?: (?<=mail:) | (?<=mail:\s) ) (?= [a-z_-]{{2,40}} (?: \d | \.\w ) ) [\w.+-]{{3,64}}
    | (?<![\w.+-]) (?= [a-z_-]{{2,40}} (?: \d | \.\w ) ) [\w.+-]{{3,64}} \s? \( (?:di\s)? {MAILERS} \)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# As the tax office groups it; without its dots it is one only after its name, as any number.
NPWP = re.compile(r"(?<![\d.])\d\d\.\d{3}\.\d{3}\.\d\s?[-.]\s?\d{3}\.\d{3}(?!\.?\d)")
PASSPORT = re.compile(
    r"(?<![^\W_])(?:paspor|passport)(?:nya)?\b(?:\s\w{1,12}){0,4}?\W{1,3}(?P<number>(?!rp|no)[a-z]{1,2}\s?\d{6,7})(?!\w)",
    re.IGNORECASE,
)

# What looks like somebody's number and is none: dates, times, money, codes of budgets, places on the map, the numbers of cases.
NOBODYS = re.compile(
    r"""
      (?<![\d./-]) \d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d (?!\d|[-./]\d)
    | (?<![\d./-]) (?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/\d\d (?!\d|[-./]\d)
    | (?<![\d./-]) (?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2} (?!\d|[-./]\d)
    | (?<![\d.-]) (?:[01]?\d|2[0-4])[.:][0-5]\d
      (?:\s?(?:-|–|s/?d|sampai)\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)? (?!\d|[.-]\d)
    | (?<![a-z]) rp\.?\s?\d[\d.,]{0,20}
    | (?<![^\W_]) \d[\d.,]{0,20}\s?(?:rupiah|ribu|rb|juta|jt|miliar|milyar|persen|%) (?![a-z])
    | (?<![\d.]) [1-9]\d{0,2}(?:\.\d{3}){2,4} (?!\.?\d)
    | (?<![\d.,]) \d{1,3}(?:\.\d{3}){0,4},\d\d (?![.,]?\d)
    | (?<![a-z\d]) (?:19|20)\d\d-[a-z]{2,4}(?:-[a-z\d]{1,20}){1,3}-\d{6} (?!\d)
    | (?<![a-z\d]) \d{4}-[a-z]{2}-\d{8}-\d{4} (?!\d)
    | (?<![\d.]) \d\.\d (?:\.\d\d){2,4} (?:\.\d{4})? (?!\.?\d)
    | (?<![\d.]) -?\d{1,3}[.,]\d{4,15}\s?[,;]?\s?-?\d{1,3}[.,]\d{4,15} (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_personal_data(text: str) -> list[Span]:
    """Where the text holds personal data, in order and disjoint."""
    plain, origins = readable(text)
    return sorted(Span(origins[span.start], origins[span.end - 1] + 1, span.kind) for span in _find(plain))


def _find(text: str) -> list[Span]:
    found = sorted(
        [
            *(Span(*match.span(), PersonalData.EMAIL) for match in EMAIL.finditer(text)),
            *(Span(*match.span(), PersonalData.NPWP) for match in NPWP.finditer(text)),
            *(Span(*match.span("number"), PersonalData.PASSPORT) for match in PASSPORT.finditer(text)),
        ]
    )
    left = _blanked(text, found)
    driven = list(find_plates(left))
    left = _blanked(left, driven)
    left = NOBODYS.sub(lambda match: "\0" * len(match[0]), left)
    spelt = sorted(find_spelt(left))
    return found + driven + spelt + list(find_numbers(_blanked(left, spelt)))


def masked(text: str, spans: Iterable[Span] | None = None) -> str:
    """The text with words such as [nomor telepon] in the place of what was found, or of these spans of it."""
    parts, end = [], 0
    for span in find_personal_data(text) if spans is None else spans:
        parts += [text[end : span.start], f"[{span.kind.label}]"]
        end = span.end
    return "".join([*parts, text[end:]])


def comparable(value: str) -> str:
    """A number or address however it is written: digits from the national 0 on, or small letters."""
    value, _origins = readable(value)
    if "@" in value:
        return value.strip().lower()
    digits = re.sub("[^0-9]", "", value).removeprefix("00")
    return f"0{digits[2:]}" if digits.startswith("62") else digits


def _blanked(text: str, places: Iterable[Span]) -> str:
    """The text with NUL in these places, which are in order, and as long as before."""
    parts, end = [], 0
    for place in places:
        parts += [text[end : place.start], "\0" * (place.end - place.start)]
        end = place.end
    return "".join([*parts, text[end:]])


__all__ = ["PersonalData", "Span", "comparable", "find_personal_data", "masked"]
