"""The desk's lists of 100 and the page of a case, by officers who see few cases and all of them.

Each is held to what it takes of the portal when that was smaller: of a copy kept from then, asked in turn with the grown one, so
that a machine which grows slower meanwhile tells nothing. A list is held to the smallest copy in which its page is full.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import reverse

from cases.models import Case
from cases.selectors import desk
from home.models import User

from .baseline import Baseline, browser, open_page
from .copies import copy_of_the_portal
from .results import Result, milliseconds, seconds

ROWS, MOST_QUERIES, ROUNDS = 100, 10, 15
TIMES, MORE_MS = 1.5, 1.0
# Who looks, at what: a kecamatan's desk, and who sees all.
LOOKS = (
    ("camat.kapas", "semua"),
    ("operator.kapas", "saya"),
    ("camat.kapas", "selesai"),
    ("koordinator", "semua"),
    ("koordinator", "terlambat"),
    ("koordinator", "selesai"),
)
Queries = list[tuple[str, tuple]]


@dataclass
class Smaller:
    """A copy of the portal as it was with `size` cases, and what each page asked there that larger portals are held to."""

    size: int
    copy: BaseDatabaseWrapper
    asked: dict[str, Queries] = field(default_factory=dict)


def measure(baseline: Baseline, size: int, smaller: list[Smaller], *, is_last: bool) -> None:
    """Measure every page and add a copy of the portal to the smaller ones, unless nothing larger follows."""
    desk.PAGE_SIZE = ROWS
    pages = {f"desk list “{tab}” of {name}": (name, f"/meja/?tab={tab}") for name, tab in LOOKS}
    case = Case.objects.filter(status="in_progress", responsible_unit__short_code="KPS").last()
    pages["page of a case"] = ("camat.kapas", reverse("desk_case", args=[case.number]))
    full = {}
    for what, (name, address) in pages.items():
        queries, rows = _measure(baseline, size, what, name, address, smaller)
        if (rows == ROWS or what == "page of a case") and not any(what in each.asked for each in smaller):
            full[what] = queries
    if not is_last:
        smaller.append(Smaller(size, copy_of_the_portal(size), full))


def _measure(
    baseline: Baseline, size: int, what: str, name: str, address: str, smaller: list[Smaller]
) -> tuple[Queries, int]:
    client = browser(User.objects.get(username=name))
    open_page(client, address)
    with _queries() as queries:
        page = client.get(address)
    rows = page.content.count(b'class="number"')
    reads = [(sql, values) for sql, values in queries if sql.lstrip("(").startswith("SELECT")]
    held_to = next((each for each in smaller if what in each.asked), None)
    small, sql = _in_turn(held_to and (held_to.copy, held_to.asked[what]), reads)
    most = max(small * TIMES, small + MORE_MS)
    bar = f"≤ {most:.1f} ms, {small:.1f} with {held_to.size:,}" if held_to else ""
    Result(f"{what}, {size:,} cases: SQL", sql, "ms", bar, sql <= most if held_to else None).tell()
    view = milliseconds(lambda: open_page(client, address))
    Result(f"{what}, {size:,} cases: view", view, "ms", against=baseline.to_view(view)).tell()
    if what.startswith("desk"):
        Result(f"{what}, {size:,} cases: rows", rows, "").tell()
        met = len(queries) <= MOST_QUERIES
        Result(f"{what}, {size:,} cases: queries", len(queries), "", f"≤ {MOST_QUERIES}", met).tell()
    return reads, rows


def _in_turn(small: tuple[BaseDatabaseWrapper, Queries] | None, large: Queries) -> tuple[float, float]:
    """The medians in milliseconds of what a smaller portal and this one take, each asked when the other has been."""
    asked = [small, (connection, large)] if small else [(connection, large)]
    took: list[list[float]] = [[] for _ in asked]
    for _ in range(ROUNDS + 1):
        for times, (on, queries) in zip(took, asked, strict=True):
            times.append(seconds(lambda on=on, queries=queries: _ask(on, queries)) * 1000)
    medians = [median(times[1:]) for times in took]  # the first one fills what the database keeps at hand
    return (medians[0] if small else 0.0), medians[-1]


@contextmanager
def _queries() -> Iterator[Queries]:
    """What is asked meanwhile, to be asked again."""
    queries: Queries = []

    def note(execute, sql, parameters, many, context):
        queries.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield queries


def _ask(on: BaseDatabaseWrapper, queries: Queries) -> None:
    with on.cursor() as cursor:
        for sql, parameters in queries:
            cursor.execute(sql, parameters)
            cursor.fetchall()
