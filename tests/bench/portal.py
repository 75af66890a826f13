"""A portal with units and people, then cases: a thousand, a hundred thousand, as many as wanted; measured at each size."""

import os
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
sys.path.append(str(BASE / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# As in production: what is only for looking into queries costs time and memory.
os.environ["DEBUG"] = "0"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from cases import word_index  # noqa: E402
from cases.models import Case  # noqa: E402
from config.demo.people import make_people  # noqa: E402
from config.demo.units import make_units  # noqa: E402
from tests.bench import editing, lists, pages, receipts, recounting, searching, verifying  # noqa: E402
from tests.bench.baseline import Baseline  # noqa: E402
from tests.bench.results import Result, seconds  # noqa: E402

SIZES = (1_000, 100_000)
MINUTES_FOR_A_MILLION = 6
MEASURES = {
    "pages": lambda baseline: pages.measure(),
    "editing": lambda baseline: editing.measure(),
    "search": searching.measure,
    "deadlines": lambda baseline: recounting.measure(),
    "receipts": receipts.measure,
    "histories": lambda baseline: verifying.measure(),
}


def main(count: int, parts: list[str]) -> None:
    print("Units and people ...")
    call_command("migrate", verbosity=0)
    make_units()
    make_people()
    baseline = Baseline.measure()
    smaller: list[lists.Smaller] = []
    for size in sorted({*(size for size in SIZES if size < count and "lists" in parts), count}):
        grow_to(size)
        if "lists" in parts:
            print(f"Lists of {size:,} cases ...")
            lists.measure(baseline, size, smaller, is_last=size == count)
    for part, measure in MEASURES.items():
        if part in parts:
            print(f"{part.capitalize()} ...")
            measure(baseline)


def grow_to(size: int) -> None:
    print(f"Generating {size:,} cases ...")
    before = Case.objects.count()
    took = seconds(lambda: call_command("generate_cases", size))
    made = size - before
    minutes = took / made * 1_000_000 / 60
    Result(
        f"{made:,} cases generated, as for a million",
        minutes,
        "min",
        f"≤ {MINUTES_FOR_A_MILLION} min" if made >= 100_000 else "",
        minutes <= MINUTES_FOR_A_MILLION if made >= 100_000 else None,
    ).tell()
    word_index.tidy(connection)  # As the portal does every night.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # As the server does of itself within the hour.


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
