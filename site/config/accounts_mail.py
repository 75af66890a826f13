from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import OutboxMessage
from cases.own_messages import OwnMessage
from cases.services.outbox import message_to
from home.context import portal_identity
from home.models import User

PASSWORD_RESET = "password_reset"  # noqa: S105


def ask_for_reset_links(email: str) -> None:
    """Write down that every active person with this address is to be mailed a link; for an unknown one nothing.

    The worker does this, so that asking takes the same time whether or not the address is known.
    """
    now = timezone.now()
    for user in User.objects.filter(email__iexact=email, is_active=True):
        # To the address on record: what was typed may only look like it.
        message_to(None, PASSWORD_RESET, at=now, recipient=user).save()


def is_still_wanted(row: OutboxMessage, now: datetime) -> bool:
    """Not for longer than a link would hold, nor after its owner came in without."""
    came_in = row.recipient.last_login
    return now < _until(row) and (came_in is None or came_in < row.created_at)


def worded(row: OutboxMessage) -> tuple[str, str]:
    """The link is made when it is sent, and kept nowhere."""
    user = row.recipient
    token = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    # From the settings: the Host header is the asker's to choose.
    link = settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=token)
    context = {"user": user, "link": link, "until": _until(row), "portal": portal_identity()}
    subject = render_to_string("account/email/password_reset_subject.txt", context)
    body = render_to_string("account/email/password_reset_message.txt", context)
    return " ".join(subject.split()), body


def _until(row: OutboxMessage) -> datetime:
    return row.created_at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


reset_links = OwnMessage(PASSWORD_RESET, _("Kata sandi baru"), is_still_wanted, worded)
