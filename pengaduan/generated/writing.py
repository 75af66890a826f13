"""Writes batches of invented complaints down, each in a transaction of its own, by itself or with processes beside it."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from multiprocessing import active_children, get_context
from multiprocessing.pool import AsyncResult
from multiprocessing.process import BaseProcess

from django.db import connection, connections

from cases.services.bulk import write_rows

from .composing import COLUMNS, Rows, compose
from .drafts import Draft, Setting
from .packing import Pack, pack, unpacked
from .unwatched import unwatched, unwatched_transaction


class ChildLost(Exception):
    """One of the processes was killed; what is written stays, and a new run goes on from there."""


def write_here(setting: Setting, batches: Iterable[Sequence[Draft]]) -> Iterator[Sequence[Draft]]:
    """Yields each batch when it is written."""
    for drafts in batches:
        _write(drafts, nullcontext(partial(_write_tables, compose(setting, drafts))))
        yield drafts


def _write_tables(tables: Rows) -> None:
    for model, rows in tables.items():
        write_rows(model, COLUMNS[model], rows)


def _write(drafts: Sequence[Draft], opened: AbstractContextManager[Callable[[], None]]) -> None:
    with opened as write, unwatched_transaction(), unwatched(drafts[0].case_id, drafts[-1].case_id):
        write()


def write_beside(
    setting: Setting, batches: Iterable[Sequence[Draft]], processes: int
) -> Iterator[Sequence[Draft]]:
    """Yields each batch when it is written. Each process has one in hand; PostgreSQL takes in several at once, SQLite only
    what this process writes. Raises ChildLost."""
    in_child = _compose_and_write if connection.vendor == "postgresql" else _compose
    # A child must not share its parent's connection.
    connections.close_all()
    with get_context("fork").Pool(processes, _begin, (setting, os.getpid())) as pool:
        children = active_children()
        in_hand: deque[tuple[Sequence[Draft], AsyncResult]] = deque()
        for drafts in batches:
            in_hand.append((drafts, pool.apply_async(in_child, (drafts,))))
            if len(in_hand) > processes:
                yield _received(*in_hand.popleft(), children)
        while in_hand:
            yield _received(*in_hand.popleft(), children)


def _received(
    drafts: Sequence[Draft], answer: AsyncResult, children: Iterable[BaseProcess]
) -> Sequence[Draft]:
    # The pool puts another one in the place of a child that is killed, and never tells that its batch is lost.
    while not answer.ready():
        answer.wait(1)
        if not all(child.is_alive() for child in children):
            raise ChildLost
    if packed := answer.get():
        _write(drafts, unpacked(packed))
    return drafts


def _begin(setting: Setting, parent: int) -> None:
    """Once in each child. Whoever presses Ctrl-C speaks to the parent."""
    global _setting_of_all, _parent
    _setting_of_all, _parent = setting, parent
    # There are no cycles among rows, and looking for some takes as long as composing them.
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _compose(drafts: Sequence[Draft]) -> Pack:
    return pack(compose(_setting_of_all, drafts))


def _compose_and_write(drafts: Sequence[Draft]) -> None:
    with unpacked(_compose(drafts)) as write:
        _write(drafts, nullcontext(partial(_unless_orphaned, write)))


def _unless_orphaned(write: Callable[[], None]) -> None:
    """Within the transaction: a run that was killed may have been followed by one that makes the same batch."""
    if os.getppid() == _parent:
        write()
    else:
        os._exit(1)
