"""`make test`: every test on SQLite, and on PostgreSQL what touches the database; then once those that need a browser,
start the portal's own processes, or open every address there is. The last line is the total.

A part whose system package is missing is skipped aloud, or fails under PENDOPO_REQUIRE_ALL=1. As root on Debian and
Ubuntu the packages are installed.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BASE = Path(__file__).resolve().parents[2]
sys.path.append(str(BASE / "site"))

from config.environment import TABLE  # noqa: E402

IS_STRICT = os.environ.get("PENDOPO_REQUIRE_ALL") == "1"
ONCE = "browser or processes or everywhere"
OUTCOMES = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)")
CLOSING_LINE = re.compile(r"^=+ .* in [\d.]+s.* =+$")
LEFT_OUT_LINE = re.compile(r"^Touching no database, .*: (\d+) deselected$")
# Whoever runs the tests may have set these for a portal of their own.
SETTINGS = {setting.name for setting in TABLE} | {"DJANGO_SETTINGS_MODULE"}
GIVEN_DATABASE = next(
    (
        address
        for name in ("TEST_DATABASE_URL", "DATABASE_URL")
        if (address := os.environ.get(name, "")).startswith("postgres")
    ),
    None,
)
# A throw-away database may lose what it holds; not waiting for the disk halves the time.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# About half of what runs on every database: the rooms of editors and of whoever sets the portal up.
EDITORS_ROOMS = ("tests/config", "tests/home", "tests/opd_pages")
# As measured on two cores, so that these end together.
LONGEST_FIRST = ("postgresql-2", "once", "sqlite-1", "postgresql-1", "sqlite-2", "browser")


@dataclass(frozen=True)
class Part:
    name: str
    marks: str
    database: str = ""
    plugins: tuple[str, ...] = ("tests.require_all",)
    where: tuple[str, ...] = ()


def halves(name: str, marks: str, database: str = "", **part) -> list[Part]:
    """Whatever comes anew is in the first. They run side by side, so each has a database of its own."""
    others = tuple(f"--ignore={folder}" for folder in EDITORS_ROOMS)
    beside = database and urlsplit(database)._replace(path=urlsplit(database).path + "_2").geturl()
    return [
        Part(f"{name}-1", marks, database, where=others, **part),
        Part(f"{name}-2", marks, beside, where=EDITORS_ROOMS, **part),
    ]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server below is stopped
    install_system_packages()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pendopo-")))
        folder.chmod(0o755)  # PostgreSQL's own user must pass
        parts = []
        if address := GIVEN_DATABASE or own_postgresql(stack, folder):
            plugins = ("tests.require_all", "tests.on_every_database")
            parts += halves("postgresql", f"not ({ONCE})", address, plugins=plugins)
        parts.append(Part("once", marks="(processes or everywhere) and not browser"))
        parts += halves("sqlite", f"not ({ONCE})")
        if shutil.which("chromium"):
            parts.append(Part("browser", marks="browser"))
        parts.sort(key=lambda part: LONGEST_FIRST.index(part.name))
        total = run_side_by_side(parts, folder)
    skipped = [] if address else ["the tests on PostgreSQL: PostgreSQL is not installed"]
    skipped += [] if shutil.which("chromium") else ["the tests in a browser: Chromium is not installed"]
    for part in skipped:
        print(f"SKIPPED: {part} (Debian, Ubuntu: apt install chromium postgresql)")
    failed = total["failed"] + total["error"] + (len(skipped) if IS_STRICT else 0)
    outcome = f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped"
    print(f"{outcome}, {total['deselected']} deselected on PostgreSQL since they touch no database")
    return 1 if failed else 0


def install_system_packages() -> None:
    missing = [] if shutil.which("chromium") else ["chromium"]
    if not GIVEN_DATABASE and not postgresql_binaries():
        missing.append("postgresql")
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' and '.join(missing)} ...", flush=True)
        quietly = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quietly)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], **quietly)


def postgresql_binaries() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the PATH. The newest where there are several."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    return installed[-1].parent if installed else Path(on_path).parent if on_path else None


def own_postgresql(stack: ExitStack, folder: Path) -> str | None:
    binaries = postgresql_binaries()
    return stack.enter_context(postgresql(binaries, folder)) if binaries else None


@contextmanager
def postgresql(binaries: Path, folder: Path, settings: str = HASTE):
    """A server of our own that listens on nothing but a socket in `folder`; yields its address."""
    cluster = folder / "cluster"
    cluster.mkdir()
    become = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(cluster, "postgres")
        become = ["runuser", "-u", "postgres", "--"]
    control = [*become, binaries / "pg_ctl", "-D", cluster / "data", "-s", "-w"]
    options = f"-c listen_addresses='' -k {cluster} {settings}"
    initdb = [*become, binaries / "initdb", "-D", cluster / "data", "-E", "UTF8", "--locale=C.UTF-8"]
    initdb += ["-U", "postgres", "-A", "trust"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    subprocess.run([*control, "-o", options, "-l", cluster / "log", "start"], check=True, cwd=folder)
    try:
        yield f"postgres://postgres@{str(cluster).replace('/', '%2F')}/pendopo"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder)


def run_side_by_side(parts: list[Part], folder: Path) -> Counter:
    """As many at a time as there are cores, two at least. Returns pytest's outcomes with their numbers."""
    running: list[subprocess.Popen] = []
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as side_by_side:
        runs = [side_by_side.submit(run, part, folder / part.name, running) for part in parts]
        try:
            return sum((finished.result() for finished in runs), Counter())
        except BaseException:
            side_by_side.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise


def run(part: Part, folder: Path, running: list[subprocess.Popen]) -> Counter:
    """Run one part, showing its lines as they come."""
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    environment |= {"DATABASE_URL": part.database, "DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", *part.where, "-m", part.marks, "--color=no"]
    command += [argument for plugin in part.plugins for argument in ("-p", plugin)]
    command += ["-o", f"cache_dir={folder / 'cache'}"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=BASE, env=environment, **streams) as pytest:
        running.append(pytest)
        closing, left_out = "", 0
        for line in pytest.stdout:
            print(f"{part.name:<12} | {line}", end="", flush=True)
            if CLOSING_LINE.match(line):
                closing = line
            elif told := LEFT_OUT_LINE.match(line):
                left_out = int(told[1])
    outcomes = Counter({outcome: int(number) for number, outcome in OUTCOMES.findall(closing)})
    outcomes["deselected"] = left_out
    if pytest.returncode and not outcomes["failed"] + outcomes["error"]:
        outcomes["failed"] += 1  # it broke off, or found no test
    return outcomes


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
