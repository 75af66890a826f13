"""The commitment of a unit's head, while it holds."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.images.models import Rendition

from home.pictures import rendition

from ..models import Pledge, Unit

SHEET = "max-1600x2000|format-jpeg"


@dataclass(frozen=True)
class ShownPledge:
    """What opd_pages/pledge.html shows; `sheet` is the picture's id, None where only words were signed."""

    name: str
    office: str
    text: str
    signed_on: date
    sheet: int | None


def pledge_in_force(unit: Unit) -> Pledge | None:
    """1 query."""
    return _in_force(unit).first()


def pledge_told(unit: str) -> Subquery:
    """The commitment in force as JSON, for a query that is made anyway; `unit` names the unit's column there.

    `shown_pledge` reads it.
    """
    told = JSONObject(name="name", office="office", text="text", signed_on="signed_on", sheet="picture_id")
    return Subquery(_in_force(OuterRef(unit)).values(told=told)[:1])


def shown_pledge(told: dict | None) -> ShownPledge | None:
    return ShownPledge(**told | {"signed_on": date.fromisoformat(told["signed_on"][:10])}) if told else None


def signed_sheet(unit: Unit) -> Rendition | None:
    """The photo of what was signed, as anyone sees it."""
    pledge = _in_force(unit).select_related("picture").first()
    return rendition(pledge.picture, SHEET) if pledge else None


def _in_force(unit: Unit | OuterRef) -> QuerySet[Pledge]:
    return Pledge.objects.filter(unit=unit, ended_at=None)
