"""The shared kernel holds no word, state, step or model of either procedure: it asks the kinds for theirs."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps

from cases.kinds import CaseKind
from cases.models import Case
from config.paths import BASE
from opd_pages.models import Role
from pengaduan.kind import COMPLAINTS
from ppid.kind import REQUESTS

KINDS = (COMPLAINTS, REQUESTS)
PROGRAMS = sorted((BASE / "cases").rglob("*.py"))
# What citizens write before a number, whatever it is the number of: read, never said.
READ = BASE / "cases" / "masking" / "words.py"
TEMPLATES = sorted((BASE / "templates" / "cases").rglob("*.html"))
DATA = sorted(path for path in (BASE / "cases" / "reference").iterdir() if path.suffix in (".json", ".csv"))

# "laporan", "melapor", "pemohonnya", "2026-ADU-KPS-000123"; not "reporter", which is what the kernel's code calls the
# person behind a case of any kind.
WORDS = re.compile(
    r"\b(?:(?:di|me|pe)?lapor(?:kan|an)?|(?:di|me|pe|per)?mohon(?:kan|an)?|(?:di|meng|peng)?adu(?:kan|an)?"
    r"|keberatan|sengketa|uji konsekuensi|ppid|pip"
    r"|complain\w*|reports?|reported|requests|information[ _]request|applicants?|objections?)(?:nya|mu)?\b",
    re.IGNORECASE,
)

# What a procedure says or calls by the same word as the kernel, which means something of its own by it.
SHARED = {
    "received": "the event with which every history begins",
    "closed": "that an officer is not shown who the person is",
    "refused": "how the process that opens files says that it does not take one",
    "promise": "the field of a message for what was promised, whatever the step",
    "call_reporter": "the kernel's own step, for which each kind has its words",
    "Selesai": "the desk's tab of closed cases",
}
# The lower rooms know the offices' roles.
ROLES = {said for role in Role for said in (role.value, str(role.label))}


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """What a program writes in quotes, without what only explains it."""
    tree = ast.parse(path.read_text())
    explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value


def looked_up(path: Path) -> Iterator[tuple[int, str]]:
    """The names by which a program leads from one thing to another: case.events, "case__events"."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
    for line, text in texts_of(path):
        yield from ((line, name) for name in re.split(r"\.|__", text))


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text().splitlines(), start=1)


def in_tags(path: Path, what: str) -> Iterator[tuple[int, str]]:
    for line, text in lines_of(path):
        for tag in re.findall(r"{[{%].*?[%}]}", text):
            yield from ((line, name) for name in re.findall(what, tag))


def quoted(path: Path) -> Iterator[tuple[int, str]]:
    """The single words with which a template compares."""
    return in_tags(path, r"""["'](\w+)["']""")


def led_to(path: Path) -> Iterator[tuple[int, str]]:
    """The names by which a template leads from one thing to another: case.events."""
    return in_tags(path, r"\.(\w+)")


def slips(
    paths: Iterable[Path], parts: Callable[[Path], Iterable[tuple[int, str]]], is_theirs: Callable
) -> list[str]:
    return [
        f"{path.relative_to(BASE)}:{line}: {said.strip()}"
        for path in paths
        for line, said in parts(path)
        if said not in ROLES and is_theirs(said)
    ]


def codes(kind: CaseKind) -> set[str]:
    """Of the kind, its rules, states and steps."""
    states = {state.name for state in kind.workflow.states}
    return {kind.kind, *kind.procedure_titles, *states, *kind.step_titles}


def titles(kind: CaseKind) -> set[str]:
    said = [kind.label, kind.noun, kind.person, *kind.step_titles.values(), *kind.event_titles.values()]
    return {str(title) for title in (*said, *(state.public for state in kind.workflow.states))}


def ways_to_models() -> set[str]:
    """What a case's rows of the procedures are reached by."""
    ways = [way for way in Case._meta.related_objects if way.related_model in models()]
    return {name for way in ways for name in (way.name, way.get_accessor_name())}


def models() -> list[type]:
    return [model for room in ("pengaduan", "ppid") for model in apps.get_app_config(room).get_models()]


@pytest.mark.parametrize(
    ("paths", "parts"),
    [([path for path in PROGRAMS if path != READ], texts_of), (TEMPLATES, lines_of), (DATA, lines_of)],
    ids=["code", "templates", "data"],
)
def test_it_does_not_speak_as_a_procedure(paths, parts):
    assert slips(paths, parts, WORDS.search) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_it_has_no_title_of_a_state_step_or_event(kind):
    theirs = titles(kind) - SHARED.keys()
    assert slips(PROGRAMS, texts_of, theirs.__contains__) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_it_has_no_code_of_a_state_or_step(kind):
    theirs = codes(kind) - SHARED.keys()
    assert slips(PROGRAMS, texts_of, theirs.__contains__) == []
    assert slips(TEMPLATES, quoted, theirs.__contains__) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_it_asks_for_no_button_by_name(kind):
    theirs = {action.name for action in (*kind.actions, *kind.reporter_actions)}
    assert slips(TEMPLATES, quoted, theirs.__contains__) == []


def test_it_leads_to_no_model_of_a_procedure():
    theirs = ways_to_models() | {model._meta.object_name for model in models()}
    assert slips(PROGRAMS, looked_up, theirs.__contains__) == []
    assert slips(TEMPLATES, led_to, theirs.__contains__) == []


def test_what_is_listed_as_shared_is_still_on_both_sides():
    theirs = {said for kind in KINDS for said in codes(kind) | titles(kind)}
    ours = {text for path in PROGRAMS for _line, text in texts_of(path)}
    assert SHARED.keys() - (theirs & ours) == set()


@pytest.mark.parametrize(
    "said",
    [
        "3 laporan",
        "Pelapornya",
        "Lacak permohonan",
        "2026-ADU-KPS-000123",
        "complaint",
        "PPID",
        "all reports",
    ],
)
def test_the_words_are_told(said):
    assert WORDS.search(said)


@pytest.mark.parametrize("said", ["reporter", "Perkara", "warga", "request", "paduan"])
def test_other_words_are_let_pass(said):
    assert not WORDS.search(said)
