"""Writes invented complaints down, a few thousand in a transaction, and goes on where an earlier run ended."""

import gc
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from random import Random

from django.db import connection, connections, transaction
from django.utils import timezone

from cases.canonical import canonical
from cases.encryption import encrypt, keyed_hash
from cases.models import Case, Deadline, Event
from cases.planning import count_rows
from cases.services.bulk import reserve_keys, write_rows
from cases.services.clockwork import load
from cases.services.receipt import next_numbers
from cases.services.staffing import taker
from home.models import User
from opd_pages.models import Level, Role, Unit

from ..kind import COMPLAINTS
from ..models import Category, ReportClass
from ..services.routing import NoDesk, desk_of, route
from .clocks import Clocks
from .composing import COLUMNS, Rows, compose
from .drafts import Draft, Place, Setting, clocks_of, events_of, generated
from .lives import CLOSED, OPEN, Life
from .packing import Pack, pack, unpacked
from .unwatched import unwatched, unwatched_transaction

BATCH = 10_000
# However many there are, an office has only so many on its desks: a fifth of a few, never more than these.
MOST_OPEN, OPEN_SHARE = 20_000, 5
CLOSED_DAYS, OPEN_DAYS = (200, 30), (20, 0)
PEOPLE = 300
OFFICER = "petugas.contoh"

Write = Callable[[], None]
# The drafts of a batch, and what opens its rows for writing.
Batch = tuple[Sequence[Draft], AbstractContextManager[Write]]
Progress = Callable[[int, int], None]


def generate(count: int, *, processes: int = 0, progress: Progress = lambda done, total: None) -> int:
    """See that there are so many invented complaints, the newest of them open; returns how many were made.

    `processes` compose rows beside the one that writes them; with 0 it does both. Raises NoDesk, NoRule.
    """
    there = done = generated().count()
    if there >= count:
        return 0
    setting = _setting()
    if not setting.places:
        raise NoDesk
    open_from = count - (min(count // OPEN_SHARE, MOST_OPEN) - generated().filter(closed_at=None).count())
    batches = (
        _drafts(range(first, min(first + BATCH, count)), open_from, count, setting)
        for first in range(there, count, BATCH)
    )
    composed = _composed_beside(setting, batches, processes) if processes else _composed(setting, batches)
    for drafts, opened in composed:
        first, last = drafts[0].case_id, drafts[-1].case_id
        with opened as write, unwatched_transaction(), unwatched(first, last):
            write()
        done += len(drafts)
        progress(done - there, count - there)
    count_rows(connection)
    return done - there


def _composed(setting: Setting, batches: Iterable[Sequence[Draft]]) -> Iterator[Batch]:
    for drafts in batches:
        yield drafts, nullcontext(partial(_write, compose(setting, drafts)))


def _write(tables: Rows) -> None:
    for model, rows in tables.items():
        write_rows(model, COLUMNS[model], rows)


def _composed_beside(setting: Setting, batches: Iterable[Sequence[Draft]], processes: int) -> Iterator[Batch]:
    """Each process has a batch in hand while another one is written."""
    # A child must not share its parent's connection.
    connections.close_all()
    with get_context("fork").Pool(processes, _begin, (setting,)) as pool:
        in_hand: deque[tuple[Sequence[Draft], AsyncResult]] = deque()
        for drafts in batches:
            in_hand.append((drafts, pool.apply_async(_pack_in_child, (drafts,))))
            if len(in_hand) > processes:
                yield _received(*in_hand.popleft())
        while in_hand:
            yield _received(*in_hand.popleft())


def _received(drafts: Sequence[Draft], packed: AsyncResult) -> Batch:
    return drafts, unpacked(packed.get())


def _begin(setting: Setting) -> None:
    """Once in each child. Whoever presses Ctrl-C speaks to the parent."""
    global _setting_of_all
    _setting_of_all = setting
    # There are no cycles among rows, and looking for some takes as long as composing them.
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pack_in_child(drafts: Sequence[Draft]) -> Pack:
    return pack(compose(_setting_of_all, drafts))


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
