"""Writes invented complaints down, a few thousand in a transaction, and goes on where an earlier run ended."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from cases.canonical import canonical
from cases.encryption import encrypt, keyed_hash
from cases.models import Case, Deadline, Event
from cases.planning import count_rows
from cases.services.bulk import reserve_keys
from cases.services.clockwork import load
from cases.services.receipt import next_numbers
from cases.services.staffing import taker
from home.models import User
from opd_pages.models import Level, Role, Unit

from ..kind import COMPLAINTS
from ..models import Category, ReportClass
from ..services.routing import NoDesk, desk_of, route
from .clocks import Clocks
from .drafts import Draft, Place, Setting, clocks_of, events_of, generated, next_order
from .lives import CLOSED, OPEN, Life
from .unwatched import finish_writing
from .writing import write_beside, write_here

BATCH = 10_000
# However many there are, an office has only so many on its desks: a fifth of a few, never more than these.
MOST_OPEN, OPEN_SHARE = 20_000, 5
CLOSED_DAYS, OPEN_DAYS = (200, 30), (20, 0)
PEOPLE = 300
OFFICER = "petugas.contoh"

Progress = Callable[[int, int], None]


def generate(count: int, *, processes: int = 0, progress: Progress = lambda done, total: None) -> int:
    """See that there are so many invented complaints, the newest of them open; returns how many were made.

    `processes` compose rows beside this one, and write them where the database lets several; with 0 it does all. Raises
    NoDesk, NoRule, ChildLost.
    """
    finish_writing()
    there = done = generated().count()
    if there >= count:
        return 0
    setting = _setting()
    if not setting.places:
        raise NoDesk
    # A run that was killed may have left out some in between.
    first = next_order()
    end = first + count - there
    open_from = end - (min(count // OPEN_SHARE, MOST_OPEN) - generated().filter(closed_at=None).count())
    batches = (
        _drafts(range(start, min(start + BATCH, end)), open_from, end, setting)
        for start in range(first, end, BATCH)
    )
    for drafts in write_beside(setting, batches, processes) if processes else write_here(setting, batches):
        done += len(drafts)
        progress(done - there, count - there)
    count_rows(connection)
    return done - there


# --- What they share ---------------------------------------------------------------------------------------------------


def _setting() -> Setting:
    officer, _is_new = User.objects.get_or_create(
        username=OFFICER,
        # Nobody logs in as this: it is who did what in the invented histories.
        defaults={"first_name": "Petugas", "last_name": "Contoh", "is_demo": True, "is_active": False},
    )
    return Setting(
        places=[_place(unit) for unit in _addressees()],
        categories=list(Category.objects.values_list("pk", flat=True)) or [None],
        people=[_person(number) for number in range(PEOPLE)],
        officer_id=officer.pk,
        clocks=Clocks(load()),
        now=timezone.now().replace(minute=0, second=0, microsecond=0),
    )


def _addressees() -> list[Unit]:
    units = Unit.objects.current().select_related("kind", "parent__kind")
    return list(units.exclude(kind__level=Level.INSPECTORATE).order_by("pk"))


def _place(addressee: Unit) -> Place:
    """What is addressed to a unit, and who has the desk for it."""
    way = route(addressed_to=addressee, accused=None, report_class=ReportClass.COMPLAINT)
    case = Case(responsible_unit=way.unit, lineage=way.unit.lineage, area_id=way.unit.area_id)
    desk = desk_of(way.unit)
    roles = {"verify": way.first_role, "dispose": Role.HEAD, "draft": desk.procedure.drafted_by}
    level = addressee.kind.level
    village = addressee if level == Level.VILLAGE else None
    district = addressee.parent if village else addressee if level == Level.DISTRICT else None
    return Place(
        name=village.place_name if village else addressee.full_name,
        district_id=district.pk if district else None,
        village_id=village.pk if village else None,
        unit=way.unit,
        desk=desk,
        chairs={step: taker(case, way.unit, role) for step, role in roles.items()},
        quoted_code=canonical(way.unit.short_code),
    )


def _person(number: int) -> tuple[str, ...]:
    """Encrypted once for all the complaints of this person: thousands of times would take longer than all the rest."""
    phone, email = f"+6281200000{number:03d}", f"warga{number}@contoh.test"
    return (
        *(encrypt(f"Warga Contoh {number}"), encrypt(phone), encrypt(email)),
        *(keyed_hash("phone", phone), keyed_hash("email", email)),
    )


# --- One batch ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def _drafts(orders: range, open_from: int, count: int, setting: Setting) -> list[Draft]:
    """Settle how each goes, then take keys and numbers for all of them. Nobody else gets these, also where it breaks off."""
    dice = Random(orders.start)  # noqa: S311
    closed = min(max(open_from - orders.start, 0), len(orders))
    lives = [*_lives(CLOSED, closed, dice), *_lives(OPEN, len(orders) - closed, dice)]
    moments = [_received_at(order, open_from, count, setting.now) for order in orders]
    places = dice.choices(range(len(setting.places)), k=len(orders))
    numbers = _numbers([(setting.places[place].unit, at) for place, at in zip(places, moments, strict=True)])
    cases = reserve_keys(Case, len(orders))
    events = list(accumulate(map(events_of, lives), initial=0))
    clocks = list(accumulate(map(clocks_of, lives), initial=0))
    event, clock = reserve_keys(Event, events.pop())[0], reserve_keys(Deadline, clocks.pop())[0]
    return list(
        map(
            Draft,
            *(orders, cases, numbers, places, lives, moments),
            *((event + before for before in events), (clock + before for before in clocks)),
        )
    )


def _lives(ways: Sequence[Life], count: int, dice: Random) -> list[Life]:
    return dice.choices(ways, [life.weight for life in ways], k=count)


def _received_at(order: int, open_from: int, count: int, now: datetime) -> datetime:
    """The closed ones over half a year, the open ones over the last weeks, in the order in which they are numbered."""
    first, last, days = (0, open_from, CLOSED_DAYS) if order < open_from else (open_from, count, OPEN_DAYS)
    ago = days[0] - (days[0] - days[1]) * (order - first) / max(last - first, 1)
    return (now - timedelta(days=ago)).replace(minute=0, second=0, microsecond=0)


def _numbers(receipts: Sequence[tuple[Unit, datetime]]) -> list[str]:
    """A number of its unit's series for each, in this order."""
    series = [(unit, timezone.localtime(at).year) for unit, at in receipts]
    taken = {
        (unit, year): iter(next_numbers(unit, COMPLAINTS.number_code, year, many, is_demo=True))
        for (unit, year), many in Counter(series).items()
    }
    return [next(taken[key]) for key in series]
