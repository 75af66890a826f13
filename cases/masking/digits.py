"""Numbers of people in runs of digits: identity cards, telephones, accounts, however they are grouped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .kinds import PersonalData, Span

# Digits, with the letters that people put in their place, and what may stand between the groups of one number.
GROUP = re.compile(
    r"(?:(?<![^\W\d_])[OIl](?=[\dOIl]{0,2}\d))?\d(?:[\dOoIil]{0,40}\d)?(?:[OoIl]{1,2}(?![^\W_]))?"
)
LOOKALIKE = str.maketrans("OoIil", "00111")
BETWEEN = re.compile(r"[ \t\xa0.()_/*\-\u2010-\u2015\u2212]{0,4}")

NAMES = {
    PersonalData.NIK: r"n\.?i\.?k|ktp|(?:nomor|no\.?) induk(?: kependudukan)?|kependudukan",
    PersonalData.FAMILY_CARD: r"k\.?k|kartu keluarga",
    PersonalData.PHONE: r"w\.?a|whats ?app?|h\.?p|handphone|telp|te?lpn?|tele?po?n|tel|hub|hubungi|kontak|call|sms|ponsel|"
    r"seluler|nohp|nowa",
    PersonalData.ACCOUNT: r"(?:no)?rek(?:ening)?(?:nya)?|norek|bri|bca|bni|bsi|btn|mandiri|bpd|jatim|jateng|bank|danamon|"
    r"cimb|permata|(?:di)?transfer|tf|va|virtual account",
}
NAMED = re.compile(
    "|".join(rf"(?P<{kind}>(?<![^\W\d_])(?:{words})(?![^\W\d_]))" for kind, words in NAMES.items()), re.I
)
OWNER = re.compile(r"\s{0,3}[,(]?\s{0,2}(?:a\.? ?n\b|atas nama\b)", re.I)
BEFORE, AFTER = 40, 14

CARD_DIGITS = 16
# With a word that says what it is, also a card's number with a digit too many or too few.
MISTYPED_CARD = range(14, 19)
ACCOUNT_DIGITS = range(10, 19)
# Without the leading 0 or 62.
MOBILE_DIGITS, LANDLINE_DIGITS = range(9, 13), range(8, 12)
TOLL_FREE = ("800", "804", "807", "809")
MOST_GROUPS = 20


@dataclass(frozen=True)
class Group:
    """Digits that stand together, as they are meant: O is 0, l is 1. `gap` is what stands before them."""

    digits: str
    start: int
    end: int
    gap: str


def find_numbers(text: str) -> Iterator[Span]:
    groups, end = [], 0
    for match in GROUP.finditer(text):
        groups.append(
            Group(
                match[0].translate(LOOKALIKE),
                *match.span(),
                text[max(end, match.start() - 5) : match.start()],
            )
        )
        end = match.end()
    position = end = 0
    while position < len(groups):
        run = _run(groups, position)
        # What names one number does not name the next.
        named = _named(text[max(end, run[0].start - BEFORE) : run[0].start])
        found = _card(run, named) or _phone(run, named) or _account(run, named, text)
        if found:
            length, kind = found
            start = run[0].start
            while start and text[start - 1] in "+(":
                start -= 1
            end = run[length - 1].end
            yield Span(start, end, kind)
            position += length
        else:
            position += 1


def _run(groups: Sequence[Group], position: int) -> list[Group]:
    """The groups from here on that may belong to one number."""
    run = [groups[position]]
    for group in groups[position + 1 : position + MOST_GROUPS]:
        if not BETWEEN.fullmatch(group.gap):
            break
        run.append(group)
    return run


def _named(before: str) -> PersonalData | None:
    """What the nearest word before a number says that it is."""
    found = None
    for match in NAMED.finditer(before):
        found = PersonalData(match.lastgroup)
    return found


def _up_to_slash(run: Sequence[Group]) -> Sequence[Group]:
    """A slash stands between two telephones, or in the number of a letter."""
    return run[: next((count for count, group in enumerate(run) if count and "/" in group.gap), len(run))]


def _lengths(run: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """Each beginning of the run: its number of groups, and its digits."""
    digits = ""
    for count, group in enumerate(run, start=1):
        digits += group.digits
        yield count, digits


def _card(run: Sequence[Group], named: PersonalData | None) -> tuple[int, PersonalData] | None:
    """NIK and number of the family card have the same form: region, a date, a count."""
    is_card = named in (PersonalData.NIK, PersonalData.FAMILY_CARD)
    kind = named if is_card else PersonalData.NIK
    mistyped = None
    for count, digits in _lengths(run):
        if len(digits) == CARD_DIGITS and (is_card or count == 1 or _has_date(digits)):
            return count, PersonalData.ACCOUNT if named == PersonalData.ACCOUNT else kind
        if is_card and len(digits) in MISTYPED_CARD:
            mistyped = count, kind
    return mistyped


def _has_date(digits: str) -> bool:
    """Province, then day (of women plus 40) and month of birth: PP 37/2007 Ps 37."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 97 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _phone(run: Sequence[Group], named: PersonalData | None) -> tuple[int, PersonalData] | None:
    found = None
    for count, digits in _lengths(_up_to_slash(run)):
        group = run[count - 1]
        if found and len(group.digits) < 3 and len(group.digits) != len(run[count - 2].digits):
            break
        if _is_phone(
            digits, is_named=named == PersonalData.PHONE, has_plus="+" in run[0].gap, is_one=count == 1
        ):
            found = count, PersonalData.PHONE
        elif found:
            break
    return found


def _is_phone(digits: str, *, is_named: bool, has_plus: bool, is_one: bool) -> bool:
    if digits.startswith("0"):
        national = digits[1:]
    elif digits.startswith("62") and (has_plus or is_named or digits[2:].lstrip("0").startswith("8")):
        national = digits[2:].removeprefix("0")
    elif digits.startswith("8") and (is_named or (is_one and len(digits) > 10)):
        national = digits
    else:
        return False
    if national.startswith(TOLL_FREE) or national.startswith(("0", "1", "80")):
        return False
    return len(national) in (MOBILE_DIGITS if national.startswith("8") else LANDLINE_DIGITS)


def _account(run: Sequence[Group], named: PersonalData | None, text: str) -> tuple[int, PersonalData] | None:
    found = None
    for count, digits in _lengths(_up_to_slash(run)):
        if len(digits) in ACCOUNT_DIGITS:
            end = run[count - 1].end
            if named == PersonalData.ACCOUNT or OWNER.match(text[end : end + AFTER]):
                found = count, PersonalData.ACCOUNT
    return found
