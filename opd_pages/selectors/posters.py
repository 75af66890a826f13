"""What a unit's poster says."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from wagtail.images.models import Image

from home.models import PortalSettings
from home.pictures import rendition

from ..addresses import printed_address
from ..channels import shown
from ..models import ConfirmedContact, ConfirmedLeader, Contact, Leader, Level, Unit
from ..phone_numbers import grouped
from ..posters import Poster, PosterChannel, PosterLeader
from .contacts import ContactState, public_sheet, publishable_contacts
from .people import confirmed_photo

CREST = "max-640x640|format-png"
PORTRAIT = "max-1440x1920|format-jpeg"


def published_poster(unit: Unit) -> Poster | None:
    """The poster of the last confirmed contacts; None where there are none."""
    sheet = public_sheet(unit)
    contacts = list(sheet.contacts.all()) if sheet else []
    if not contacts:
        return None
    leader = next(iter(sheet.leaders.all()), None)
    if leader:
        leader = _leader(leader, confirmed_photo(leader))
    return _poster(unit, contacts, leader, sheet.version, timezone.localdate(sheet.confirmed_at))


def poster_digest(poster: Poster) -> str:
    """SHA-256, in hexadecimal, of all that stands on the poster: the same one need not be drawn again."""
    return hashlib.sha256(repr(poster).encode()).hexdigest()


def preview_poster(unit: Unit, state: ContactState) -> Poster:
    """The poster that a confirmation today would publish."""
    leader = _leader(state.leaders[0], state.leaders[0].photo) if state.leaders else None
    version = (state.sheet.version if state.sheet else 0) + (not state.is_confirmed)
    return _poster(unit, publishable_contacts(unit), leader, version, timezone.localdate())


def _poster(
    unit: Unit,
    contacts: Iterable[Contact | ConfirmedContact],
    leader: PosterLeader | None,
    version: int,
    confirmed_on: date,
) -> Poster:
    settings = PortalSettings.load()
    region = settings.region_name
    if unit.kind.level == Level.VILLAGE and unit.parent:
        region = f"{unit.parent.full_name}, {region}"
    return Poster(
        region=region,
        unit=unit.full_name,
        address=unit.address,
        slogan=settings.slogan,
        leader=leader,
        channels=tuple(
            PosterChannel(row.channel, row.label, shown(row.channel, row.value), row.hours)
            for row in contacts
        ),
        short_url=printed_address(unit, version),
        version=version,
        confirmed_on=confirmed_on,
        valid_until=confirmed_on + timedelta(days=settings.confirm_contacts_every_days),
        crest=crest_file(settings),
        primary=settings.primary_color,
        accent=settings.accent_color,
        hotlines=tuple((line.value["label"], grouped(line.value["number"])) for line in settings.hotlines),
    )


def crest_file(settings: PortalSettings) -> bytes | None:
    """The kabupaten's crest for print; None where there is none."""
    return _picture(settings.crest, CREST)


def _leader(leader: Leader | ConfirmedLeader, photo: Image | None) -> PosterLeader:
    return PosterLeader(
        name=leader.name,
        office=leader.office,
        standing=leader.standing,
        photo=_picture(photo, PORTRAIT),
        vacant=leader.is_vacant,
    )


def _picture(image: Image | None, form: str) -> bytes | None:
    """None also where the file is gone: a poster without a photo is better than none."""
    picture = rendition(image, form)
    if picture is None:
        return None
    with picture.open_file() as file:
        return file.read()
