"""Keeps children running until it is told to stop. systemd and Ctrl-C speak to it alike."""

import signal
import time
from collections.abc import Sequence

from .child import Child, say

NAME = "pengawas"
TURN = 0.2
GRACE = 12  # seconds a child has to stop by itself


class Supervisor:
    def __init__(self, children: Sequence[Child]):
        self.children = children
        self._asked_to_stop = 0

    def run(self) -> None:
        """Return when every child and all they started have ended. Only in the main thread: a child is tied to the
        thread that started it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)
        try:
            while not self._asked_to_stop:
                for child in self.children:
                    self._tend(child)
                time.sleep(TURN)
        finally:
            self._stop()

    def _tend(self, child: Child) -> None:
        if child.is_running():
            if child.is_stuck():
                say(NAME, f"{child.name} tidak lagi bekerja dan dihentikan paksa")
                child.kill_group()
        elif child.process is not None:
            code = child.process.returncode
            pause = child.start_later()
            say(NAME, f"{child.name} berhenti (kode {code}); dijalankan lagi dalam {pause} detik")
        elif time.monotonic() >= child.start_at:
            try:
                child.start()
            except OSError as fault:
                # For want of memory, say: what runs goes on, and this is tried again.
                pause = child.start_later()
                say(
                    NAME,
                    f"{child.name} tidak dapat dijalankan ({fault.strerror}); dicoba lagi dalam {pause} detik",
                )

    def _stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        patience = time.monotonic() + GRACE
        # A second signal means: now.
        while (
            self._asked_to_stop < 2
            and time.monotonic() < patience
            and any(child.is_running() for child in self.children)
        ):
            time.sleep(TURN)
        for child in self.children:
            child.kill_group()

    def _note_signal(self, number: int, frame) -> None:
        self._asked_to_stop += 1
