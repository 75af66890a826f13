"""`make bench`: how the portal bears a million cases, on SQLite and on PostgreSQL, each in a throw-away portal of its own.

`make bench N=100000` is quicker, `ON=sqlite` and `PART=search` take a part of it. docs/performance.md says what is measured and how to read the table.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from .results import RESULT
from .table import print_table

BASE = Path(__file__).resolve().parents[2]
sys.path += [str(BASE / "site" / "bin"), str(BASE / "site")]

from run_tests import SETTINGS, postgresql, postgresql_binaries  # noqa: E402

FULL = 1_000_000
# What it costs to have so many cases is told with each.
PARTS = ("pages", "editing", "lists", "search", "deadlines", "receipts", "histories")
# As an office's own server writes: nothing is given up for speed.
CAREFUL = "-c max_connections=40"


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server below is stopped
    asked = wanted(sys.argv[1:])
    results = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pendopo-bench-")))
        folder.chmod(0o755)  # PostgreSQL's own user must pass
        if asked.on != "postgresql":
            results += measure("SQLite", "", folder, asked)
        if asked.on == "sqlite":
            pass
        elif binaries := postgresql_binaries():
            server = stack.enter_context(postgresql(binaries, folder, CAREFUL)).rpartition("/")[0]
            # The database that a new server has of itself.
            results += measure("PostgreSQL", f"{server}/postgres", folder, asked)
        else:
            print("SKIPPED: PostgreSQL is not installed (Debian, Ubuntu: apt install postgresql)")
    print_table(results)
    return 1 if any(result["met"] is False for result in results) else 0


def wanted(arguments: list[str]) -> argparse.Namespace:
    """`count` cases, `on` one database or both, `part`: of what. What make leaves empty is everything."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--count", type=lambda text: int(text or FULL), default=FULL)
    parser.add_argument("--on", choices=["sqlite", "postgresql", ""], default="")
    parser.add_argument("--part", choices=[*PARTS, ""], default="")
    return parser.parse_args(arguments)


def measure(name: str, address: str, folder: Path, asked: argparse.Namespace) -> list[dict]:
    """Run every measure in a process with a portal of its own, showing how far it is. Returns the results."""
    home = folder / name.lower()
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    environment |= {"DATABASE_URL": address, "DATA_DIR": str(home), "PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-m",
        "tests.bench.portal",
        str(asked.count),
        *([asked.part] if asked.part else PARTS),
    ]
    results = []
    with subprocess.Popen(command, cwd=BASE, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith(RESULT):
                results.append(json.loads(line.removeprefix(RESULT)) | {"database": name})
            else:
                print(f"{name:<10} | {line}", end="", flush=True)
    if process.returncode:
        sys.exit(f"{name}: broke off")
    return results


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
