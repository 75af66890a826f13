"""Digits that somebody spelt in words, so that no machine finds them: kosong delapan satu dua, nol wolu siji loro."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from .digits import APART, BETWEEN, find_numbers
from .kinds import PersonalData, Span
from .plates import find_plates

# As they are said in Indonesian, in Javanese and by guests.
SAID = {
    "0": "nol nul kosong zero",
    "1": "satu siji one",
    "2": "dua loro two",
    "3": "tiga telu three",
    "4": "empat papat four",
    "5": "lima limo five",
    "6": "enam enem six",
    "7": "tujuh tuju pitu seven",
    "8": "delapan lapan wolu eight",
    "9": "sembilan songo sanga nine",
}
VALUES = {word: digit for digit, words in SAID.items() for word in words.split()}


def _typed(word: str) -> str:
    """The word with or without its inner vowels: dlpn, stu, ksng."""
    return word[0] + re.sub("[aeiou]", r"\g<0>?", word[1:-1]) + word[-1]


ONE = "|".join(_typed(word) if len(word) > 3 else word for word in VALUES)
TEENS = r"\s?(?:belas|blas|bls)"
TENS = r"\s?(?:puluh|pulu|plh)"
# What is said between the groups of one number.
PAUSE = re.compile(
    rf"""
    {BETWEEN.pattern}
    (?: (?:titik|koma|strip|spasi|terus|trus|trs|lalu|dulu|baru|ya|lanjut|kedua|(?:tengah|belakang)(?:nya)?|mburine?)
        {BETWEEN.pattern} ){{0,3}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Of one word, of several that make one number, or figures between them.
PART = re.compile(
    rf"""
    (?P<times>dobel|double|dobl|tripel|triple)\s(?P<repeated>{ONE})
    | (?P<unit>{ONE})(?P<teen>{TEENS}) | (?P<tens>{ONE}){TENS}(?:\s(?P<ones>{ONE}))?
    | (?P<eleven>sebelas) | (?P<ten>sepuluh) | (?P<one>(?<!ke)(?:{ONE})) | (?P<figures>\d{{1,18}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
# As many words one after the other are a number, whatever its form.
MANY = 8


class Part(NamedTuple):
    digits: str
    start: int
    end: int
    is_word: bool


def find_spelt(text: str) -> Iterator[Span]:
    """Where words for digits make somebody's number, alone or with figures among them: written in digits, it is looked
    for as any other."""
    runs = list(_runs(text))
    if not runs:
        return
    written, origins = _written(text, runs)

    def found(find: Callable[[str], Iterator[Span]]) -> list[Span]:
        return [Span(origins[span.start][0], origins[span.end - 1][1], span.kind) for span in find(written)]

    plates, numbers, done = found(find_plates), found(find_numbers), 0
    yield from plates
    driven = {place for plate in plates for place in range(plate.start, plate.end)}
    for run in runs:
        start, end = max(run[0].start, done), run[-1].end
        if run[0].start in driven:
            continue
        first = bisect_left(numbers, start, key=attrgetter("start"))
        over = numbers[first : bisect_left(numbers, end, key=attrgetter("start"))]
        words = sum(part.is_word for part in run)
        is_one = words and over and over[0].start == start and not APART.search(text[over[-1].end : end])
        if is_one or words >= MANY:
            kind = over[0].kind if over else PersonalData.PHONE
            over = [Span(start, max([end, *(span.end for span in over)]), kind)]
        yield from over
        done = over[-1].end if over else done


def _written(text: str, runs: Iterable[list[Part]]) -> tuple[str, list[tuple[int, int]]]:
    """The text with its numbers in digits, and of each letter where it stood."""
    letters, origins, end = [], [], 0
    for run in runs:
        for part in run:
            is_pause = part is not run[0] and not BETWEEN.fullmatch(text[end : part.start])
            letters.append(" " if is_pause else text[end : part.start])
            origins += (
                [(end, part.start)] if is_pause else [(place, place + 1) for place in range(end, part.start)]
            )
            letters.append(part.digits)
            origins += [(part.start, part.end)] * len(part.digits)
            end = part.end
    letters.append(text[end:])
    origins += [(place, place + 1) for place in range(end, len(text))]
    return "".join(letters), origins


def _runs(text: str) -> Iterator[list[Part]]:
    """Parts that follow each other, two words or a pause among them at least; a run begins and ends with whole words."""
    run: list[Part] = []
    for part in _parts(text):
        if run and not PAUSE.fullmatch(text[run[-1].end : part.start]):
            yield from _whole(text, run)
            run = []
        run.append(part)
    yield from _whole(text, run)


def _whole(text: str, run: list[Part]) -> Iterator[list[Part]]:
    if run and text[run[0].start - 1 : run[0].start].isalpha():
        run = run[1:]
    if run and text[run[-1].end : run[-1].end + 1].isalpha():
        run = run[:-1]
    has_pause = any(
        not BETWEEN.fullmatch(text[part.end : following.start]) for part, following in pairwise(run)
    )
    if has_pause or sum(part.is_word for part in run) > 1:
        yield run


def _parts(text: str) -> Iterator[Part]:
    for match in PART.finditer(text):
        yield Part(_digits(match), *match.span(), match["figures"] is None)


def _digits(match: re.Match) -> str:
    if match["figures"]:
        return match["figures"]
    if match["repeated"]:
        return _digit(match["repeated"]) * (3 if match["times"].lower().startswith("t") else 2)
    if match["teen"]:
        return "1" + _digit(match["unit"])
    if match["tens"]:
        return _digit(match["tens"]) + (_digit(match["ones"]) if match["ones"] else "0")
    if match["one"]:
        return _digit(match["one"])
    return "11" if match["eleven"] else "10"


def _digit(typed: str) -> str:
    return next(digit for word, digit in VALUES.items() if re.fullmatch(_typed(word), typed, re.IGNORECASE))
