"""The second factor: who needs one, whether a session has shown it, how it is taken up and given back."""

import time

from allauth.account import app_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.http import HttpRequest

from home.models import User
from opd_pages.models import Membership, Role

from .accounts_sessions import end_sessions

# Whoever guesses such a password reads figures, or may change a page that is public anyway. Everybody else needs a
# second factor: they read cases (a partner station those it sent), or may, as an administrator, make anybody anything.
PASSWORD_SUFFICES = frozenset({Role.EDITOR, Role.MONITOR, Role.OBSERVER})


def needs_second_factor(user: User) -> bool:
    """At most 1 query."""
    demanding = Membership.objects.current().filter(user=user).exclude(role__in=PASSWORD_SUFFICES)
    return user.is_superuser or demanding.exists()


def factor_of(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def backup_codes_of(user: User) -> list[str]:
    """Those that were not used yet."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else []


def has_shown_second_factor(request: HttpRequest) -> bool:
    """In this session, not merely once: no query beyond session and user."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def came_in_lately(request: HttpRequest) -> bool:
    """So lately that nobody asks again who they are."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


@transaction.atomic
def enrol(request: HttpRequest, *, secret: str, code: str) -> bool:
    """Take up a second factor whose code was just typed rightly: this session has shown it, every other one ends.

    False where there is one already, since the button was pressed twice.
    """
    user = User.objects.select_for_update().get(pk=request.user.pk)
    if factor_of(user):
        return False
    factor = TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    # Uses the code up: whoever saw it typed cannot come in with it.
    factor.validate_code(code)
    record_authentication(request, user, "mfa", id=factor.instance.pk, type=factor.instance.type)
    end_sessions(user, but=request.session.session_key)
    return True


@transaction.atomic
def remove_second_factor(user: User, *, request: HttpRequest | None = None) -> None:
    """The factor and its backup codes. Every session that has shown it ends; the one of `request`, where the person
    removes it themselves, only forgets that it did."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user, but=request.session.session_key if request else None)
    if request:
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record["method"] != "mfa"
        ]


@transaction.atomic
def renew_backup_codes(user: User) -> None:
    """New codes; the old ones are void at once."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
