"""Whole reports as different people write them (`tests/cases/reports/*.txt`), parted by lines of ---.

What is to be found stands between « and », after the name of its family and |. In it # is the number's next digit, § the next digit as
a word, ¤ as a Javanese word, ¥ as a scan or a thick finger gives it (O for 0, l for 1); the rest is typed as it stands. Digits come from
a seeded generator and belong to nobody. A report without such marks holds nobody's numbers.
"""

import random
import re
from pathlib import Path

from cases.masking import PersonalData

from .masking_unseen import digits_of
from .masking_villagers import INDONESIAN, JAVANESE, SCANNED
from .planted_texts import Planted

FAMILIES = {
    "nik": PersonalData.NIK,
    "kk": PersonalData.FAMILY_CARD,
    "hp": PersonalData.PHONE,
    "telp": PersonalData.PHONE,
    "eja": PersonalData.PHONE,
    "dana": PersonalData.PHONE,
    "plat": PersonalData.PLATE,
    "rek": PersonalData.ACCOUNT,
    "surel": PersonalData.EMAIL,
    "pel": PersonalData.CUSTOMER,
    "npwp": PersonalData.NPWP,
    "paspor": PersonalData.PASSPORT,
}
MARK = re.compile(r"«(\w+)\|([^»]+)»")


def reports(name: str) -> list[Planted]:
    luck = random.Random(name)
    told = (Path(__file__).parent / "reports" / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    return [planted(report, luck) for report in told.split("\n---\n")]


def planted(report: str, luck: random.Random) -> Planted:
    """The report without its marks, and the places they held."""
    text, places, end = "", [], 0
    for mark in MARK.finditer(report):
        text += report[end : mark.start()]
        what = written(mark[2], mark[1], luck)
        places.append((len(text), len(text) + len(what), FAMILIES[mark[1]]))
        text += what
        end = mark.end()
    return Planted(text + report[end:], tuple(places))


def written(form: str, family: str, luck: random.Random) -> str:
    left = iter(digits_of(family, luck) if family in ("nik", "kk") else "")

    def digit(place: re.Match) -> str:
        value = int(next(left, None) or luck.randint(0, 9))
        return {"#": str(value), "§": INDONESIAN[value], "¤": JAVANESE[value], "¥": SCANNED[value]}[place[0]]

    return re.sub("[#§¤¥]", digit, form)
