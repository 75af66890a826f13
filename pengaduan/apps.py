from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class PengaduanConfig(AppConfig):
    name = "pengaduan"
    verbose_name = "Pengaduan"

    def ready(self) -> None:
        from cases.kinds import desk_hints, enter_kind
        from home.freshness import shown_to_everybody
        from home.registry import home_panels, search_sources
        from opd_pages.registry import unit_merged, unit_panels

        from . import hints, panels
        from .kind import COMPLAINTS
        from .models import Category
        from .search import PublicReports
        from .services.mergers import cases_follow

        enter_kind(COMPLAINTS)
        desk_hints.enter(hints.next_opening)
        shown_to_everybody(Category)
        home_panels.enter(panels.newest_answers)
        unit_panels.enter(panels.newest_reports_to)
        unit_merged.enter(cases_follow)
        search_sources.enter(PublicReports(), order=30)
        post_migrate.connect(index_public_words, sender=self)
        post_migrate.connect(enter_reference, sender=self)


def index_public_words(using: str, **_signal) -> None:
    from .search import install

    install(connections[using])


def enter_reference(using: str, **_signal) -> None:
    from .reference import enter_all

    enter_all(using)
