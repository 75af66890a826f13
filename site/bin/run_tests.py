"""`make test`: every test on SQLite and on PostgreSQL side by side, then those that need a browser or start the portal's
own processes once. The last line is the total.

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
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
IS_STRICT = os.environ.get("PENDOPO_REQUIRE_ALL") == "1"
ONCE = "browser or processes"
OUTCOMES = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)")
CLOSING_LINE = re.compile(r"^=+ .* in [\d.]+s.* =+$")
OWN_NAMES = ("DATABASE_URL", "DATA_DIR", "PENDOPO_MODE", "DJANGO_SETTINGS_MODULE", "DEBUG", "HOST", "PORT")
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


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server below is stopped
    install_system_packages()
    total, skipped_parts = Counter(), []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pendopo-")))
        folder.chmod(0o755)  # PostgreSQL's own user must pass
        parts = {"sqlite": ("", f"not ({ONCE})")}
        if GIVEN_DATABASE:
            parts["postgresql"] = (GIVEN_DATABASE, f"not ({ONCE})")
        elif binaries := postgresql_binaries():
            parts["postgresql"] = (stack.enter_context(postgresql(binaries, folder)), f"not ({ONCE})")
        else:
            skipped_parts.append("the tests on PostgreSQL: PostgreSQL is not installed")
        if not shutil.which("chromium"):
            skipped_parts.append("the tests in a browser: Chromium is not installed")
        parts["once"] = ("", ONCE if shutil.which("chromium") else "processes")
        with ThreadPoolExecutor(2) as side_by_side:
            runs = [side_by_side.submit(run, name, *parts[name], folder) for name in parts]
            for finished in runs:
                total += finished.result()
    for part in skipped_parts:
        print(f"SKIPPED: {part} (Debian, Ubuntu: apt install chromium postgresql)")
    total["failed"] += total.pop("error", 0) + (len(skipped_parts) if IS_STRICT else 0)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] else 0


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


@contextmanager
def postgresql(binaries: Path, folder: Path):
    """A server of our own that listens on nothing but a socket in `folder`; yields its address."""
    cluster = folder / "postgresql"
    cluster.mkdir()
    become = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(cluster, "postgres")
        become = ["runuser", "-u", "postgres", "--"]
    control = [*become, binaries / "pg_ctl", "-D", cluster / "data", "-s", "-w"]
    options = f"-c listen_addresses='' -k {cluster} {HASTE}"
    initdb = [*become, binaries / "initdb", "-D", cluster / "data", "-E", "UTF8", "--locale=C.UTF-8"]
    initdb += ["-U", "postgres", "-A", "trust"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    subprocess.run([*control, "-o", options, "-l", cluster / "log", "start"], check=True, cwd=folder)
    try:
        yield f"postgres://postgres@{str(cluster).replace('/', '%2F')}/pendopo"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder)


def run(name: str, database: str, marks: str, folder: Path) -> Counter:
    """Run one part, showing its lines as they come. Returns pytest's outcomes with their numbers."""
    environment = {key: value for key, value in os.environ.items() if key not in OWN_NAMES}
    environment |= {"DATABASE_URL": database, "DATA_DIR": str(folder / name), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "tests.require_all", "-m", marks, "--color=no"]
    command += ["-o", f"cache_dir={folder / name / 'cache'}"]
    with subprocess.Popen(
        command, cwd=BASE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pytest:
        closing = ""
        for line in pytest.stdout:
            print(f"{name:<10} | {line}", end="", flush=True)
            if CLOSING_LINE.match(line):
                closing = line
    outcomes = Counter({outcome: int(number) for number, outcome in OUTCOMES.findall(closing)})
    if pytest.returncode and not outcomes["failed"] + outcomes["error"]:
        outcomes["failed"] += 1  # it broke off, or found no test
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
