"""Words with fields in braces, written by the office and filled when they are used."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model

FIELD = re.compile(r"\{([^{}]*)\}")
# How many letters are quoted on each side of a brace too many.
NEAR = 12
# What a message about a case can say; cases.services.message_words fills them.
FIELDS = frozenset(
    {
        "portal",
        "case",
        "number",
        "code",
        "subject",
        "unit",
        "status",
        "promise",
        "step",
        "due",
        "because",
        "link",
    }
)
# What a message cannot do without: a receipt says how to come back to it; every other one, of which case it speaks and
# where to read of it.
RECEIPT, OF_A_CASE = frozenset({"number", "code"}), frozenset({"number", "link"})


def unknown_fields(text: str, known: frozenset[str] = FIELDS) -> set[str]:
    return set(FIELD.findall(text)) - known


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in place of their fields. Nothing in a value is read again; unknown fields stay as they are."""
    return FIELD.sub(lambda match: str(values.get(match[1], match[0])), text)


def stray_brace(text: str) -> str:
    """The words around the first brace that makes no field, "" where there is none."""
    rest = FIELD.sub(lambda match: " " * len(match[0]), text)
    stray = re.search(r"[{}]", rest)
    return " ".join(text[max(0, stray.start() - NEAR) : stray.end() + NEAR].split()) if stray else ""


def check_fields(
    template: "Model",
    *,
    parts: Sequence[str] = ("subject", "body"),
    known: frozenset[str] = FIELDS,
    needed: frozenset[str] = frozenset(),
) -> None:
    """Raises ValidationError beside the part that holds a brace too many or a field that its kind of text does not have;
    beside the longest, "body", where none of the parts has a field that the text cannot do without."""
    faults, used = {}, set()
    for part in parts:
        text = getattr(template, part)
        used |= set(FIELD.findall(text))
        if near := stray_brace(text):
            faults[part] = _(
                "Kurung kurawal di dekat “%(near)s” tidak berpasangan. Tulis isian dengan satu kurung di tiap sisi, "
                "misalnya {number}."
            ) % {"near": near}
        elif unknown := unknown_fields(text, known):
            faults[part] = _("Isian tidak dikenal: %(names)s.") % {"names": _in_braces(unknown)}
    if (missing := needed - used) and "body" not in faults:
        faults["body"] = _("Isian %(names)s harus ada, di perihal atau di isinya.") % {
            "names": _in_braces(missing)
        }
    if faults:
        raise ValidationError(faults)


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(sorted(f"{{{name}}}" for name in names))
