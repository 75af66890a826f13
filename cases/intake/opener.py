"""One process that opens files from outside, seen from the portal."""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .frames import read_frame, write_frame

ROOT = Path(__file__).resolve().parents[2]
LONGEST_ANSWER = 64 * 1024**2


@dataclass(frozen=True)
class Bounds:
    """What one file may cost before its opener is ended.

    memory: bytes of address space, with the interpreter's own 200 MB. cpu_seconds: computing; wall_seconds: until the
    answer, or until an opener is free. files: how many one process opens before another takes its place, since
    decoders leak.
    """

    memory: int = 1024**3
    cpu_seconds: int = 15
    wall_seconds: float = 30
    files: int = 200


class OpenerFailed(Exception):
    """No opener, for no fault of the file."""


class OpenerEnded(Exception):
    """The file ended its opener: a decoder that crashed."""


class OpenerOvertaxed(OpenerEnded):
    """It computed longer than allowed."""


class Opener:
    """Started at once; `work` is the module whose `answer` it gives. Raises OpenerFailed where the machine has no room for another process."""

    def __init__(self, work: str, bounds: Bounds) -> None:
        self._bounds, self._files_left, self._is_overdue = bounds, bounds.files, False
        try:
            self.process = subprocess.Popen(  # noqa: S603  (the command is our own)
                [
                    sys.executable,
                    "-W",
                    "ignore",
                    "-m",
                    "cases.intake.worker",
                    work,
                    json.dumps(asdict(bounds)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                # Neither keys nor passwords. Fewer arenas: each takes 64 MB of the address space allowed.
                env={"MALLOC_ARENA_MAX": "2"},
            )
        except OSError as fault:
            raise OpenerFailed(f"cannot be started: {fault}") from fault

    @property
    def is_fresh(self) -> bool:
        return self._files_left > 0 and self.process.poll() is None

    def ask(self, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Its answer. Raises OpenerFailed, OpenerEnded, OpenerOvertaxed, after which it is to be ended."""
        self._files_left -= 1
        clock = threading.Timer(self._bounds.wall_seconds, self._stop_overdue)
        clock.start()
        try:
            write_frame(self.process.stdin, head, body)
            return read_frame(self.process.stdout, longest=LONGEST_ANSWER)
        except (OSError, EOFError, ValueError) as fault:
            raise self._why_it_ended() from fault
        finally:
            clock.cancel()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        try:
            self.process.stdin.close()
        except OSError:  # half a file was still on its way
            pass

    def _stop_overdue(self) -> None:
        self._is_overdue = True
        self.process.kill()

    def _why_it_ended(self) -> Exception:
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        if code == -signal.SIGXCPU:
            return OpenerOvertaxed(code)
        if self._is_overdue:
            # A file that is too much runs out of computing first: this one waited for a machine that was busy or stopped.
            return OpenerFailed("no answer in time")
        if code == -signal.SIGKILL:
            # No decoder does this: a machine without memory, or somebody who ended processes.
            return OpenerFailed("killed from outside")
        return OpenerEnded(code) if code < 0 else OpenerFailed(f"ended by itself with {code}")
