"""Keeping what people send, and getting rid of it: outside the web root, under names of ours."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from ..intake import AcceptedDocument, AcceptedImage
from ..models import Case, CaseFile, Event, PublicPhoto
from ..models.files import StoredFile
from ..quarantine import NotStored

Accepted = AcceptedImage | AcceptedDocument
Kept = TypeVar("Kept", bound=StoredFile)


def keep_files(
    case: Case, event: Event, accepted: Iterable[Accepted], *, by_reporter: bool
) -> list[CaseFile]:
    """Write the files that came with an event, and their rows."""
    return keep(CaseFile, accepted, case=case, event=event, by_reporter=by_reporter)


def keep(model: type[Kept], accepted: Iterable[Accepted], **fields) -> list[Kept]:
    """Write files and their rows."""
    with written(model, accepted, **fields) as rows:
        return model.objects.bulk_create(rows)


@contextmanager
def written(model: type[Kept], accepted: Iterable[Accepted], **fields) -> Iterator[list[Kept]]:
    """Write files and give their rows to be saved. The files are deleted again where that fails.

    Raises NotStored where the disk takes none.
    """
    store = storages["cases"]
    rows, paths = [], []
    try:
        for one in accepted:
            row = model(
                key=secrets.token_hex(16),
                extension=one.extension,
                media_type=one.media_type,
                size=len(one.content),
                width=one.width,
                height=one.height,
                sha256=one.sha256,
                **fields,
            )
            try:
                paths.append(store.save(row.path, ContentFile(one.content)))
            except OSError as fault:
                paths.append(row.path)  # half of it may have been written
                raise NotStored(str(fault)) from fault
            rows.append(row)
        yield rows
    except Exception:
        for path in paths:
            with suppress(OSError):  # found again at night
                store.delete(path)
        raise


@transaction.atomic
def dispose(files: Iterable[StoredFile]) -> None:
    """Delete the rows now and their bytes once that is committed; a photo goes with its public copy.

    Should the portal be killed between the two, `tidying.tidy_files` finds bytes that no row knows.
    """
    for file in files:
        copies = PublicPhoto.objects.filter(photo=file.pk) if isinstance(file, CaseFile) else []
        for path in [file.path, *(copy.path for copy in copies)]:
            # One that cannot be deleted keeps no other from it, and is found again at night.
            transaction.on_commit(lambda path=path: storages["cases"].delete(path), robust=True)
        file.delete()
