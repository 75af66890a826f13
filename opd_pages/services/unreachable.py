"""Contacts by which somebody could not reach a unit: told by anybody, settled by the next confirmation."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.services.day_marks import NetworkFull, SpokenToday, mark_today

from ..models import ConfirmedContact, Fault, UnreachableReport
from .contacts import ContactRefusal

# From one network a day, for all units together: a village may be behind it.
MOST_OF_A_NETWORK = 40
# For one contact a day: more tell its keeper nothing new.
MOST_OF_A_CONTACT = 20


class TooManyFromHere(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(
            _("Hari ini sudah banyak pemberitahuan dari jaringan Anda. Coba lagi besok, atau kirim laporan.")
        )


@transaction.atomic
def tell_unreachable(shown: ConfirmedContact, fault: Fault, *, network: str, device: str) -> bool:
    """Note that a contact the public sees did not lead anywhere; whether it was noted.

    A device tells it once a day for each contact. Nothing is kept of who told. Raises TooManyFromHere.
    """
    # Who tell of the same contact come one after the other, so that the cap holds for those who tell at once.
    ConfirmedContact.objects.select_for_update(no_key=True).filter(pk=shown.pk).first()
    unit = shown.sheet.unit
    today = timezone.localdate()
    told = UnreachableReport.objects.filter(unit=unit, contact=shown.source_id, reported_on=today)
    if told.count() >= MOST_OF_A_CONTACT:
        return False
    try:
        # Counted for the network as a whole; the device is told apart for each contact.
        mark_today("unreachable", address=network, device=f"{device}\n{shown.pk}", most=MOST_OF_A_NETWORK)
    except SpokenToday:
        return False
    except NetworkFull as full:
        raise TooManyFromHere from full
    UnreachableReport.objects.create(unit=unit, contact_id=shown.source_id, fault=fault, reported_on=today)
    return True
