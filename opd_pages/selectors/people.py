"""Leaders as the public meets them."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.utils.translation import gettext as _
from wagtail.images.models import Image

from home.pictures import rendition

from ..addresses import unit_address
from ..models import ConfirmedLeader, ContactSheet, Level

PORTRAIT = "fill-192x240|format-webp"


@dataclass(frozen=True)
class Person:
    """What components/person.html shows of a leader; `photo_url` may be ""."""

    name: str
    role: str
    photo_url: str


def person(leader: ConfirmedLeader) -> Person:
    """Wants select_related("source__photo")."""
    if leader.is_vacant:
        return Person(_("Jabatan kosong"), leader.title, "")
    return Person(leader.name, leader.title, portrait_url(confirmed_photo(leader)))


def confirmed_photo(leader: ConfirmedLeader) -> Image | None:
    """The photo, only beside the name it belongs to: what was confirmed may be the predecessor's."""
    source = leader.source
    return source.photo if source and source.name == leader.name else None


def portrait_url(photo: Image | None) -> str:
    """ "" without a photo, or where its file is gone."""
    picture = rendition(photo, PORTRAIT)
    return picture.url if picture else ""


def leaders_panel() -> dict | None:
    """Regent and deputy for the home page, as last confirmed: 1 query and each photo once per process."""
    sheets = ContactSheet.objects.filter(unit__parent=None, unit__kind__level=Level.ROOT).order_by("-version")
    leaders = list(
        ConfirmedLeader.objects.filter(sheet=Subquery(sheets.values("pk")[:1])).select_related(
            "source__photo", "sheet__unit__page"
        )
    )
    if not leaders:
        return None
    return {
        "template": "opd_pages/panels/leaders.html",
        "people": [person(leader) for leader in leaders],
        "url": unit_address(leaders[0].sheet.unit),
    }
