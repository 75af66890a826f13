"""The commitment a unit's head signs, recorded, replaced, and ended with the office held."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images.models import Image

from home.models import User

from ..models import Leader, Pledge, Unit
from .changed_contacts import contact_changed
from .contacts import ContactRefusal, lock
from .portraits import unit_collection


class NothingPledged(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Isi teksnya, atau unggah foto lembar yang ditandatangani."))


class NobodyToPledge(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Jabatan pimpinan kosong. Isi dulu nama pimpinannya."))


@transaction.atomic
def record_pledge(
    leader: Leader, *, by: User, signed_on: date, text: str, picture: bytes | None = None
) -> Pledge:
    """Show the head's commitment on the unit's page, in place of an earlier one. `picture` is JPEG of `paint_anew`.

    Raises NothingPledged, NobodyToPledge.
    """
    if not text.strip() and picture is None:
        raise NothingPledged
    if leader.is_vacant:
        raise NobodyToPledge
    lock(leader.unit)
    _end(leader.unit.pledges.all())
    pledge = Pledge.objects.create(
        unit=leader.unit,
        leader=leader,
        name=leader.name,
        office=leader.title,
        text=text.strip(),
        signed_on=signed_on,
        recorded_by=by,
        picture=_kept(leader, picture, by) if picture else None,
    )
    contact_changed(leader.unit)
    return pledge


def end_pledges_of(leader: Leader) -> None:
    """Who left the office is no longer held to its commitment. Wants a transaction."""
    _end(leader.pledges.all())
    contact_changed(leader.unit)


def end_pledges(unit: Unit) -> None:
    """The unit ends. Wants a transaction."""
    _end(unit.pledges.all())
    contact_changed(unit)


@transaction.atomic
def take_back_pledge(unit: Unit) -> None:
    """The commitment was entered by mistake, or its head takes it back."""
    lock(unit)
    end_pledges(unit)


def _end(pledges: QuerySet[Pledge]) -> None:
    """What was said stays on record; the sheet with the signature goes."""
    for pledge in pledges.filter(ended_at=None).select_related("picture"):
        sheet, pledge.picture, pledge.ended_at = pledge.picture, None, timezone.now()
        pledge.save(update_fields=["picture", "ended_at"])
        if sheet:
            sheet.delete()


def _kept(leader: Leader, jpeg: bytes, by: User) -> Image:
    title = _("Komitmen %(office)s yang ditandatangani") % {"office": leader.title}
    return Image.objects.create(
        title=title,
        description=title,
        file=ContentFile(jpeg, name=f"komitmen-{leader.unit.short_code.lower()}.jpg"),
        collection=unit_collection(leader.unit),
        uploaded_by_user=by,
    )
