import re
from importlib import import_module

import pytest

from config.paths import BASE
from opd_pages.models import Role
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
    checks = {"cases.E001", "cases.E002", "cases.W001", "cases.W002"}
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


PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")


def test_every_picture_of_the_documents_exists_and_is_described():
    pages = [BASE / "README.md", *(BASE / "docs").glob("*.md")]
    named = [(page, path) for page in pages for _words, path in PICTURE.findall(page.read_text())]
    assert [f"{page.name}: {path}" for page, path in named if not (page.parent / path).is_file()] == []
    shown = {(page.parent / path).resolve() for page, path in named}
    assert [each.name for each in (BASE / "docs" / "gambar").iterdir() if each.resolve() not in shown] == []


def test_every_section_of_the_editors_guide_begins_with_the_permission_it_needs():
    _head, *sections = re.split(
        r"^## ", (BASE / "docs" / "panduan-editor.md").read_text(), flags=re.MULTILINE
    )
    assert len(sections) >= 14
    bare = [text.splitlines()[0] for text in sections if not re.match(r"[^\n]+\n\nIzin: \S.*\.\n", text)]
    assert bare == []


def test_the_editors_guide_calls_every_role_by_its_name_on_screen():
    text = (BASE / "docs" / "panduan-editor.md").read_text()
    roles = (Role.EDITOR, Role.OPERATOR, Role.HEAD, Role.EMERGENCY_PUBLISHER, Role.ADMINISTRATOR)
    assert [role.label for role in roles if str(role.label) not in text] == []
