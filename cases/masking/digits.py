"""Numbers of people in runs of digits: identity cards, telephones, accounts, however they are grouped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .kinds import PersonalData, Span
from .words import ALSO, NAMED, NAMES, NUMBER, OF_NO_PERSON, OWNER, TELEPHONE, TELEPHONE_AFTER

# Digits, with the letters that people put in their place, and what may stand between the groups of one number.
GROUP = re.compile(
    r"(?:(?<![^\W\d_])[OoIl](?=[\dOoIil]{0,2}\d))?\d(?:[\dOoIil]{0,40}\d)?(?:[OoIl]{1,2}(?![^\W_]))?"
    r"|(?<![^\W_])[Oo](?=[.-]8[.-])|(?<=\d[.-])[OoIl](?=[.-]\d)"
)
LOOKALIKE = str.maketrans("OoIil", "00111")
BETWEEN = re.compile(r"[\s.,;:|~'`()\[\]_/\\*+=\-\u2010-\u2015\u2212]{0,4}")
# These also stand between two numbers, so they join one only after a word that says what it is.
APART = re.compile(r"[,;:|/\\+=\n]")
# A card's number has a form of its own, whose parts may stand on two lines.
APART_OF_CARD = re.compile(r"[,;:|/\\+=]")
# Only the number of a letter or a sum has these.
APART_OF_ACCOUNT = re.compile("[/+=]")
# Longer digits after a comma are a number of their own.
AFTER_COMMA = 4

BEFORE, AFTER = 40, 24
# "Nomornya" speaks of what was named further back.
FAR_BEFORE = 120
ENDED = re.compile(r"\s{0,2}(?:$|[.,;)\n])")

CARD_DIGITS = 16
# With a word that says what it is, also a card's number with a digit too many or too few.
MISTYPED_CARD = range(14, 19)
# Right after a single letter they are a ticket's or a paper's: B5324031900417.
LETTERED = re.compile(r"(?:^|[\W\d_])[^\W\d_]\Z")
# How many digits there may be, and how many are whole: of Mandiri, BRI, BTN, and of electricity.
LENGTHS = {
    PersonalData.ACCOUNT: (range(10, 19), (13, 15, 16)),
    PersonalData.CUSTOMER: (range(7, 15), (12,)),
    PersonalData.NPWP: (range(15, 17), (15, 16)),
}
# Of BCA, BNI, BSI, Bank Jatim.
BANK_DIGITS = 10
# Without the leading 0 or 62.
MOBILE_DIGITS, LANDLINE_DIGITS = range(9, 13), range(8, 12)
# A telephone of the same area, without its code.
LOCAL_DIGITS = range(6, 9)
MOBILE = re.compile("8[1235789][1-9]")
MOBILE_BEGINS = ("08", "628")
# What stands alone before the rest of a mobile number, also where that stands on the next lines.
MOBILE_BEGIN = re.compile(r"08[1235789]\d{1,3}")
# A mobile number of ten digits is rare, but for 0811: the two that follow are its last.
CUT = re.compile(r"08(?!11)\d{10}")
TOLL_FREE = ("800", "804", "807", "809")
# Of any country, after a plus: ITU-T E.164.
FOREIGN_DIGITS = range(10, 16)
MOST_GROUPS, MOST_DIGITS = 20, 18


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
    position, end, before = 0, 0, ""
    while position < len(groups):
        run = _run(groups, position)
        # What names one number also names those joined to it, and no other.
        if not ALSO.fullmatch(text[end : run[0].start]):
            before = text[max(end, run[0].start - FAR_BEFORE) : run[0].start]
            before = before if NUMBER.search(before) else before[-BEFORE:]
        if OF_NO_PERSON.search(before) and not run[0].digits.startswith(MOBILE_BEGINS):
            position += len(_joined(run))
            continue
        named = _named(before)
        found = (
            _card(run, named)
            or _longer(run, _phone(run, named, before, text), _account(run, named, text))
            or _local(run, before, text)
        )
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
    kind = None
    for match in NAMED.finditer(before):
        kind = match.lastgroup
    return PersonalData(kind) if kind in NAMES else None


def _joined(run: Sequence[Group], apart: re.Pattern = APART) -> Sequence[Group]:
    """The run up to what may also stand between two numbers."""
    ends = (count for count, group in enumerate(run) if count and apart.search(group.gap))
    return run[: next(ends, len(run))]


def _is_next(run: Sequence[Group], count: int) -> bool:
    """Whether the last of these groups follows a number that is complete without it."""
    group, previous = run[count - 1], run[count - 2]
    is_alike = count > 2 and group.gap == previous.gap
    is_short = len(group.digits) < 3 <= len(previous.digits) and not _ends_threes(run[:count])
    if APART.search(group.gap):
        return is_short or not is_alike
    return is_short and (group.gap.isspace() or not is_alike)


def _ends_threes(groups: Sequence[Group]) -> bool:
    """Whether two digits are left over from groups of three: 0822 868 796 66."""
    return len(groups) > 3 and [len(group.digits) for group in groups[-3:]] == [3, 3, 2]


def _longer(
    run: Sequence[Group], phone: tuple[int, PersonalData] | None, account: tuple[int, PersonalData] | None
) -> tuple[int, PersonalData] | None:
    """Of two as long, ten digits that a word calls an account are one, though BCA's begin like a telephone."""
    if phone and account and phone[0] == account[0]:
        is_bank = sum(len(group.digits) for group in run[: phone[0]]) == BANK_DIGITS and "(" not in run[0].gap
        return account if is_bank else phone
    return max(filter(None, [phone, account]), key=lambda found: found[0], default=None)


def _lengths(run: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """Each beginning of the run: its number of groups, and its digits."""
    digits = ""
    for count, group in enumerate(run, start=1):
        digits += group.digits
        if len(digits) > MOST_DIGITS:
            break
        yield count, digits


def _card(run: Sequence[Group], named: PersonalData | None) -> tuple[int, PersonalData] | None:
    """NIK and number of the family card have the same form: region, a date, a count."""
    if run[0].digits.startswith(MOBILE_BEGINS):
        return None
    is_card = named in (PersonalData.NIK, PersonalData.FAMILY_CARD)
    kind = named if is_card else PersonalData.NIK
    mistyped = None
    for count, digits in _lengths(run if is_card else _joined(run, APART_OF_CARD)):
        if len(set(digits)) == 1:
            continue
        if len(digits) == CARD_DIGITS and (
            is_card or count == 1 or (_has_date(digits) and (len(run[0].digits) > 1 or count == CARD_DIGITS))
        ):
            return count, PersonalData.ACCOUNT if named == PersonalData.ACCOUNT else kind
        if is_card and len(digits) in MISTYPED_CARD:
            mistyped = count, kind
    return mistyped


def _has_date(digits: str) -> bool:
    """Province, then day (of women plus 40) and month of birth: PP 37/2007 Ps 37."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 97 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _phone(
    run: Sequence[Group], named: PersonalData | None, before: str, text: str
) -> tuple[int, PersonalData] | None:
    found = None
    is_named = named == PersonalData.PHONE
    is_said = is_named or NUMBER.search(before) is not None
    has_plus = "+" in run[0].gap
    goes_on = is_named or MOBILE_BEGIN.fullmatch(run[0].digits)
    for count, digits in _lengths(run if goes_on else _joined(run)):
        if found and _is_next(run, count) and not _is_cut(run[count - 1], digits, text):
            break
        is_alike = len({group.gap for group in run[1:count]}) < 2
        is_begun = is_said or has_plus or len(run[0].digits) > 2 or digits.startswith(("08", "62"))
        if is_begun and _is_phone(digits, is_named=is_said, has_plus=has_plus, is_alike=is_alike):
            found = count, PersonalData.PHONE
        elif found:
            break
    return found


def _is_cut(group: Group, digits: str, text: str) -> bool:
    """Whether a blank slipped in before the last one or two digits of a mobile number: nothing is said to be so many."""
    if len(group.digits) > 2 or group.gap != " ":
        return False
    return bool(
        CUT.fullmatch(digits)
        or (digits.startswith("08") and ENDED.match(text[group.end : group.end + AFTER]))
    )


def _is_phone(digits: str, *, is_named: bool, has_plus: bool, is_alike: bool) -> bool:
    if digits.startswith("0062"):
        national = digits[4:].removeprefix("0")
    elif digits.startswith("0"):
        national = digits[2 if digits.startswith("008") else 1 :]
    elif digits.startswith("62") and (has_plus or is_named or digits[2:].lstrip("0").startswith("8")):
        national = digits[2:].removeprefix("0")
    elif MOBILE.match(digits) and (is_named or (is_alike and len(digits) > 9)) and not digits.endswith("000"):
        national = digits
    else:
        return has_plus and not digits.startswith("62") and len(digits) in FOREIGN_DIGITS
    if national.startswith((*TOLL_FREE, "0", "1")) or (national.startswith("80") and not is_named):
        return False
    return len(national) in (MOBILE_DIGITS if national.startswith("8") else LANDLINE_DIGITS)


def _account(run: Sequence[Group], named: PersonalData | None, text: str) -> tuple[int, PersonalData] | None:
    """An account, or after a word for it a customer's number."""
    if LETTERED.search(text[max(0, run[0].start - 2) : run[0].start]):
        return None
    found, is_doubtful = None, False
    is_named = named in LENGTHS
    kind = named if is_named else PersonalData.ACCOUNT
    lengths, whole = LENGTHS[kind]
    for count, digits in _lengths(_joined(run, APART_OF_ACCOUNT if is_named else APART)):
        group = run[count - 1]
        if count > 1 and "," in group.gap and len(group.digits) > AFTER_COMMA:
            break
        is_doubtful = is_doubtful or (found is not None and _is_next(run, count))
        if is_doubtful:
            if not is_named or APART.search(group.gap):
                break
            # Check digits of their own complete it, or end the sentence; what goes on with a word is rather a quantity.
            if len(digits) not in whole and not ENDED.match(text[group.end : group.end + AFTER]):
                continue
        # As round as this they are rather money.
        is_sum = count == 1 and digits[0] != "0" and digits.endswith("000")
        if len(digits) in lengths and (
            (is_named and not is_sum) or OWNER.match(text[group.end : group.end + AFTER])
        ):
            found = count, kind
    return found


def _local(run: Sequence[Group], before: str, text: str) -> tuple[int, PersonalData] | None:
    """A round number is rather an amount, one that begins with 1 a service."""
    if run[0].digits[0] in "01":
        return None
    found = None
    is_named = TELEPHONE.search(before) is not None
    for count, digits in _lengths(_joined(run)):
        group = run[count - 1]
        if len(group.digits) < 2:
            break
        is_round = digits.endswith("000")
        is_said = is_named or TELEPHONE_AFTER.match(text[group.end : group.end + AFTER])
        if len(digits) in LOCAL_DIGITS and is_said and not is_round:
            found = count, PersonalData.PHONE
    return found
