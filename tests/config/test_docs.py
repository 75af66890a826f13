import re
from importlib import import_module

import pytest

from config.paths import BASE
from pengaduan.procedures import STEP_TITLES
from pengaduan.workflow import COMPLAINT

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
    checks = {"cases.E001"}
    assert [name for name in names_in(page) if name not in checks and not exists(name)] == []


def rows_with(codes) -> dict[str, str]:
    """Code → words, of the glossary's tables of states and steps."""
    rows = re.findall(r"^\| ([^|]+) \| `(\w+)` \|", (BASE / "docs" / "glossary.md").read_text(), re.MULTILINE)
    return {code: words for words, code in rows if code in codes}


def test_the_glossary_gives_every_state_its_words_on_screen():
    states = {state.name: str(state.public) for state in COMPLAINT.states}
    assert rows_with(states) == states


def test_the_glossary_gives_every_step_its_words_on_screen():
    steps = {code: str(title) for code, title in STEP_TITLES.items()}
    assert rows_with(steps) == steps
