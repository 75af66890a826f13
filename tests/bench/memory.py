"""What a process and its children hold together. Pages that they share count once (PSS, Linux)."""

import re
import subprocess
from pathlib import Path
from time import sleep

PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
EVERY = 0.1


def run(command: list[str]) -> tuple[int, float]:
    """Run to the end. Returns the exit code, and the most megabytes that were held at one moment.

    Not what `wait4` tells: that begins with what this process itself holds.
    """
    process, most = subprocess.Popen(command), 0.0
    while process.poll() is None:
        most = max(most, sum(map(_megabytes, _with_children(process.pid))))
        sleep(EVERY)
    return process.returncode, most


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(listed).split():
            found += _with_children(int(child))
    return found


def _megabytes(pid: int) -> float:
    found = PSS.search(_read(Path(f"/proc/{pid}/smaps_rollup")))
    return int(found[1]) / 1024 if found else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # It has ended since.
        return ""
