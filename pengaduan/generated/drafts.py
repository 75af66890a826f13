"""What is settled of an invented complaint before its rows are composed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from cases.models import Case
from cases.services.staffing import Chair
from opd_pages.models import Unit

from ..models import DeskSettings
from .clocks import Clocks
from .lives import Life

# Their submission keys begin like this, and go on with the place of each in the series: no form sends such a key.
KEY_MARK = "contoh-"


def key_of(order: int) -> str:
    return f"{KEY_MARK}{order:09d}"


def generated():
    """The cases that were generated, among all others of the demonstration."""
    return Case.objects.filter(submission_key__startswith=KEY_MARK, is_demo=True)


def next_order() -> int:
    """The place in the series that follows the last one taken."""
    last = generated().aggregate(last=Max("submission_key"))["last"]
    return int(last.removeprefix(KEY_MARK)) + 1 if last else 0


@dataclass(frozen=True)
class Place:
    """Where a report may come from, and the desk that receives it. `chairs`: who takes which step there. `quoted_code`: its
    unit's, as JSON."""

    name: str
    district_id: int | None
    village_id: int | None
    unit: Unit
    desk: DeskSettings
    chairs: Mapping[str, Chair]
    quoted_code: str


@dataclass(frozen=True)
class Setting:
    """What all invented complaints share. `people` are rows of Party without the case."""

    places: Sequence[Place]
    categories: Sequence[int]
    people: Sequence[tuple[str, ...]]
    officer_id: int
    clocks: Clocks
    now: datetime


class Draft(NamedTuple):
    """What is settled of a complaint before its rows are composed: its keys, its number, how it goes."""

    order: int
    case_id: int
    number: str
    place: int
    life: Life
    received_at: datetime
    # The first of as many keys as it has events, and clocks.
    event_id: int
    clock_id: int


def events_of(life: Life) -> int:
    return 1 + len(life.steps)


def clocks_of(life: Life) -> int:
    """The law's, the promise's, the first look's; once it is answered the reporter's too."""
    return 3 + any(step.to == "answered" for step in life.steps)
