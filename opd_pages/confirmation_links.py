"""The link in a mail that asks whether contacts still hold: signed, for one person and one unit, for a month."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from home.models import User

from .models import Confirmation, Unit

SALT = "opd_pages.confirmation"
GOOD_FOR_SECONDS = 30 * 24 * 3600


def confirmation_link(confirmation: Confirmation, person: User) -> str:
    """The full address; it says who is asked about what by their numbers alone."""
    token = signing.dumps([confirmation.pk, person.pk], salt=SALT)
    return settings.PUBLIC_URL + reverse("confirm_by_link", args=[token])


def read_link(token: str) -> tuple[Confirmation, User] | None:
    """What is asked, and who; None where the link is too old, forged, or its person gone."""
    try:
        confirmation_pk, person_pk = signing.loads(token, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    asked = Confirmation.objects.select_related(
        "sheet__unit__kind", "sheet__unit__parent__kind", "sheet__unit__page"
    )
    confirmation = asked.filter(pk=confirmation_pk).first()
    person = User.objects.filter(pk=person_pk, is_active=True).first()
    return (confirmation, person) if confirmation and person else None


def asked_unit(confirmation: Confirmation) -> Unit:
    return confirmation.sheet.unit
