"""Leaders as the public meets them."""

from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _
from wagtail.images.models import Image

from ..addresses import unit_address
from ..models import ConfirmedLeader, ContactSheet, Leader, Level, Unit


@dataclass(frozen=True)
class Person:
    """What components/person.html shows of a leader."""

    name: str
    role: str
    photo: Image | None


def person(leader: ConfirmedLeader) -> Person:
    """Wants select_related("source__photo")."""
    if leader.is_vacant:
        return Person(_("Jabatan kosong"), leader.title, None)
    return Person(leader.name, leader.title, confirmed_photo(leader))


def confirmed_photo(leader: ConfirmedLeader) -> Image | None:
    """The photo, only beside the name it belongs to: what was confirmed may be the predecessor's."""
    source = leader.source
    return source.photo if source and source.name == leader.name else None


def portraits() -> list[tuple[QuerySet[Image], tuple[str, ...]]]:
    """Photos for the worker to paint: of everybody who leads a unit, also before their name is confirmed."""
    return [(Image.objects.filter(pk__in=Leader.objects.values("photo")), ("portrait",))]


def leaders_of(unit: Unit) -> list[Person]:
    """Who leads a unit, as last confirmed: 1 query and each photo once per process."""
    sheets = ContactSheet.objects.filter(unit=unit).order_by("-version")
    leaders = ConfirmedLeader.objects.filter(sheet=Subquery(sheets.values("pk")[:1]))
    return [person(leader) for leader in leaders.select_related("source__photo")]


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
