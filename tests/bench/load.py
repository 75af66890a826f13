"""Eight connections at once: two processes, one for each core, of four threads each."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
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
    """Do something again and again on every connection. `make(n)` gives the n-th connection's own call.

    Raises SystemExit where one of them fails; what happened it has printed itself.
    """
    # A child must not share its parent's connection.
    connections.close_all()
    answers = [_start(make, number, for_seconds) for number in range(PROCESSES)]
    try:
        done = [answer.recv() for answer in answers]
    except EOFError:
        raise SystemExit("one of the connections failed") from None
    return Load(sum(rate for rate, _errors in done), sum(errors for _rate, errors in done))


def _start(make: Make, number: int, for_seconds: float) -> Connection:
    """Where the child's answer comes from; its end closes with the child, however that ends."""
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    context.Process(target=_child, args=(make, number, for_seconds, sending)).start()
    sending.close()
    return receiving


def _child(make: Make, process: int, for_seconds: float, answer: Connection) -> None:
    start = threading.Barrier(THREADS)

    def run(thread: int) -> tuple[float, int]:
        done, errors = 0, 0
        try:
            call = make(process * THREADS + thread)
            connection.ensure_connection()
            call()
        except BaseException:
            start.abort()  # or the others would wait for this one for ever
            raise
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
        runs = [pool.submit(run, thread) for thread in range(THREADS)]
    faults = [fault for each in runs if (fault := each.exception())]
    if faults:
        raise next(
            (fault for fault in faults if not isinstance(fault, threading.BrokenBarrierError)), faults[0]
        )
    found = [each.result() for each in runs]
    answer.send((sum(rate for rate, _errors in found), sum(errors for _rate, errors in found)))
