import re
from importlib import import_module

import pytest

from config.paths import BASE
from pengaduan.kind import COMPLAINTS
from ppid.kind import REQUESTS

ROOMS = ("home", "opd_pages", "cases", "pengaduan", "ppid", "config")
NAME = re.compile(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`")


def names_in(page: str) -> list[str]:
    return sorted(set(NAME.findall((BASE / "docs" / page).read_text())))


def exists(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return has(thing, parts[length:])
    return False


def has(thing, path: list[str]) -> bool:
    for name in path:
        if not hasattr(thing, name):
            # A dataclass's field without a default is no attribute of the class.
            return name in getattr(thing, "__annotations__", {}) and name == path[-1]
        thing = getattr(thing, name)
    return True


@pytest.mark.parametrize("page", ["glossary.md", "architecture.md"])
def test_every_name_the_page_mentions_is_in_the_code(page):
    checks = {"cases.E001", "cases.E002", "cases.W001"}
    assert [name for name in names_in(page) if name not in checks and not exists(name)] == []


def rows_of(section: str, codes) -> dict[str, str]:
    """Code → words, of the tables of states and steps in a section of the glossary."""
    _before, _heading, rest = (BASE / "docs" / "glossary.md").read_text().partition(f"## {section}\n")
    rows = re.findall(r"^\| ([^|]+) \| `(\w+)` \|", rest.partition("\n## ")[0], re.MULTILINE)
    return {code: words for words, code in rows if code in codes}


SECTIONS = {"Complaints": COMPLAINTS, "Public information": REQUESTS}


@pytest.mark.parametrize(("section", "kind"), SECTIONS.items(), ids=list(SECTIONS))
def test_the_glossary_gives_every_state_its_words_on_screen(section, kind):
    states = {state.name: str(state.public) for state in kind.workflow.states}
    assert rows_of(section, states) == states


@pytest.mark.parametrize(("section", "kind"), SECTIONS.items(), ids=list(SECTIONS))
def test_the_glossary_gives_every_step_its_words_on_screen(section, kind):
    steps = {code: str(title) for code, title in kind.step_titles.items()}
    assert rows_of(section, steps) == steps
