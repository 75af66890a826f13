"""The openers of one process of the portal."""

import atexit
import os
import threading
from typing import Any

from .opener import Bounds, Opener, OpenerFailed


class Pool:
    """At most `size` openers for one kind of work, started when they are first needed and kept for the next file."""

    def __init__(self, work: str, size: int, bounds: Bounds = Bounds()) -> None:  # noqa: B008  (frozen)
        self._work, self._size, self._bounds = work, size, bounds
        self.forget()

    def ask(self, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Wait for a free opener, and for its answer. One that failed is ended, and the next file gets a new one.

        Raises OpenerFailed, OpenerEnded, OpenerOvertaxed.
        """
        if not self._room.acquire(timeout=self._bounds.wall_seconds):
            raise OpenerFailed("none was free in time")
        try:
            opener = self._take()
            try:
                answer = opener.ask(head, body)
            except Exception:
                opener.end()
                raise
            self._idle.append(opener)
            return answer
        finally:
            self._room.release()

    def end(self) -> None:
        while self._idle:
            self._idle.pop().end()

    def forget(self) -> None:
        """In a process that was forked: the openers, and the locks as they stood, are the parent's."""
        self._room = threading.BoundedSemaphore(self._size)
        self._idle: list[Opener] = []

    def _take(self) -> Opener:
        while True:
            try:
                opener = self._idle.pop()
            except IndexError:  # asked beforehand, another thread could have taken the last one since
                return Opener(self._work, self._bounds)
            if opener.is_fresh:
                return opener
            opener.end()


PICTURES = Pool("pictures", os.cpu_count() or 1)
DOCUMENTS = Pool("documents", 1)
for pool in (PICTURES, DOCUMENTS):
    atexit.register(pool.end)
    os.register_at_fork(after_in_child=pool.forget)
