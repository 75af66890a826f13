from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from home.context import portal_identity
from home.models import User


def mail_reset_links(email: str) -> None:
    """Mail a link to every active person with this address; an unknown address gets nothing.

    The worker does this, so that asking takes the same time whether or not the address is known.
    """
    until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    for user in User.objects.filter(email__iexact=email, is_active=True):
        token = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        # From the settings: the Host header is the asker's to choose.
        link = settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=token)
        context = {"user": user, "link": link, "until": until, "portal": portal_identity()}
        subject = render_to_string("account/email/password_reset_subject.txt", context)
        body = render_to_string("account/email/password_reset_message.txt", context)
        # To the address on record: what was typed may only look like it.
        send_mail(" ".join(subject.split()), body, None, [user.email])
