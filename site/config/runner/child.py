"""A process kept running, in a group of its own so that nothing it started outlives it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Protocol

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30
STEADY = 60  # a child that lived so long (seconds) starts again without a pause

_prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux only


class Watch(Protocol):
    """Tells of a child that lives but does nothing."""

    def begin(self) -> None:
        """The child has been started anew."""

    def is_stale(self) -> bool: ...


class Child:
    def __init__(self, name: str, command: Sequence[str], watch: Watch | None = None):
        self.name, self.command, self.watch = name, command, watch
        self.process: subprocess.Popen | None = None
        self.start_at = 0.0
        self._pause, self._started_at = 1, 0.0

    def start(self) -> None:
        """Raises OSError where the machine has no room for it."""
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  (the command is our own)
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            preexec_fn=_stop_with_parent,
        )
        threading.Thread(target=self._pass_on, args=[self.process.stdout], daemon=True).start()
        if self.watch:
            self.watch.begin()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_stuck(self) -> bool:
        return self.watch is not None and self.watch.is_stale()

    def ask_to_stop(self) -> None:
        if self.is_running():
            self.process.terminate()

    def kill_group(self) -> None:
        """End the process and all it started; also what an already dead one left behind."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start_later(self) -> int:
        """Clear up what died and put the next start off: 1 s, doubled at each early death. Returns the seconds."""
        self.kill_group()
        self.process = None
        if time.monotonic() - self._started_at > STEADY:
            self._pause = 1
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        self.start_at = time.monotonic() + pause
        return pause

    def _pass_on(self, output) -> None:
        with output:
            for line in output:
                say(self.name, line.decode(errors="replace").rstrip())


def say(name: str, text: str) -> None:
    """One line on standard output, with the name of who says it in front."""
    # Whoever read our output may be gone; nothing here stops because of that.
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{name:<8}| {text}\n")
        sys.stdout.flush()


def _stop_with_parent() -> None:
    """Runs in the new process: should the runner be killed, the kernel asks this one to stop."""
    if _prctl:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
