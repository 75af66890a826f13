from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpdPagesConfig(AppConfig):
    name = "opd_pages"
    verbose_name = "Unit dan kontak"

    def ready(self) -> None:
        from home.freshness import shown_to_everybody
        from home.registry import (
            banner_sources,
            home_panels,
            landing_pages,
            next_public_changes,
            search_sources,
            shown_pictures,
        )

        from .landing import landing_page
        from .models import (
            Alert,
            Commitment,
            Confirmation,
            ConfirmedContact,
            ConfirmedLeader,
            ContactSheet,
            Leader,
            Pledge,
            SearchWord,
            Unit,
            UnitKind,
            UnitOutline,
        )
        from .registry import unit_moved, unit_panels
        from .search import Units
        from .selectors.alerts import banners, next_alert_turns
        from .selectors.news import newest_news, news_of_unit, next_event_ends
        from .selectors.people import leaders_panel, portraits
        from .services.groups import admit_editors

        post_migrate.connect(enter_unit_kinds, sender=self)
        home_panels.enter(leaders_panel, order=50)
        shown_to_everybody(Unit, UnitKind, Leader, Alert, Pledge, SearchWord, UnitOutline, Commitment)
        shown_to_everybody(ContactSheet, Confirmation, ConfirmedContact, ConfirmedLeader)
        landing_pages.enter(landing_page, order=20)
        banner_sources.enter(banners)
        next_public_changes.enter(next_alert_turns)
        next_public_changes.enter(next_event_ends)
        shown_pictures.enter(portraits)
        search_sources.enter(Units(), order=10)
        home_panels.enter(newest_news, order=120)
        unit_panels.enter(news_of_unit, order=50)
        unit_moved.enter(admit_editors)


def enter_unit_kinds(using: str, **_signal) -> None:
    from home.reference import enter_reference_rows

    from .models import UnitKind

    enter_reference_rows(
        UnitKind, Path(__file__).parent / "reference" / "unit_kinds.json", key=("code",), using=using
    )
