"""What stands on a contact poster. Plain values: no database, no settings."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PosterChannel:
    """One way to reach the unit. `kind` is a value of `opd_pages.channels.Channel`; `value` is as people read it."""

    kind: str
    label: str
    value: str
    hours: str = ""


@dataclass(frozen=True)
class PosterLeader:
    """Who leads the unit. `standing` is "", "Plt." or "Plh."; `photo` is an image file.

    A vacant post shows neither name nor photo.
    """

    name: str
    office: str
    standing: str = ""
    photo: bytes | None = None
    vacant: bool = False


@dataclass(frozen=True)
class Poster:
    """A confirmed contact poster. `crest` is an image file; colours are "#rrggbb".

    `hotlines` are (label, number), numbers as people read them.
    """

    region: str
    unit: str
    address: str
    slogan: str
    leader: PosterLeader | None
    channels: tuple[PosterChannel, ...]
    short_url: str
    version: int
    confirmed_on: date
    valid_until: date
    crest: bytes | None
    primary: str
    accent: str
    hotlines: tuple[tuple[str, str], ...] = ()
