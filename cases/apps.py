from functools import partial

from django.apps import AppConfig
from django.core.checks import Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models.signals import post_delete, post_migrate, post_save


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Meja layanan"

    def ready(self) -> None:
        from home.freshness import shown_to_everybody
        from home.registry import landing_pages, page_panels
        from home.services.day_marks import forget_marks
        from opd_pages.opening_hours import opening_hours as of_offices
        from opd_pages.registry import confirmation_asked, fingerprints, open_cases, unit_moved
        from opd_pages.services.confirmation_requests import ask_for_confirmations

        from .channels import channels
        from .channels.mail import Mail
        from .landing import landing_page
        from .lasting_keys import PERSONAL_VALUE, lasting_hash
        from .models import (
            ClockSettings,
            DailyRoot,
            Holiday,
            HolidayDecree,
            OfficeHours,
            PublicPhoto,
            RetentionRule,
            Rule,
        )
        from .opening_hours import opening_hours
        from .selectors.open_cases import open_cases_of
        from .selectors.retention import retention_panel
        from .services.clockwork import reference_changed
        from .services.outbox import ask_to_confirm
        from .services.places import cases_stay_with
        from .services.sweep import daily_duties

        for model in (Rule, Holiday, HolidayDecree, ClockSettings, OfficeHours):
            for signal in (post_save, post_delete):
                signal.connect(reference_changed, sender=model)
        shown_to_everybody(Rule, Holiday, HolidayDecree, ClockSettings, OfficeHours, DailyRoot, PublicPhoto)
        shown_to_everybody(RetentionRule)
        page_panels.enter(retention_panel)
        landing_pages.enter(landing_page, order=10)
        channels.enter(Mail(), order=10)
        of_offices.enter(opening_hours)
        unit_moved.enter(cases_stay_with)
        confirmation_asked.enter(ask_to_confirm)
        open_cases.enter(open_cases_of)
        fingerprints.enter(partial(lasting_hash, PERSONAL_VALUE))
        for duty in (forget_marks, ask_for_confirmations):
            daily_duties.enter(duty)
        post_migrate.connect(guard_history, sender=self)
        post_migrate.connect(index_words, sender=self)
        post_migrate.connect(tell_planner, sender=self)
        post_migrate.connect(enter_reference, sender=self)
        register(history_is_guarded, Tags.database)
        register(identities_open, Tags.database)
        register(periods_are_apart, Tags.database)


def guard_history(using: str, **_signal) -> None:
    from . import triggers

    triggers.install(connections[using])


def index_words(using: str, **_signal) -> None:
    from . import word_index

    word_index.install(connections[using])


def tell_planner(using: str, **_signal) -> None:
    from . import planning

    planning.install(connections[using])


def enter_reference(using: str, **_signal) -> None:
    from .reference import enter_all

    enter_all(using)


def history_is_guarded(app_configs=None, databases=None, **_kwargs) -> list[Error]:
    """The triggers that keep history append-only, and periods apart, are in the database."""
    from . import triggers

    faults = []
    for alias in databases or []:
        connection = connections[alias]
        if triggers.TABLE in connection.introspection.table_names() and (
            names := triggers.missing(connection)
        ):
            faults.append(
                Error(
                    f"Riwayat atau masa berlaku tidak terjaga: pemicu {', '.join(sorted(names))} tidak ada di basis data {alias}.",
                    hint="Jalankan manage.py migrate; ia memasang semuanya kembali.",
                    id="cases.E001",
                )
            )
    return faults


def periods_are_apart(app_configs=None, databases=None, **_kwargs) -> list[Warning]:
    """No two rules of a step, or hours of a weekday, hold on the same day: which of them counts is else left to chance."""
    from .selectors.overlaps import overlapping_periods

    try:
        overlaps = [pair for alias in databases or [] for pair in overlapping_periods(alias)]
    except DatabaseError:
        return []  # before the first migrate, or in the middle of one
    return [
        Warning(
            f"Masa berlaku bertumpuk: {pair}.",
            hint="Akhiri masa berlaku salah satunya di /admin/, Waktu dan pesan.",
            id="cases.W002",
        )
        for pair in overlaps
    ]


def identities_open(app_configs=None, databases=None, **_kwargs) -> list[Error | Warning]:
    """Every identity opens with a key that is here, and best with the first."""
    from .services import key_rotation

    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    try:
        closed, older = key_rotation.rows_under_no_key(), key_rotation.rows_under_older_keys()
    except DatabaseError:
        return []  # before the first migrate, or in the middle of one
    faults = []
    if closed:
        faults.append(
            Error(
                f"{closed} baris identitas tidak terbuka dengan IDENTITY_KEYS yang sekarang.",
                hint="Kembalikan kunci yang dahulu dipakai, di belakang kunci yang sekarang.",
                id="cases.E002",
            )
        )
    if older:
        faults.append(
            Warning(
                f"{older} baris identitas masih memerlukan kunci lama dalam IDENTITY_KEYS.",
                hint="Jalankan manage.py rotate_identity_keys sebelum kunci itu dibuang.",
                id="cases.W001",
            )
        )
    return faults
