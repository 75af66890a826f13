"""The desk's lists of 100 and the page of a case, by officers who see few cases and all of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.urls import reverse

from cases.models import Case
from cases.selectors import desk
from home.models import User

from .baseline import Baseline, browser, open_page
from .results import Result, milliseconds

ROWS, MOST_QUERIES = 100, 10
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


def measure(baseline: Baseline, size: int, small: dict[str, float]) -> dict[str, float]:
    """Returns how long each one's SQL takes at the smallest size, in milliseconds: what larger sizes are held to."""
    desk.PAGE_SIZE = ROWS
    pages = {f"desk list “{tab}” of {name}": (name, f"/meja/?tab={tab}") for name, tab in LOOKS}
    case = Case.objects.filter(status="in_progress", responsible_unit__short_code="KPS").last()
    pages["page of a case"] = ("camat.kapas", reverse("desk_case", args=[case.number]))
    return {what: _measure(baseline, size, what, *look, small.get(what)) for what, look in pages.items()}


def _measure(baseline: Baseline, size: int, what: str, name: str, address: str, small: float | None) -> float:
    client = browser(User.objects.get(username=name))
    open_page(client, address)
    with _queries() as queries:
        open_page(client, address)
    sql = milliseconds(lambda: _ask(queries))
    view = milliseconds(lambda: open_page(client, address))
    bar = f"≤ {small * TIMES:.1f} or {small + MORE_MS:.1f} ms" if small else ""
    met = sql <= max(small * TIMES, small + MORE_MS) if small else None
    Result(f"{what}, {size:,} cases: SQL", sql, "ms", bar, met).tell()
    Result(f"{what}, {size:,} cases: view", view, "ms", against=baseline.to_view(view)).tell()
    if what.startswith("desk"):
        Result(
            f"{what}, {size:,} cases: queries",
            len(queries),
            "",
            f"≤ {MOST_QUERIES}",
            len(queries) <= MOST_QUERIES,
        ).tell()
    return small or sql


@contextmanager
def _queries() -> Iterator[list]:
    """What is asked meanwhile, to be asked again."""
    queries = []

    def note(execute, sql, parameters, many, context):
        queries.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield queries


def _ask(queries: list) -> None:
    with connection.cursor() as cursor:
        for sql, parameters in queries:
            if sql.lstrip("(").startswith("SELECT"):
                cursor.execute(sql, parameters)
                cursor.fetchall()
