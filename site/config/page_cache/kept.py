"""What is kept of public pages: a file each, in a folder for their generation, in a fixed number of places."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from home.freshness import generation

# Pages of one generation stand in places that their addresses are spread over; who comes later takes the place. So the
# disk holds no more than this, whatever addresses a stranger invents, and inventing queries drives out no plain page.
PLAIN_PLACES, QUERY_PLACES = 8192, 512
LARGEST = 512 * 1024  # bytes


@dataclass(frozen=True)
class Kept:
    """A page as it is answered to anyone, until a moment (seconds since 1970)."""

    address: str
    until: float
    headers: dict[str, str]
    body: bytes


def find(token: str, address: str, now: float) -> Kept | None:
    """The page that is kept of this address and still holds. No query; one file."""
    try:
        head, _, body = _place(token, address).read_bytes().partition(b"\n")
    except OSError:
        return None
    try:
        told = json.loads(head)
    except ValueError:
        return None
    is_whole = told.pop("size", None) == len(body)
    if not is_whole or told["address"] != address or told["until"] <= now:
        return None
    return Kept(body=body, **told)


def keep(token: str, page: Kept) -> None:
    """Keep a page; whoever reads meanwhile sees the whole of it, or none. Pages too large, and a full disk, are passed over."""
    told = asdict(page) | {"size": len(page.body)}
    content = told.pop("body")
    if len(content) > LARGEST:
        return
    place = _place(token, page.address)
    fresh = place.with_name(f".{token_hex(8)}")
    try:
        if not place.parent.exists():
            if generation() != token:
                return  # the page was overtaken while it was rendered
            place.parent.mkdir(parents=True, exist_ok=True)
            clear_old_generations()
        fresh.write_bytes(json.dumps(told).encode() + b"\n" + content)
        fresh.replace(place)
    except OSError:
        fresh.unlink(missing_ok=True)


def clear_old_generations(now: datetime | None = None) -> None:
    """What no longer holds leaves the disk: when the first page of a new generation is kept, and once a day."""
    current = generation()
    for folder in _folders():
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)


def _folders() -> Iterator[Path]:
    root = Path(settings.PAGE_CACHE_ROOT)
    return (entry for entry in root.iterdir() if entry.is_dir()) if root.exists() else iter(())


def _place(token: str, address: str) -> Path:
    kind, places = ("q", QUERY_PLACES) if "?" in address else ("p", PLAIN_PLACES)
    number = int.from_bytes(blake2b(address.encode(), digest_size=8).digest()) % places
    return Path(settings.PAGE_CACHE_ROOT) / token / f"{kind}{number}"
