"""Words with fields in braces, written by the office and filled when they are used."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model

FIELD = re.compile(r"\{([^{}]*)\}")
# What a message about a case can say; cases.services.outbox fills them.
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


def unknown_fields(text: str, known: frozenset[str] = FIELDS) -> set[str]:
    return set(FIELD.findall(text)) - known


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in place of their fields. Nothing in a value is read again; unknown fields stay as they are."""
    return FIELD.sub(lambda match: str(values.get(match[1], match[0])), text)


def check_fields(
    template: "Model", *, parts: Iterable[str] = ("subject", "body"), known: frozenset[str] = FIELDS
) -> None:
    """Raises ValidationError beside the part that names a field that its kind of text does not have."""
    faults = {
        part: _("Isian tidak dikenal: %(names)s.")
        % {"names": ", ".join(sorted(f"{{{name}}}" for name in unknown))}
        for part in parts
        if (unknown := unknown_fields(getattr(template, part), known))
    }
    if faults:
        raise ValidationError(faults)
