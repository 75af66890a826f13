"""Steps of the first start. Each may be taken again: what is there stays, what is missing is made."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django_q.tasks import async_task

from home.models import User
from opd_pages.models import Level, Membership, Role, Unit
from opd_pages.services.administrators import open_administrators
from opd_pages.services.importing import ImportReport, Progress, import_units
from opd_pages.services.unit_pages import open_unit_pages, units_to_open

Source = Path | Iterable[Mapping[str, str]]
# Pages made by one task of the worker: some seconds' work, far below what a task may take.
SLICE = 40


def root_unit() -> Unit | None:
    """The kabupaten itself."""
    return Unit.objects.filter(parent=None, kind__level=Level.ROOT).order_by("pk").first()


def root_row(code: str, name: str) -> dict[str, str]:
    """The kabupaten as a line of a list."""
    kind = "kota" if name.casefold().startswith("kota ") else "kabupaten"
    return {"kode": code, "nama": name, "jenis": kind}


def import_lists(sources: Iterable[Source], *, dry_run: bool = False) -> list[ImportReport]:
    """Take several lists, each building on those before it: all of them or none.

    Raises UnreadableFile, ImportRefused.
    """
    with transaction.atomic():
        reports = [import_units(source) for source in sources]
        # A dry run of the second list needs the units of the first.
        transaction.set_rollback(dry_run)
    return reports


def import_content(content: bytes, *, dry_run: bool = False) -> ImportReport:
    """Take a list that was uploaded. Raises UnreadableFile, ImportRefused."""
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        return import_units(Path(file.name), dry_run=dry_run)


def open_missing_pages(progress: Progress = lambda done, total: None) -> int:
    """Pages, collections and groups for the units that have none. Returns how many pages were made."""
    open_administrators()
    return len(open_unit_pages(units_to_open(), progress=progress))


def queue_missing_pages() -> None:
    async_task("config.setup.services.open_next_pages", save=False)


def open_next_pages() -> None:
    """A slice of open_missing_pages for the worker, whose tasks are short; it asks for the next one itself."""
    open_administrators()
    before = units_to_open().count()
    open_unit_pages(units_to_open().order_by("lineage")[:SLICE])
    # Never for ever: what could not be put right is not tried again at once.
    if 0 < units_to_open().count() < before:
        queue_missing_pages()


def administrators() -> QuerySet[User]:
    """Everybody who is administrator of the portal today and may log in."""
    held = Membership.objects.current().filter(role=Role.ADMINISTRATOR)
    return (
        get_user_model().objects.filter(is_active=True, memberships__in=held).distinct().order_by("username")
    )


def is_administrator(user) -> bool:
    return administrators().filter(pk=user.pk).exists()


@transaction.atomic
def make_administrator(unit: Unit, user: User, password: str | None = None) -> None:
    """Enter somebody as administrator at the kabupaten. A password is set for a new person only."""
    open_administrators()
    if user.pk is None:
        user.set_password(password)
        user.save()
    Membership(user=user, unit=unit, role=Role.ADMINISTRATOR).save()
