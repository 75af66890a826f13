"""Bytes on the disk are what was received and what is shown, or `verify_files` names the case and the file."""

import os
import tracemalloc
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.intake import AcceptedImage
from cases.models import CaseFile, PublicPhoto, SweepMark
from cases.services import file_check
from cases.services.files import dispose, keep_files
from cases.services.public_photos import Shown, show_photos

PHOTO, DRAWN_OVER = AcceptedImage.of(b"photo", 8, 6), AcceptedImage.of(b"covered", 8, 6)
OLD = (0, 0)


@pytest.fixture
def case(desk):
    return desk.receive()


@pytest.fixture
def kept(case) -> CaseFile:
    """A photo of which the public sees another one, painted over."""
    (file,) = keep_files(case, case.events.get(), [PHOTO], by_reporter=True)
    show_photos(case, [Shown(file, (1,), DRAWN_OVER)])
    return file


def on_disk(path: str) -> Path:
    return Path(settings.CASE_FILES_ROOT, path)


def left_over(path: str) -> str:
    on_disk(path).parent.mkdir(parents=True, exist_ok=True)
    on_disk(path).write_bytes(b"somebody's")
    os.utime(on_disk(path), OLD)
    return path


def verify_files(*arguments: str) -> tuple[int, list[str]]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_files", *arguments, stdout=out, stderr=err)
    except CommandError as fault:
        return fault.returncode, [*err.getvalue().splitlines(), str(fault)]
    return 0, out.getvalue().splitlines()


def test_what_lies_there_as_it_was_kept_is_confirmed(kept):
    assert verify_files() == (0, ["2 berkas, tidak ada kejanggalan."])


@pytest.mark.parametrize("which", [lambda kept: kept, lambda kept: kept.public_photo], ids=["own", "public"])
@pytest.mark.parametrize("content", [b"Photo", b"", b"photo and more"])
def test_other_bytes_are_named_with_their_case(case, kept, which, content):
    path = which(kept).path
    on_disk(path).write_bytes(content)
    assert verify_files() == (
        1,
        [f"{case.number}, {path}: {file_check.CHANGED}", "2 berkas, 1 kejanggalan."],
    )


def test_a_public_photo_exchanged_for_the_uncovered_one_is_named(case, kept):
    public = kept.public_photo.path
    on_disk(public).write_bytes(on_disk(kept.path).read_bytes())
    assert verify_files()[1][0] == f"{case.number}, {public}: {file_check.CHANGED}"


def test_a_hash_changed_in_the_database_is_named_too(case, kept):
    PublicPhoto.objects.update(sha256=kept.sha256)
    assert verify_files()[1][0] == f"{case.number}, {kept.public_photo.path}: {file_check.CHANGED}"


def test_a_file_that_is_gone_is_named(case, kept):
    on_disk(kept.path).unlink()
    assert verify_files()[1][0] == f"{case.number}, {kept.path}: {file_check.GONE}"


def test_a_file_that_the_disk_does_not_give_back_is_named_and_the_others_are_read(case, kept):
    on_disk(kept.path).unlink()
    on_disk(kept.path).mkdir()
    on_disk(kept.public_photo.path).write_bytes(b"")
    assert verify_files()[1][:2] == [
        f"{case.number}, {kept.path}: {file_check.UNREADABLE}",
        f"{case.number}, {kept.public_photo.path}: {file_check.CHANGED}",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "ab/abcdef0123456789abcdef0123456789.jpg",
        "salinan.jpg",
        "lain/salinan.jpg",
        "ab/cd/salinan.jpg",
        "titipan/abcdef0123456789abcdef0123456789.jpg",
    ],
)
def test_what_belongs_to_no_row_is_named_wherever_it_lies(kept, path):
    left_over(path)
    assert verify_files() == (1, [f"-, {path}: {file_check.UNKNOWN}", "2 berkas, 1 kejanggalan."])
    assert on_disk(path).exists()


def test_what_may_still_get_its_row_is_no_fault(kept):
    storages["cases"].save("ab/abcdef0123456789abcdef0123456789.jpg", ContentFile(b"young"))
    held = left_over("titipan/abcdef0123456789abcdef0123456789.jpg")
    yesterday = (timezone.now() - timedelta(hours=23)).timestamp()
    os.utime(on_disk(held), (yesterday, yesterday))
    assert verify_files()[0] == 0


def test_a_disposal_whose_bytes_stayed_is_told(kept, monkeypatch, django_capture_on_commit_callbacks):
    paths = sorted([kept.path, kept.public_photo.path])
    monkeypatch.setattr(FileSystemStorage, "delete", lambda store, path: None)
    with django_capture_on_commit_callbacks(execute=True):
        dispose([kept])
    for path in paths:
        os.utime(on_disk(path), OLD)
    assert verify_files()[1][:-1] == [f"-, {path}: {file_check.UNKNOWN}" for path in paths]


def test_what_is_disposed_of_while_it_is_looked_for_is_no_fault(kept, monkeypatch):
    look = file_check._fault_of

    def dispose_first(row):
        storages["cases"].delete(row.path)
        type(row).objects.filter(pk=row.pk).delete()
        return look(row)

    monkeypatch.setattr(file_check, "_fault_of", dispose_first)
    assert verify_files()[0] == 0


def test_one_case_is_looked_at_alone(case, kept, desk):
    other = desk.receive()
    on_disk(kept.path).write_bytes(b"other")
    left_over("salinan.jpg")
    assert verify_files("--case", other.number) == (0, ["0 berkas, tidak ada kejanggalan."])
    assert verify_files("--case", case.number)[1] == [
        f"{case.number}, {kept.path}: {file_check.CHANGED}",
        "2 berkas, 1 kejanggalan.",
    ]
    assert verify_files("--case", "2026-ADU-TIDAKADA")[0] == 1
    assert not SweepMark.objects.filter(name__startswith="files_").exists()


def test_memory_does_not_grow_with_a_file(case):
    (file,) = keep_files(
        case, case.events.get(), [AcceptedImage.of(bytes(8_000_000), 8, 6)], by_reporter=True
    )
    tracemalloc.start()
    try:
        assert verify_files("--case", case.number)[0] == 0
        assert tracemalloc.get_traced_memory()[1] < 2_000_000 < file.size
    finally:
        tracemalloc.stop()


def test_where_nothing_was_ever_kept_there_is_nothing_to_tell(db):
    assert verify_files() == (0, ["0 berkas, tidak ada kejanggalan."])


def test_many_files_tell_how_far_it_is(case, monkeypatch):
    keep_files(case, case.events.get(), [PHOTO] * 3, by_reporter=True)
    monkeypatch.setattr("cases.management.commands.verify_files.EVERY", 2)
    assert verify_files()[1] == ["2 dari 3 berkas", "3 berkas, tidak ada kejanggalan."]
