"""All histories compared with their hashes, in a process of its own whose memory is read when it ends."""

import os
import subprocess
import sys
from time import perf_counter

from cases.models import Event

from .results import Result

SECONDS_FOR_5_MILLION, MOST_MEGABYTES = 60, 128


def measure() -> None:
    events = Event.objects.count()
    began = perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", "verify_history"])
    _pid, status, usage = os.wait4(process.pid, 0)
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
    memory = usage.ru_maxrss / 1024
    Result("verify_history: memory", memory, "MB", f"≤ {MOST_MEGABYTES} MB", memory <= MOST_MEGABYTES).tell()
