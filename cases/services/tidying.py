"""Rows and bytes of case files, compared: what a crash between the two has left."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from django.core.files.storage import storages
from django.utils import timezone

from ..models import CaseFile, PublicPhoto

logger = logging.getLogger(__name__)

KEPT = (CaseFile, PublicPhoto)
# Bytes are written before their row is committed: younger ones may still get theirs.
SETTLED = timedelta(hours=1)
FOLDERS = ["".join(letters) for letters in product("0123456789abcdef", repeat=2)]


@dataclass(frozen=True)
class Tidied:
    """Paths below CASE_FILES_ROOT. strays: bytes that no row knows, deleted unless rehearsed; lost: rows without bytes."""

    strays: list[str]
    lost: list[str]


def tidy_files(now: datetime | None = None, *, rehearse: bool = False) -> Tidied:
    """Delete strays; rows whose bytes are gone stay, and are written to the log: only a backup has them still."""
    now = now or timezone.now()
    store = storages["cases"]
    strays, lost = [], []
    for folder in FOLDERS:
        known = set(known_in(folder))
        found = {f"{folder}/{name}" for name in store.listdir(folder)[1]} if store.exists(folder) else set()
        strays += [path for path in sorted(found - known) if now - store.get_modified_time(path) > SETTLED]
        if missing := known - found:
            # Asked again: one of them may have been disposed of meanwhile.
            lost += sorted(missing & set(known_in(folder)))
    for path in [] if rehearse else strays:
        store.delete(path)
    if lost:
        logger.error("%d case files are not on disk: %s", len(lost), ", ".join(lost[:20]))
    return Tidied(strays, lost)


def known_in(folder: str) -> Iterator[str]:
    """The paths of all rows whose bytes lie in this one of FOLDERS."""
    for model in KEPT:
        for file in model.objects.filter(key__startswith=folder).only("key", "extension"):
            yield file.path
