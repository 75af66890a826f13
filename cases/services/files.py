"""Keeping what people send: outside the web root, under names of ours, gone again if the transaction fails."""

import secrets
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from ..intake import AcceptedImage
from ..models import Case, CaseFile, Event


def keep_files(
    case: Case, event: Event, images: Iterable[AcceptedImage], *, by_reporter: bool
) -> list[CaseFile]:
    """Write the files and their rows. What was written is deleted again where writing the rows fails."""
    store = storages["cases"]
    rows, written = [], []
    try:
        for image in images:
            row = CaseFile(
                case=case,
                event=event,
                key=secrets.token_hex(16),
                extension=image.extension,
                media_type=image.media_type,
                size=len(image.content),
                width=image.width,
                height=image.height,
                sha256=image.sha256,
                by_reporter=by_reporter,
            )
            written.append(store.save(row.path, ContentFile(image.content)))
            rows.append(row)
        return CaseFile.objects.bulk_create(rows)
    except Exception:
        for path in written:
            store.delete(path)
        raise
