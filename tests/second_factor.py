"""Second factors for tests: who counts as having shown one, and codes as a telephone would show them."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.test import Client

from home.models import User

_by_password = Client.force_login


def log_in_by_password(client: Client, user: User) -> None:
    """As `force_login` did of itself: nothing was shown but a password."""
    _by_password(client, user)


def log_in_by_both(client: Client, user: User, backend: str | None = None) -> None:
    """What `force_login` does in every test, since most are about what lies behind the door."""
    _by_password(client, user, backend)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()


def set_up(user: User) -> None:
    """A telephone with an app, and backup codes."""
    auth.TOTP.activate(user, auth.generate_totp_secret())
    RecoveryCodes.activate(user)


def code_of(user: User, *, ahead: int = 0) -> str:
    """What the telephone shows now, or so many half-minutes from now."""
    factor = Authenticator.objects.get(user=user, type="totp")
    return code_from(decrypt(factor.data["secret"]), ahead=ahead)


def code_from(secret: str, *, ahead: int = 0) -> str:
    (now,) = auth.yield_hotp_counters_from_time()
    return auth.format_hotp_value(auth.hotp_value(secret.replace(" ", ""), now + ahead))
