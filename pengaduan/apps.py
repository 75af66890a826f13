from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PengaduanConfig(AppConfig):
    name = "pengaduan"
    verbose_name = "Pengaduan"

    def ready(self) -> None:
        post_migrate.connect(enter_reference, sender=self)


def enter_reference(using: str, **_signal) -> None:
    from .reference import enter_all

    enter_all(using)
