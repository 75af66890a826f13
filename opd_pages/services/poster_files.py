"""Posters drawn beforehand for the printer: files below DATA_DIR/poster, and all of them in one ZIP.

A file is named after what stands on it, so that a run that was broken off goes on where it stopped, and what has changed
is drawn anew. A withdrawn number takes its files and the ZIP with it.
"""

import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from ..models import Unit
from ..posters import Poster, draw_pdf, draw_png
from ..posters.pictures import UnreadablePicture
from ..selectors.posters import poster_digest, published_poster

DRAWN = {"pdf": draw_pdf, "png": draw_png}
ARCHIVE = "poster.zip"


@dataclass(frozen=True)
class Drawn:
    """What became of one unit's poster. `files` is empty where nothing is published, or `fault` says why not."""

    unit: Unit
    files: tuple[Path, ...] = ()
    is_new: bool = False
    names: tuple[str, ...] = ()
    fault: str = ""


def poster_folder() -> Path:
    return Path(settings.DATA_DIR) / "poster"


def current_units() -> QuerySet[Unit]:
    return Unit.objects.current().select_related("kind", "parent__kind").order_by("code")


def draw_posters(units: Iterable[Unit]) -> Iterator[Drawn]:
    """Draw what is not drawn yet, one unit at a time: memory stays that of one poster."""
    folder = poster_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for unit in units:
        poster = published_poster(unit)
        try:
            yield _draw(unit, poster, folder) if poster else Drawn(unit)
        except UnreadablePicture as fault:
            yield Drawn(unit, fault=str(fault))


def _draw(unit: Unit, poster: Poster, folder: Path) -> Drawn:
    code, digest = unit.short_code.lower(), poster_digest(poster)[:16]
    files = {kind: folder / f"{code}.{digest}.{kind}" for kind in DRAWN}
    is_new = False
    for kind, file in files.items():
        if not file.exists():
            _write(file, DRAWN[kind](poster))
            is_new = True
    for old in _drawn_of(code, folder):
        if old not in files.values():
            old.unlink(missing_ok=True)
    names = tuple(f"poster-{code}-v{poster.version}.{kind}" for kind in files)
    return Drawn(unit, tuple(files.values()), is_new, names)


def pack(drawn: Iterable[Drawn]) -> Path:
    """All posters in one ZIP, under the names they are downloaded by; whole or not at all."""
    archive = poster_folder() / ARCHIVE
    fresh = archive.with_name(f".{secrets.token_hex(8)}")
    try:
        # PDF and PNG are compressed already.
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as packed:
            for each in drawn:
                for file, name in zip(each.files, each.names, strict=True):
                    # A number may have been withdrawn since it was drawn.
                    with suppress(FileNotFoundError):
                        packed.write(file, name)
        os.replace(fresh, archive)
    finally:
        fresh.unlink(missing_ok=True)
    return archive


def discard_drawn(short_code: str) -> None:
    """Let go what is drawn of a unit, and the ZIP that holds it."""
    folder = poster_folder()
    if not folder.is_dir():
        return
    for file in (*_drawn_of(short_code.lower(), folder), folder / ARCHIVE):
        file.unlink(missing_ok=True)


def _drawn_of(code: str, folder: Path) -> Iterator[Path]:
    """The unit's own: no short code holds a full stop, so kps never takes kps-2001 with it."""
    return folder.glob(f"{code}.*.p*")


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f".{secrets.token_hex(8)}")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
