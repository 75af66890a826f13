"""Eight connections at once: two processes, one for each core, of four threads each."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

from django.db import OperationalError, connection, connections

PROCESSES, THREADS = 2, 4
SECONDS = 8.0

Make = Callable[[int], Callable[[], object]]


@dataclass(frozen=True)
class Load:
    per_second: float
    lock_errors: int


def under_load(make: Make, *, for_seconds: float = SECONDS) -> Load:
    """Do something again and again on every connection. `make(n)` gives the n-th connection's own call."""
    # A child must not share its parent's connection.
    connections.close_all()
    context = get_context("fork")
    answers = context.Queue()
    children = [
        context.Process(target=_child, args=(make, number, for_seconds, answers))
        for number in range(PROCESSES)
    ]
    for child in children:
        child.start()
    done = [answers.get() for _ in children]
    for child in children:
        child.join()
    return Load(sum(rate for rate, _errors in done), sum(errors for _rate, errors in done))


def _child(make: Make, process: int, for_seconds: float, answers) -> None:
    start = threading.Barrier(THREADS)

    def run(thread: int) -> tuple[float, int]:
        call, done, errors = make(process * THREADS + thread), 0, 0
        connection.ensure_connection()
        call()
        start.wait()
        began = perf_counter()
        while perf_counter() - began < for_seconds:
            try:
                call()
                done += 1
            except OperationalError:
                errors += 1
        rate = done / (perf_counter() - began)
        connections.close_all()
        return rate, errors

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(run, range(THREADS)))
    answers.put((sum(rate for rate, _errors in found), sum(errors for _rate, errors in found)))
