from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PpidConfig(AppConfig):
    name = "ppid"
    verbose_name = "PPID"

    def ready(self) -> None:
        from cases.kinds import enter_kind
        from home.freshness import shown_to_everybody
        from opd_pages.registry import unit_merged

        from .kind import REQUESTS
        from .models import PpidSettings
        from .services.mergers import requests_follow

        enter_kind(REQUESTS)
        shown_to_everybody(PpidSettings)
        unit_merged.enter(requests_follow)
        post_migrate.connect(enter_reference, sender=self)


def enter_reference(using: str, **_signal) -> None:
    from .reference import enter_all

    enter_all(using)
