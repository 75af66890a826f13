"""Before the portal starts: its tables, and on the very first start of a trial the demonstration."""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command

from home.models import User
from opd_pages.models import Unit


def prepare() -> None:
    if settings.IS_PRODUCTION:
        # First: migrate checks every address, and the editor's cannot be loaded without these files.
        call_command("collectstatic", interactive=False, verbosity=0)
    with _seldom_collected():
        call_command("migrate", interactive=False, verbosity=0)
    if not settings.IS_PRODUCTION and is_empty():
        print("Mengisi data contoh ...", flush=True)
        call_command("demo")


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Migrations keep ten thousand models: a quarter of the time would go into looking through them for rubbish."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def is_empty() -> bool:
    """Nobody could log in and no unit could answer: not an office's database, whose data a demonstration would mar."""
    return not User.objects.exists() and not Unit.objects.exists()


def demo_accounts() -> str:
    """Names and passwords of the people of the demonstration, or nothing where there is none."""
    if not User.objects.filter(is_demo=True).exists():
        return ""
    lines = io.StringIO()
    call_command("demo", "--accounts", stdout=lines)
    return lines.getvalue().strip()
