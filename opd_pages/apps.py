from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpdPagesConfig(AppConfig):
    name = "opd_pages"
    verbose_name = "Unit dan kontak"

    def ready(self) -> None:
        from home.freshness import shown_to_everybody
        from home.registry import home_panels

        from .models import (
            Confirmation,
            ConfirmedContact,
            ConfirmedLeader,
            ContactSheet,
            Leader,
            Unit,
            UnitKind,
        )
        from .registry import unit_moved
        from .selectors.people import leaders_panel
        from .services.groups import admit_editors

        post_migrate.connect(enter_unit_kinds, sender=self)
        home_panels.enter(leaders_panel, order=50)
        shown_to_everybody(Unit, UnitKind, Leader)
        shown_to_everybody(ContactSheet, Confirmation, ConfirmedContact, ConfirmedLeader)
        unit_moved.enter(admit_editors)


def enter_unit_kinds(using: str, **_signal) -> None:
    from home.reference import enter_reference_rows

    from .models import UnitKind

    enter_reference_rows(
        UnitKind, Path(__file__).parent / "reference" / "unit_kinds.json", key=("code",), using=using
    )
