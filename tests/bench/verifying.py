"""All histories compared with their hashes, in a process of its own whose memory is looked at meanwhile."""

import sys
from time import perf_counter

from cases.models import Event

from . import memory
from .results import Result

SECONDS_FOR_5_MILLION, MOST_MEGABYTES = 60, 128


def measure() -> None:
    events = Event.objects.count()
    began = perf_counter()
    status, most = memory.run([sys.executable, "manage.py", "verify_history"])
    took = perf_counter() - began
    if status:
        raise SystemExit("verify_history found faults")
    for_5_million = took * 5_000_000 / events
    Result(
        f"{events:,} events verified, as for 5,000,000",
        for_5_million,
        "s",
        f"≤ {SECONDS_FOR_5_MILLION} s",
        for_5_million <= SECONDS_FOR_5_MILLION,
    ).tell()
    Result("verify_history: memory", most, "MB", f"≤ {MOST_MEGABYTES} MB", most <= MOST_MEGABYTES).tell()
