"""Registrations of vehicles, told from the numbers of houses and blocks."""

import re
from collections.abc import Iterator

from .kinds import PersonalData, Span

# The letters with which registrations begin, by region.
REGIONS = "A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z"
BETWEEN = r"[\s.,_/:|\-\u2010-\u2015]{0,3}"
# Some write number and letters apart: K 1 2 3 4 A B. Before a whole registration stands a model: L300 K 1234 AB.
PLATE = re.compile(
    rf"""
    (?: (?<![a-z0-9]) | (?P<glued> (?<=plat) | (?<=nopol) | (?-i: (?<=[a-z])(?=[A-Z]) ) ) )
    (?:{REGIONS} | (?P<spoken>es|be|el|en|ka|we)\s(?=\d{{3}}) )
    {BETWEEN} (?P<number> (?!0) (?: \d(?:[ .-]\d){{1,3}} | \d\d\.\d\d | \d{{1,4}} ) ) (?!\d)
    (?: {BETWEEN} (?P<series> [a-z](?:[ .-][a-z]){{1,2}} | [a-z]{{1,3}} )
        (?: (?![a-z0-9]) | (?-i: (?<=[A-Z][A-Z])(?=[a-z]) ) | (?P<run_in> (?<=[\d-][a-z][a-z])(?=[a-z]) ) )
        (?! {BETWEEN} \d{{4}} {BETWEEN} [a-z]{{1,3}} (?![a-z0-9]) ) (?: (?=\s\d) (?P<listed>) )? | (?![a-z]) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Nobody writes these between the parts unless it is a registration.
UNUSUAL = re.compile(r"[,/:|\n]|[^\W\d_][ .-][^\W\d_]|\d[ .-]\d")
# Ampere, metres and watts.
UNIT = re.compile("[AMW](?![a-z])", re.I)
# Of the forces: a number, and the command in Roman figures.
OF_FORCES = re.compile(r"(?<![\w./-])\d{3,5}-[IVX]{1,4}(?![\w/-])")
BEFORE = 40
MAKES = (
    "honda|yamaha|suzuki|kawasaki|toyota|daihatsu|mitsubishi|isuzu|hino|nissan|wuling|hyundai|vespa|viar|tossa|"
    "beat|vario|scoopy|supra|revo|mio|nmax|pcx|aerox|vixion|jupiter|satria|ninja|klx|crf|avanza|xenia|innova|"
    "ertiga|sigra|calya|agya|ayla|brio|jazz|rush|pajero|fortuner|xpander|carry|gran ?max|l ?300|colt|elf|hiace"
)
VEHICLE = re.compile(
    r"nopol|no\.? ?pol|pelat|plat|moto?r|mtor|mo?bi?l|tru?[ck]k?|pikap|pick ?up|kendaraan|tronton|travel|minibus|bernomor|"
    r"ambulan|angkot|angkutan|engkel|trailer|tangki|sedan|"
    rf"(?<![^\W\d_])(?:bus|bis|dump|trail|matic|{MAKES})(?![^\W\d_])",
    re.I,
)
# Right after these even a number without its letters is a registration.
SAID = re.compile(r"(?:nopol|(?:no|nomor|nomer)\.? ?pol(?:isi)?|pelat|plat|tnkb)\D{0,30}$", re.I)
# The regent's own is one digit and no letters: plat nomor S 1.
SAID_WHOLE = re.compile(
    r"(?:nopol|(?:no|nomor|nomer)\.? ?pol(?:isi)?|(?:pelat|plat) (?:no|nomor|nomer)|tnkb)(?:nya)?\W{0,3}$",
    re.I,
)
# A number of something that stands still.
STANDING = re.compile(
    r"(?:blok|gang|gg|jl|jln|jalan|kav|kavling|lantai|pasal|kelas|ruang|rumah|tipe|type|perum)\.?\s{0,2}$",
    re.I,
)
# What follows the number of a house or a quantity.
NO_SERIES = re.compile(
    "rt|rw|no|nmr|di|dan|yg|ke|km|cm|mm|m|kg|jl|jln|gg|ada|itu|ini|dr|dari|dg|pak|bu|rp|rb|jt|jam|wib|hr|bln|thn|th|"
    "org|kk|lt|ltr|ton|gr|cc|an|va|hp|wa|tlp|kel|kec|des|dsn|rpm|gak|tdk",
    re.I,
)


def find_plates(text: str) -> Iterator[Span]:
    """One or two digits are a vehicle's only where the text speaks of one, or writes it as on the plate."""
    yield from sorted([*_of_people(text), *_of_forces(text)])


def _of_forces(text: str) -> Iterator[Span]:
    for match in OF_FORCES.finditer(text):
        if VEHICLE.search(text[max(0, match.start() - BEFORE) : match.start()]):
            yield Span(*match.span(), PersonalData.PLATE)


def _of_people(text: str) -> Iterator[Span]:
    for match in PLATE.finditer(text):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        if STANDING.search(before):
            continue
        is_said = SAID.search(before) is not None
        if (match["spoken"] or match["run_in"] is not None) and not is_said:
            continue
        is_vehicle = is_said or VEHICLE.search(before) is not None
        if match["glued"] is not None and not is_vehicle:
            continue
        if _has_series(match, is_vehicle=is_vehicle):
            if is_said or (is_vehicle and _may_be_one(match)) or _looks_like_one(match):
                yield Span(*match.span(), PersonalData.PLATE)
        elif is_said and (len(match["number"]) > 1 or SAID_WHOLE.search(before)):
            yield Span(match.start(), match.end("number"), PersonalData.PLATE)


def _has_series(match: re.Match, *, is_vehicle: bool) -> bool:
    """Whether the letters after the number belong to it, or are the next word."""
    series = match["series"]
    if series is None or NO_SERIES.fullmatch(series) is None:
        return series is not None
    if not is_vehicle:
        return match[0].isupper() and len(match["number"]) == 4 and not match["number"].endswith("00")
    is_one_word = not re.search(r"\s", match[0])
    return len(match["number"]) > 2 and (match[0].isupper() or is_one_word)


def _may_be_one(match: re.Match) -> bool:
    """One digit is more often a route's or a quantity's, unless all stands in capitals."""
    return len(match["number"]) > 1 or match[0].isupper()


def _looks_like_one(match: re.Match) -> bool:
    before = match.string[max(0, match.start() - 2) : match.start()]
    is_model = before.endswith("-")
    is_unit = before[:1].isdigit() and before.endswith(" ") and UNIT.match(match[0]) is not None
    if is_model or is_unit or UNUSUAL.search(match[0]):
        return False
    digits, letters = len(match["number"]), len(match["series"])
    if match["listed"] is not None and (digits < 4 or letters < 2):
        return False
    return digits > 2 or (digits == 2 and letters > 1 and match[0].isupper())
