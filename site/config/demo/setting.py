"""Where a tale plays and who tells it: place, desk, words and identity, drawn from the dice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cases.models import IdentityMode
from cases.services.receipt import Identity
from opd_pages.models import Level, Unit
from pengaduan.models import Category, Channel
from pengaduan.procedures import RAPID
from pengaduan.services.receiving import Report
from pengaduan.services.routing import desk_of

from .contacts import PHONE
from .people import OTHER_AGENCIES, OTHER_DISTRICTS
from .script import AGENCY, DISTRICT, KAPAS, REMOTE, VILLAGE, Part
from .tale import PHOTO_SHARE, Stage, Tale
from .texts import Text, fitting, phrases
from .units import KAPAS_CODE, ROOT, VILLAGE_CODE, points

# A Wednesday's report can be answered in three days without a weekend between; most people write early in the week.
EARLY_WEEKDAYS = (0, 1, 2)


class Storyteller:
    """Draws the setting of each tale from the dice given with it; words from decks, so that they repeat late."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._points = stage, points()
        self._decks: dict[tuple, list] = {}
        self._categories = {category.name: category for category in Category.objects.all()}
        self._villages: dict[int, list[Unit]] = {}
        for unit in stage.units.values():
            if unit.kind.level == Level.VILLAGE:
                self._villages.setdefault(unit.parent_id, []).append(unit)

    def tale(self, part: Part, number: int, dice: Random) -> Tale:
        agency, text, occasion = self._words(part, dice)
        village = self._village(part, dice)
        text = text.told(dice, village.name)
        at = self._start(part, dice)
        tale = Tale(
            stage=self._stage,
            dice=dice,
            at=at,
            text=text,
            report=self._report(part, number, text, village, agency, dice),
            pace=part.pace,
            until=self._stage.now if part.age is None else None,
            occasion=occasion,
        )
        tale.by_day_and_night = bool(agency) and desk_of(agency).procedure_code == RAPID
        return tale

    def _words(self, part: Part, dice: Random) -> tuple[Unit | None, Text, Mapping]:
        """The agency written to, if one is, the report, and the occasion's other words."""
        units, outcome = self._stage.units, part.outcome
        agency = units.get(f"{ROOT}.{part.where}")
        if part.occasion:
            entries = [
                entry for entry in phrases(part.occasion) if outcome in entry.get("answers", [outcome])
            ]
            occasion = self._draw((part.occasion, outcome), entries, dice)
            return agency, Text.of(occasion), occasion
        is_secret = bool(part.report.get("is_secret"))
        places = {AGENCY: OTHER_AGENCIES, KAPAS: [DISTRICT], REMOTE: [DISTRICT]}.get(part.where, [part.where])
        pairs = [(place, text) for place in places for text in fitting(place, outcome, is_secret=is_secret)]
        place, text = self._draw((part.where, outcome, is_secret), pairs, dice)
        return units.get(f"{ROOT}.{place}"), text, {}

    def _draw(self, key: tuple, cards: list, dice: Random) -> Any:
        if not self._decks.get(key):
            self._decks[key] = dice.sample(cards, len(cards))
        return self._decks[key].pop()

    def _village(self, part: Part, dice: Random) -> Unit:
        units = self._stage.units
        accused = units.get(part.report.get("accused", ""))
        if accused and accused.kind.level == Level.VILLAGE:
            return accused
        if part.where == VILLAGE:
            return units[VILLAGE_CODE]
        if accused or part.where == KAPAS:
            district = units[KAPAS_CODE]
        elif part.where == DISTRICT:
            district = units[dice.choice(OTHER_DISTRICTS)]
        else:
            staffed = {KAPAS_CODE, *OTHER_DISTRICTS} if part.where == REMOTE else set()
            districts = [unit for unit in units.values() if unit.kind.level == Level.DISTRICT]
            district = dice.choice([unit for unit in districts if unit.code not in staffed])
        return dice.choice([unit for unit in self._villages[district.pk] if unit.code != VILLAGE_CODE])

    def _start(self, part: Part, dice: Random) -> datetime:
        office, now = self._stage.office, self._stage.now
        if part.age is None:
            return office.this_morning(now, dice)
        if part.age[0] < 1:
            return now - timedelta(days=dice.uniform(*part.age))
        for _ in range(4):
            day = (now - timedelta(days=dice.uniform(*part.age))).date()
            if part.where != KAPAS or day.weekday() in EARLY_WEEKDAYS:
                break
        return office.daytime(day, dice)

    def _report(
        self, part: Part, number: int, text: Text, village: Unit, agency: Unit | None, dice: Random
    ) -> Report:
        given = dict(part.report)
        accused = self._stage.units[given.pop("accused")] if "accused" in given else None
        mode = given.pop("mode", None) or _mode(text, dice)
        channel = _channel(part, mode, dice)
        to_desk = agency or (
            self._stage.units[KAPAS_CODE] if part.where == KAPAS and channel != Channel.WEB else None
        )
        values = {
            "words": text.words,
            "identity": _identity(mode, number, dice),
            "report_class": text.report_class,
            "addressed_to": None if accused else to_desk,
            "accused": accused,
            "category": self._categories.get(text.category),
            "district": village.parent,
            "village": village,
            "landmark": text.patokan[0],
            "location": self._location(village, dice),
            "images": self._images(part, text, dice),
            "channel": channel,
            "is_secret": text.is_secret,
            "is_vulnerable": text.is_vulnerable,
        }
        return Report(**values | given)

    def _images(self, part: Part, text: Text, dice: Random) -> list:
        wanted = text.photo and not part.occasion and dice.random() < PHOTO_SHARE
        return [self._stage.pictures[text.photo]] if wanted else []

    def _location(self, village: Unit, dice: Random) -> tuple[float, float] | None:
        point = self._points.get(village.code)
        if point is None or dice.random() < 0.5:
            return None
        latitude, longitude = point
        return latitude + dice.uniform(-0.006, 0.006), longitude + dice.uniform(-0.006, 0.006)


def _mode(text: Text, dice: Random) -> str:
    if text.is_anonymous:
        return IdentityMode.ANONYMOUS
    return dice.choices([IdentityMode.NAMED, IdentityMode.ANONYMOUS, IdentityMode.NONE], [86, 8, 6])[0]


def _channel(part: Part, mode: str, dice: Random) -> str:
    if mode != IdentityMode.NAMED or part.where != KAPAS or part.report or part.occasion:
        return Channel.WEB
    return dice.choices([Channel.WEB, Channel.COUNTER, Channel.PHONE, Channel.HEAD], [80, 8, 8, 4])[0]


def _identity(mode: str, number: int, dice: Random) -> Identity:
    if mode == IdentityMode.NONE:
        return Identity(mode)
    reach = dice.choices(["phone", "email", "both"], [25, 15, 60])[0]
    return Identity(
        mode,
        name=f"Warga Contoh {number}",
        phone=PHONE if reach != "email" else "",
        email=f"warga{number}@contoh.test" if reach != "phone" else "",
    )
