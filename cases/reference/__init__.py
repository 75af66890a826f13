"""Rows the kernel starts with: office hours, message templates, the holidays of decided years."""

from pathlib import Path

from home.reference import enter_reference_rows

HERE = Path(__file__).parent


def enter_all(using: str) -> None:
    from ..models import Holiday, HolidayDecree, OfficeHours
    from ..services.clockwork import reference_changed

    made = [
        enter_reference_rows(model, HERE / name, using=using)
        for model, name in (
            (OfficeHours, "office_hours.json"),
            (Holiday, "holidays.json"),
            (HolidayDecree, "holiday_decrees.json"),
        )
    ]
    if any(made):
        reference_changed()
