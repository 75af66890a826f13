"""Accepted photos of a form that was not: held for a day, so that nobody has to choose them again."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from ..encryption import keyed_hash
from ..intake import AcceptedImage

logger = logging.getLogger(__name__)

FOLDER = "titipan"
HELD_FOR = timedelta(hours=24)
SALT = "cases.held-photo"
# Bytes that may be held at once: for one network, behind which a village may sit, and for all together.
MOST_OF_A_NETWORK = 200 * 1024**2
MOST_OF_ALL = 5 * 1024**3


def hold(image: AcceptedImage, *, form_key: str, network: str) -> str | None:
    """Keep a photo for the form that bears this key; what brings it back, signed. None where too much is held already,
    and where the disk takes none.

    `network` is the sender's address; only a keyed hash of it is counted by.
    """
    if not _has_room(network, len(image.content)):
        return None
    key = secrets.token_hex(16)
    try:
        storages["cases"].save(_path(key), ContentFile(image.content))
    except OSError:
        logger.exception("a photo could not be held")
        return None
    return signing.dumps([form_key, key, image.width, image.height, image.location], salt=SALT)


def recall(reference: str, *, form_key: str) -> AcceptedImage | None:
    """The held photo, or None: held for another form, for too long, or never."""
    try:
        bound_to, key, width, height, location = signing.loads(reference, salt=SALT, max_age=HELD_FOR)
        if bound_to != form_key:
            return None
        with storages["cases"].open(_path(key)) as held:
            return AcceptedImage.of(held.read(), width, height, tuple(location) if location else None)
    except (signing.BadSignature, FileNotFoundError):
        return None


def let_go(now: datetime) -> None:
    """Delete what was held for a day."""
    for path in _held():
        with suppress(FileNotFoundError):  # taken up by its form meanwhile
            if now - storages["cases"].get_modified_time(path) > HELD_FOR:
                storages["cases"].delete(path)


def _held() -> Iterator[str]:
    store = storages["cases"]
    if store.exists(FOLDER):
        yield from (str(PurePosixPath(FOLDER, name)) for name in store.listdir(FOLDER)[1])


def _path(key: str) -> str:
    return f"{FOLDER}/{key}.jpg"


def _has_room(network: str, size: int) -> bool:
    """Count these bytes against the network's day and everybody's; not counted where either is full."""
    day = timezone.localdate().isoformat()
    counters = {
        f"held:{day}:{keyed_hash('holder', network)}": MOST_OF_A_NETWORK,
        f"held:{day}:all": MOST_OF_ALL,
    }
    held = cache.get_many(counters)
    if any(held.get(name, 0) + size > most for name, most in counters.items()):
        return False
    for name in counters:
        # Two at once may count as one: a bound on what a script can fill, not an account.
        cache.set(name, held.get(name, 0) + size, 2 * HELD_FOR.total_seconds())
    return True
