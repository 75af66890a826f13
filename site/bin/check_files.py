"""What linters of Python do not see: words and files that belong in no repository, and the facts of publiccode.yml."""

import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
# What a portal keeps in its DATA_DIR: keys, databases, compiled catalogues, kept pages.
OWN_TO_A_PORTAL = re.compile(r"(^|/)(keys\.json|halaman/.*|[^/]*\.(mo|sqlite3|pyc))$")
REQUIRED_KEYS = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "softwareVersion",
    "releaseDate",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)


def tracked_files() -> list[str]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=BASE, stdout=subprocess.PIPE, check=True).stdout
    return names.decode().split("\0")[:-1]


def files_of_a_portal(names: list[str]) -> list[str]:
    return [
        f"{name}: belongs to one portal, not to the project" for name in names if OWN_TO_A_PORTAL.search(name)
    ]


def unfinished_work(names: list[str]) -> list[str]:
    faults = []
    for name in names:
        try:
            lines = (BASE / name).read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or removed but not yet committed
        faults += [
            f"{name}:{at}: {line.strip()}" for at, line in enumerate(lines, 1) if FORBIDDEN.search(line)
        ]
    return faults


def publiccode_faults() -> list[str]:
    """Only top-level keys are read: whole lines, `key: value`."""
    text = (BASE / "publiccode.yml").read_text()
    facts = dict(re.findall(r"^(\w+):[ ]*(.*?)$", text, re.MULTILINE))
    project = tomllib.loads((BASE / "pyproject.toml").read_text())["project"]
    faults = [f"publiccode.yml: no {key}" for key in REQUIRED_KEYS if key not in facts]
    if facts.get("softwareVersion", "").strip('"') != project["version"]:
        faults.append("publiccode.yml: softwareVersion differs from pyproject.toml")
    if f"license: {project['license']}\n" not in text:
        faults.append("publiccode.yml: legal.license differs from pyproject.toml")
    try:
        date.fromisoformat(facts.get("releaseDate", "").strip('"'))
    except ValueError:
        faults.append("publiccode.yml: releaseDate is no date")
    return faults


if __name__ == "__main__":
    names = tracked_files()
    sys.exit("\n".join(files_of_a_portal(names) + unfinished_work(names) + publiccode_faults()) or None)
