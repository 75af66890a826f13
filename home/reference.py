"""Reference rows that ship with the product (kinds of unit, rules, hours): entered once, the office's own afterwards."""

import json
from pathlib import Path

from django.db.models import Model


def enter_reference_rows(
    model: type[Model], path: Path, *, key: tuple[str, ...] = (), using: str = "default"
) -> int:
    """Add the rows of a JSON list whose key no row of the table has; what the office changed stays. Returns rows made.

    Without a key the list is entered into an empty table only: a holiday that the office deleted stays deleted.
    """
    table = model._default_manager.using(using)
    rows = json.loads(path.read_text(encoding="utf-8"))
    if key:
        known = set(table.values_list(*key))
        rows = [row for row in rows if tuple(row[name] for name in key) not in known]
    elif table.exists():
        return 0
    return len(table.bulk_create(model(**row) for row in rows))
