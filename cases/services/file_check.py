"""Whether what lies on disk is what was received, and what is shown: bytes against the SHA-256 of their rows. Read-only."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.storage import storages
from django.db.models import QuerySet

from ..models import Case
from ..models.files import StoredFile
from .holding import FOLDER as HELD
from .holding import HELD_FOR
from .tidying import FOLDERS, KEPT, SETTLED, known_in

PAGE = 500
CHANGED = "isinya bukan yang dulu disimpan"
GONE = "tidak ada di disk; pulihkan dari cadangan"
UNREADABLE = "tidak dapat dibaca dari disk"
UNKNOWN = "tidak dikenal basis data; yang sudah dihapus tidak boleh tertinggal"

Note = Callable[[int], None]


@dataclass(frozen=True)
class FileFault:
    """A file that is not as its row says, or that has none: then without a case. `path`: below CASE_FILES_ROOT."""

    path: str
    reason: str
    case_number: str = ""

    def __str__(self) -> str:
        return f"{self.case_number or '-'}, {self.path}: {self.reason}"


def how_many(cases: QuerySet[Case]) -> int:
    return sum(model.objects.filter(case__in=cases).count() for model in KEPT)


def odd_files(cases: QuerySet[Case], note: Note = lambda done: None) -> Iterator[FileFault]:
    """Read every file of these cases, a part of one at a time. `note` hears how many have been read."""
    done = 0
    for model in KEPT:
        rows, last = model.objects.filter(case__in=cases).select_related("case").order_by("pk"), 0
        while page := list(rows.filter(pk__gt=last)[:PAGE]):
            for row in page:
                # Asked again: it may have been disposed of meanwhile.
                if (reason := _fault_of(row)) and model.objects.filter(pk=row.pk).exists():
                    yield FileFault(row.path, reason, row.case.number)
                done += 1
                note(done)
            last = page[-1].pk


def _fault_of(row: StoredFile) -> str | None:
    try:
        with storages["cases"].open(row.path) as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        return GONE
    except OSError:
        return UNREADABLE
    return None if digest == row.sha256 else CHANGED


def unknown_files(now: datetime) -> Iterator[FileFault]:
    """What lies in any folder and belongs to no row, one folder in memory at a time. What is younger than an hour may
    still get its row; photos of a form that is not sent yet are held for a day."""
    store, folders = storages["cases"], [""]
    while folders:
        folder = folders.pop()
        # Known before it is looked for: a file that comes meanwhile is young.
        known = set(known_in(folder)) if folder in FOLDERS else set()
        below, names = store.listdir(folder) if store.exists(folder) else ([], [])
        folders += sorted((str(PurePosixPath(folder, name)) for name in below), reverse=True)
        for path in sorted({str(PurePosixPath(folder, name)) for name in names} - known):
            if _is_left_over(path, now):
                yield FileFault(path, UNKNOWN)


def _is_left_over(path: str, now: datetime) -> bool:
    most = HELD_FOR + SETTLED if path.startswith(f"{HELD}/") else SETTLED
    try:
        return now - storages["cases"].get_modified_time(path) > most
    except FileNotFoundError:  # disposed of meanwhile
        return False
