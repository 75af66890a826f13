from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.core.management import call_command
from django.db.models.signals import post_migrate, post_save


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Pendopo"

    def ready(self) -> None:
        from django_q.signals import post_execute, pre_execute

        from cases.own_messages import own_messages
        from cases.services.key_rotation import sealed_elsewhere
        from cases.services.sweep import daily_duties
        from home.models import User
        from opd_pages.registry import person_buttons

        from .accounts_keys import SealedFactors
        from .accounts_mail import reset_links
        from .accounts_reset import reset_button
        from .accounts_sessions import clear_ended_sessions, end_with_the_account
        from .page_cache.kept import clear_old_generations
        from .production import production_holds_no_demo_rows
        from .runner.heartbeat import note_begun, note_done

        own_messages.enter(reset_links)
        person_buttons.enter(reset_button)
        sealed_elsewhere.enter(SealedFactors())
        daily_duties.enter(clear_ended_sessions)
        daily_duties.enter(clear_old_generations)
        register(production_holds_no_demo_rows, Tags.database)
        post_save.connect(end_with_the_account, sender=User)
        pre_execute.connect(note_begun)
        post_execute.connect(note_done)
        queue = apps.get_app_config("django_q")
        post_migrate.connect(make_cache_table, sender=queue)
        post_migrate.connect(make_schedules, sender=queue)


def make_cache_table(using: str, **_signal) -> None:
    call_command("createcachetable", database=using, verbosity=0)


def make_schedules(using: str, apps=apps, **_signal) -> None:
    """The worker's clock. Safe to repeat: a schedule that exists keeps the time of its next run."""
    try:
        schedules = apps.get_model("django_q", "Schedule").objects.using(using)
    except LookupError:
        return  # migrated back to before the table
    schedules.update_or_create(
        name="sweep", defaults={"func": "cases.tasks.sweep", "schedule_type": "I", "minutes": 1}
    )
