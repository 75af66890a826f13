"""Which strings of the code and of the templates people read, and which of them have no English yet."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from .catalogues import Message, read, write
from .paths import BASE

LANGUAGE = "en"
CATALOGUE = BASE / "site" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
FOLDERS = ("home", "opd_pages", "cases", "pengaduan", "ppid", "site")
# Django's functions → the places of context, singular and plural among their arguments.
PLACES = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# How Django writes what it finds in a template, for a reader of Python.
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Unreadable(ValueError):
    """A string is put together before it is translated, so that nobody can collect it."""


@cache
def collected() -> dict[tuple[str, str], Message]:
    """Every string marked for translation, by its key. Raises Unreadable."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_in_code(), *_in_templates()):
        known = found.get(message.key)
        if known is None or (message.plural and not known.plural):
            found[message.key] = message
    return found


def _in_code() -> Iterator[Message]:
    for folder in FOLDERS:
        for path in sorted((BASE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _of_module(path)


def _of_module(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name: PLACES[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in PLACES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            context, source, plural = (
                "" if place is None else _text(node, place, path) for place in names[node.func.id]
            )
            yield Message(source, plural, context)


def _text(call: ast.Call, place: int, path: Path) -> str:
    given = call.args[place] if place < len(call.args) else None
    if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
        raise Unreadable(f"{path}:{call.lineno}")
    return given.value


def _in_templates() -> Iterator[Message]:
    for path in sorted((BASE / "templates").rglob("*")):
        if path.is_file():
            for function, texts in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
                place = PLACES["gettext" if function == "_" else function]
                given = [ast.literal_eval(text) for text in re.findall(STRING, texts, re.DOTALL)]
                context, source, plural = ("" if at is None else given[at] for at in place)
                yield Message(source, plural, context)


def collect(catalogue: Path = CATALOGUE) -> int:
    """Bring the catalogue up to date: new strings without a translation, none that nobody uses. Returns the new."""
    known = {message.key: message for message in read(catalogue)}
    found = collected()
    merged = [
        replace(message, translations=old.translations, is_fuzzy=old.is_fuzzy)
        if (old := known.get(key)) and bool(old.plural) == bool(message.plural)
        else message
        for key, message in found.items()
    ]
    write(catalogue, merged, language=LANGUAGE)
    return len(found.keys() - known.keys())


def faults(catalogue: Path = CATALOGUE) -> list[str]:
    """What the catalogue lacks, a line for each: strings without a translation, and translations that would fail."""
    known = {message.key: message for message in read(catalogue)}
    lacking = [source for source, context in collected() if not _is_translated(known.get((source, context)))]
    return [f"no translation: {source!r}" for source in lacking] + list(_broken(known.values()))


def _is_translated(message: Message | None) -> bool:
    return message is not None and message.is_translated


def _broken(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        # A plural form may leave the number out: "one report".
        allowed = {*_placeholders(message.source)} | {*_placeholders(message.plural)}
        for form, text in enumerate(message.translations):
            used = {*_placeholders(text)}
            if used - allowed or (allowed - used and not (message.plural and form == 0)):
                yield f"other placeholders: {message.source!r}"


def _placeholders(text: str) -> list[str]:
    return PLACEHOLDER.findall(text)
