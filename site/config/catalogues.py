"""Catalogues of translations: .po files as people write them, .mo files as gettext reads them.

The .mo files are made under DATA_DIR when a process starts and a .po file is newer than its .mo, so that no machine
needs gettext's tools, no deployment has a step for it, and no built file lies in the repository.
"""

import ast
import os
import re
import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HEADER = (
    "Language: {language}\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: {plural_forms}\n"
)
PLURAL_FORMS = {"id": "nplurals=1; plural=0;"}
TWO_FORMS = "nplurals=2; plural=(n != 1);"
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+)?(".*")\s*$')
MO_MAGIC = 0x950412DE
CONTEXT_END, PLURAL_END = "\x04", "\x00"


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
    if not path.exists():
        return []
    return [message for message in _parsed(path) if message.source]


def _parsed(path: Path) -> Iterator[Message]:
    parts: dict[str, str] = {}
    is_fuzzy, field = False, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            if parts:
                yield _message(parts, is_fuzzy)
                parts, is_fuzzy = {}, False
            is_fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        if not (match := LINE.match(line)):
            raise ValueError(f"{path}:{number}: {line}")
        keyword, form, text = match.groups()
        if keyword in ("msgctxt", "msgid") and "msgstr0" in parts:
            yield _message(parts, is_fuzzy)
            parts, is_fuzzy = {}, False
        if keyword:
            field = keyword if keyword != "msgstr" else f"msgstr{form or 0}"
        parts[field] = parts.get(field, "") + ast.literal_eval(text)
    if parts:
        yield _message(parts, is_fuzzy)


def _message(parts: dict[str, str], is_fuzzy: bool) -> Message:
    translations = tuple(parts[name] for name in sorted(parts) if name.startswith("msgstr"))
    return Message(
        parts.get("msgid", ""),
        parts.get("msgid_plural", ""),
        parts.get("msgctxt", ""),
        translations if any(translations) else (),
        is_fuzzy,
    )


def write(path: Path, messages: Iterable[Message], *, language: str) -> None:
    """Sorted, one line for each string and no places in the code: two people's additions rarely meet."""
    blocks = [_block(replace(_header(language), is_fuzzy=False))]
    blocks += [_block(message) for message in sorted(messages, key=lambda message: message.key)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8")


def _block(message: Message) -> str:
    lines = ["#, fuzzy"] if message.is_fuzzy else []
    lines += [f"msgctxt {_quoted(message.context)}"] if message.context else []
    lines += [f"msgid {_quoted(message.source)}"]
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}"]
        forms = message.translations or ("", "")
        lines += [f"msgstr[{form}] {_quoted(text)}" for form, text in enumerate(forms)]
    else:
        lines += [f"msgstr {_quoted(message.translations[0] if message.translations else '')}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _header(language: str) -> Message:
    plural_forms = PLURAL_FORMS.get(language, TWO_FORMS)
    return Message("", translations=(HEADER.format(language=language, plural_forms=plural_forms),))


# --- .mo ---------------------------------------------------------------------------------------------------------------


def compiled(sources: Path, target: Path) -> Path:
    """Make the .mo file of every .po file below `sources` that has none of the same age. Returns `target`."""
    for source in sources.glob("*/LC_MESSAGES/*.po"):
        built = (target / source.relative_to(sources)).with_suffix(".mo")
        changed_at = source.stat().st_mtime_ns
        if not built.exists() or built.stat().st_mtime_ns != changed_at:
            _put(built, machine_object(read(source), language=source.parts[-3]), changed_at)
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


def machine_object(messages: Iterable[Message], *, language: str) -> bytes:
    """A .mo file: a table of places of the sources, sorted, one of the translations, and both kinds of text."""
    texts = {"": _header(language).translations[0]}
    texts |= {
        _looked_up(message): PLURAL_END.join(message.translations)
        for message in messages
        if message.is_translated
    }
    pairs = sorted((source.encode(), translation.encode()) for source, translation in texts.items())
    count, start = len(pairs), 28
    place = start + 16 * count
    tables: list[bytes] = []
    body: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), place))
            body.append(pair[column] + b"\0")
            place += len(body[-1])
    head = struct.pack("<IIIIIII", MO_MAGIC, 0, count, start, start + 8 * count, 0, place)
    return b"".join([head, *tables, *body])


def _looked_up(message: Message) -> str:
    source = f"{message.context}{CONTEXT_END}{message.source}" if message.context else message.source
    return f"{source}{PLURAL_END}{message.plural}" if message.plural else source
