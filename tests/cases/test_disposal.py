"""What is disposed of leaves nothing on the disk, and a crash between database and disk is found again."""

import logging
import os
import signal
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from cases.intake import AcceptedImage
from cases.models import CaseFile, PublicPhoto
from cases.services.files import dispose, keep_files
from cases.services.public_photos import cover, show_photos
from cases.services.sweep import once_a_day
from cases.services.tidying import SETTLED, Tidied, tidy_files

PHOTO = AcceptedImage.of(b"photo", 8, 6)
STRAY = "ab/abcdef0123456789abcdef0123456789.jpg"


@pytest.fixture
def case(desk):
    return desk.receive()


@pytest.fixture
def kept(case) -> CaseFile:
    """A photo that is shown to the public, too."""
    (file,) = keep_files(case, case.events.get(), [PHOTO], by_reporter=True)
    show_photos(case, [cover(file)])
    return file


def on_disk() -> list[str]:
    folder = Path(settings.CASE_FILES_ROOT)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def an_hour_later():
    return timezone.now() + SETTLED + timedelta(minutes=1)


def test_a_photo_goes_with_its_public_copy(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        dispose([kept])
    assert (CaseFile.objects.count(), PublicPhoto.objects.count(), on_disk()) == (0, 0, [])


def test_a_public_copy_goes_without_its_photo(case, kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        dispose(case.public_photos.all())
    assert (PublicPhoto.objects.count(), on_disk()) == (0, [kept.path])


def test_a_disposal_that_is_taken_back_leaves_everything(case, kept, django_capture_on_commit_callbacks):
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        dispose([kept])
        transaction.set_rollback(True)
    assert (on_disk(), CaseFile.objects.count()) == (before, 1)


def test_bytes_that_cannot_be_deleted_keep_no_others(
    kept, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    public, delete = kept.public_photo.path, FileSystemStorage.delete

    def refuse_one(store, path):
        if path == kept.path:
            raise PermissionError(path)
        delete(store, path)

    monkeypatch.setattr(FileSystemStorage, "delete", refuse_one)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        dispose([kept])
    assert on_disk() == [kept.path] != [public]


def test_what_a_process_killed_after_its_commit_left_is_found_at_night(committed, case, kept, monkeypatch):
    paths = sorted([kept.path, kept.public_photo.path])
    connections.close_all()
    if (child := os.fork()) == 0:
        monkeypatch.setattr(FileSystemStorage, "delete", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        try:
            dispose([kept])
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert (os.WTERMSIG(status), CaseFile.objects.count(), on_disk()) == (signal.SIGKILL, 0, paths)
    once_a_day(an_hour_later())
    assert on_disk() == []


def test_bytes_without_a_row_go_after_an_hour_and_the_others_stay(kept):
    before = on_disk()
    storages["cases"].save(STRAY, ContentFile(b"stray"))
    assert tidy_files(an_hour_later() - timedelta(minutes=2)) == Tidied([], [])
    assert tidy_files(an_hour_later()) == Tidied([STRAY], [])
    assert on_disk() == before


def test_a_row_without_bytes_stays_and_is_told(kept, caplog):
    storages["cases"].delete(kept.path)
    with caplog.at_level(logging.ERROR):
        assert tidy_files() == Tidied([], [kept.path])
    assert [record.getMessage() for record in caplog.records] == [
        f"1 case files are not on disk: {kept.path}"
    ]
    assert CaseFile.objects.get() == kept


def test_the_rehearsal_names_what_would_go_and_deletes_nothing(kept):
    storages["cases"].save(STRAY, ContentFile(b"stray"))
    os.utime(Path(settings.CASE_FILES_ROOT, STRAY), (0, 0))
    before, told = on_disk(), StringIO()
    call_command("tidy_files", "--dry-run", stdout=told)
    assert told.getvalue().splitlines() == [
        f"Akan dihapus: {STRAY}",
        "1 berkas tanpa pemilik, 0 berkas hilang.",
    ]
    assert on_disk() == before


def test_where_nothing_was_ever_kept_there_is_nothing_to_tidy(db):
    assert tidy_files() == Tidied([], [])
