"""Rows the kernel starts with: its own keys, office hours, message templates, the holidays of decided years."""

import json
from pathlib import Path

from home.reference import enter_reference_rows

HERE = Path(__file__).parent


def enter_all(using: str) -> None:
    from ..lasting_keys import make_keys
    from ..models import Holiday, HolidayDecree, HolidayImport, MessageTemplate, OfficeHours
    from ..services.clockwork import reference_changed

    make_keys(using)
    made = [
        enter_reference_rows(model, HERE / name, using=using)
        for model, name in (
            (OfficeHours, "office_hours.json"),
            (Holiday, "holidays.json"),
            (HolidayDecree, "holiday_decrees.json"),
        )
    ]
    enter_reference_rows(MessageTemplate, HERE / "messages.json", key=("code",), using=using)
    if any(made):
        reference_changed()
    # What the office takes out of these is not brought back by an import.
    if not HolidayImport.objects.using(using).exists():
        days: dict[int, list[str]] = {}
        for row in json.loads((HERE / "holidays.json").read_text(encoding="utf-8")):
            days.setdefault(int(row["date"][:4]), []).append(row["date"])
        HolidayImport.objects.using(using).bulk_create(
            HolidayImport(year=year, days=dates) for year, dates in days.items()
        )
