"""The portal as its own processes, with a real environment and a database of its own."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from config.environment import TABLE
from config.paths import BASE

MANAGE = [sys.executable, str(BASE / "manage.py")]
SETTINGS = {setting.name for setting in TABLE}


def environment(**settings: str) -> dict[str, str]:
    """This machine's, with no setting of Pendopo but those given."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS} | settings


def manage(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*MANAGE, *arguments], env=environment(**settings), capture_output=True, text=True, timeout=120
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds: Callable[[], object], seconds: float) -> object:
    """What `holds` answered, once that is true. Fails when it has not become true after `seconds`."""
    end = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < end, f"not so after {seconds} seconds"
        time.sleep(0.1)
    return answer


def processes() -> dict[int, tuple[int, int]]:
    """Of every living process its parent and its group."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name, which may hold anything: state, parent, group.
            state, parent, group = path.read_text().rpartition(") ")[2].split()[:3]
            if state != "Z":
                found[int(path.parent.name)] = (int(parent), int(group))
    return found


def children_of(pid: int) -> list[int]:
    """In the order in which they were started."""
    return sorted(child for child, (parent, _group) in processes().items() if parent == pid)


class Portal:
    """`manage.py run` on a port of its own."""

    def __init__(self, folder: Path):
        self.database = folder / "pendopo.sqlite3"
        self.port = free_port()
        self.log = folder / "run.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*MANAGE, "run"],
                env=environment(DATA_DIR=str(folder), PORT=str(self.port)),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_until_it_answers(self) -> None:
        wait_until(self.answers, 180)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def mains(self) -> dict[str, int]:
        """Process ids of the web server and the worker's first process."""
        return {
            "web" if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes() else "worker": pid
            for pid in children_of(self.process.pid)
        }

    def groups(self) -> set[int]:
        return set(children_of(self.process.pid))

    def last_task_done(self) -> datetime | None:
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as database:
            found = database.execute("SELECT at FROM cases_sweepmark WHERE name = 'worker'").fetchone()
        return datetime.fromisoformat(found[0]).replace(tzinfo=UTC) if found else None

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)


def members(groups: set[int]) -> list[int]:
    """Processes that still belong to one of the groups."""
    return [pid for pid, (_parent, group) in processes().items() if group in groups]
