"""What people of the demonstration say: our own words from data/, with places and days filled in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from random import Random
from typing import Any

from cases.calendar import day_words
from pengaduan.models import ReportClass

from .units import DATA


@dataclass(frozen=True)
class Text:
    """A report with what the office finds and answers. `answers` holds the words by outcome, `to` whom it is passed to."""

    words: str
    at: tuple[str, ...] = ()
    category: str = ""
    patokan: tuple[str, ...] = ("",)
    photo: str = ""
    after: str = ""
    copy: str = ""
    findings: str = ""
    decision: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    report_class: str = ReportClass.COMPLAINT
    is_vulnerable: bool = False
    is_urgent: bool = False
    is_secret: bool = False
    is_anonymous: bool = False

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "Text":
        renamed = {"class": "report_class"}
        marks = ("vulnerable", "urgent", "secret", "anonymous")
        renamed |= {mark: f"is_{mark}" for mark in marks}
        values = {renamed.get(name, name): value for name, value in entry.items()}
        for name in ("at", "patokan"):
            if name in values:
                values[name] = tuple(values[name])
        known = cls.__dataclass_fields__
        return cls(**{name: value for name, value in values.items() if name in known})

    def told(self, dice: Random, desa: str) -> "Text":
        """The same report as somebody there would tell it, with one place chosen."""
        chosen = dice.choice(self.patokan)
        slots = {
            "desa": desa,
            "sejak": dice.choice(phrases("since")),
            "rt": f"{dice.randint(1, 12):02}",
            "patokan": chosen,
            "tanggal": "{tanggal}",
        }
        plain = self.words.format(**slots)
        words = dice.choice(phrases("greetings")) + plain + dice.choice(phrases("closings"))
        return replace(
            self,
            words=words,
            copy=(self.copy or plain).format(**slots),
            patokan=(chosen,),
            answers={outcome: answer.format(**slots) for outcome, answer in self.answers.items()},
        )

    def answer(self, outcome: str, until: date | None) -> str:
        return self.answers[outcome].replace("{tanggal}", day_words(until) if until else "")


@cache
def reports() -> tuple[Text, ...]:
    entries = json.loads((DATA / "reports.json").read_text(encoding="utf-8"))
    return tuple(Text.of(entry) for entry in entries)


@cache
def occasions() -> Mapping[str, list]:
    """Words for what does not happen every day, by occasion."""
    return json.loads((DATA / "occasions.json").read_text(encoding="utf-8"))


def phrases(occasion: str) -> list[str]:
    return occasions()[occasion]


def fitting(place: str, outcome: str, *, is_secret: bool) -> list[Text]:
    """Everyday reports that can come to this outcome, for a kind of desk or an agency's short code."""
    return [
        text
        for text in reports()
        if place in text.at and outcome in text.answers and text.is_secret in (False, is_secret)
    ]
