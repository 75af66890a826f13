"""Registrations of vehicles, told from the numbers of houses and blocks."""

import re
from collections.abc import Iterator

from .kinds import PersonalData, Span

# The letters with which registrations begin, by region.
REGIONS = "A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z"
PLATE = re.compile(
    rf"(?<![a-z0-9])(?:{REGIONS})[ ._-]{{0,3}}(\d{{1,4}})[ ._-]{{0,3}}([a-z]{{1,3}})(?![a-z0-9])",
    re.IGNORECASE,
)
BEFORE = 40
VEHICLE = re.compile(
    r"nopol|pelat|plat|motor|mobil|tru[ck]k?|pikap|pick ?up|\bbus\b|kendaraan|tronton|travel|minibus|bernomor",
    re.I,
)
# A number of something that stands still.
STANDING = re.compile(
    r"(?:blok|gang|gg|jl|jln|jalan|kav|kavling|lantai|pasal|kelas|ruang|rumah|tipe|type|perum)\.?\s{0,2}$",
    re.I,
)
# What follows the number of a house or a quantity.
NO_SERIES = re.compile(
    "rt|rw|no|nmr|di|dan|yg|ke|km|cm|m|kg|jl|jln|gg|ada|itu|ini|dr|dari|dg|pak|bu|rp|jam|wib|hr|bln|thn|th|org|kk|lt|"
    "an|va|hp|wa|tlp|kel|kec|des|dsn",
    re.I,
)


def find_plates(text: str) -> Iterator[Span]:
    """One or two digits are a vehicle's only where the text speaks of one, or writes it as on the plate."""
    for match in PLATE.finditer(text):
        number, series = match.groups()
        before = text[max(0, match.start() - BEFORE) : match.start()]
        if STANDING.search(before):
            continue
        is_vehicle = VEHICLE.search(before) is not None
        is_capital = match[0].isupper()
        is_word = NO_SERIES.fullmatch(series) is not None
        if is_word and not (is_capital and is_vehicle and len(number) > 2):
            continue
        if is_vehicle or len(number) > 2 or (len(number) == 2 and is_capital and len(series) > 1):
            yield Span(*match.span(), PersonalData.PLATE)
