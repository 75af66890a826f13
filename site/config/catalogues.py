"""Catalogues of translations: .po files as people write them, .mo files as gettext reads them.

The .mo files are made under DATA_DIR when a process starts and a .po file is newer than its .mo, so that no machine
needs gettext's tools, no deployment has a step for it, and no built file lies in the repository.
"""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

PLURAL_FORMS = {"id": "nplurals=1; plural=0;"}
TWO_FORMS = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True)
class Message:
    """One string with its translations: one, or one for each plural form. Fuzzy: to be looked at by a person."""

    source: str
    plural: str = ""
    context: str = ""
    translations: tuple[str, ...] = ()
    is_fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Gettext knows a string by its singular within its context."""
        return self.source, self.context

    @property
    def is_translated(self) -> bool:
        return bool(self.translations) and all(self.translations) and not self.is_fuzzy


def read(path: Path) -> list[Message]:
    """Every message of a .po file but its header; [] where there is no file.

    Raises ValueError with the line that is no part of a .po file.
    """
    return [_message(entry) for entry in _opened(path)] if path.exists() else []


def _opened(path: Path) -> polib.POFile:
    try:
        return polib.pofile(str(path), encoding="utf-8")
    except OSError as fault:
        raise ValueError(str(fault)) from fault


def _message(entry: polib.POEntry) -> Message:
    forms = entry.msgstr_plural or {0: entry.msgstr}
    translations = tuple(forms[form] for form in sorted(forms))
    return Message(
        entry.msgid,
        entry.msgid_plural,
        entry.msgctxt or "",
        translations if any(translations) else (),
        entry.fuzzy,
    )


def write(path: Path, messages: Iterable[Message], *, language: str) -> None:
    """A .po file in the order of the sources, a string a line, without line numbers: what two people change merges."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS.get(language, TWO_FORMS),
    }
    file.extend(_entry(message) for message in sorted(messages, key=lambda message: message.key))
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))


def _entry(message: Message) -> polib.POEntry:
    first = message.translations[0] if message.translations else ""
    forms = dict(enumerate(message.translations or ("", ""))) if message.plural else {}
    return polib.POEntry(
        msgid=message.source,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        msgstr="" if message.plural else first,
        msgstr_plural=forms,
        flags=["fuzzy"] if message.is_fuzzy else [],
    )


def compiled(sources: Path, target: Path) -> Path:
    """Make the .mo file of every .po file below `sources` that has none of the same age. Returns `target`."""
    for source in sources.glob("*/LC_MESSAGES/*.po"):
        built = (target / source.relative_to(sources)).with_suffix(".mo")
        changed_at = source.stat().st_mtime_ns
        try:
            if not built.exists() or built.stat().st_mtime_ns != changed_at:
                _put(built, _opened(source).to_binary(), changed_at)
        except OSError:
            # A folder that cannot be written to is told by whoever starts the portal, in words.
            break
    return target


def _put(path: Path, content: bytes, changed_at: int) -> None:
    """Whole or not at all: several processes start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.utime(name, ns=(changed_at, changed_at))
    os.replace(name, path)
