"""The second factors of the demonstration: whoever tries it has no telephone for each account."""

import base64
import hashlib
import time
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.utils.translation import gettext as _

from cases.encryption import decrypt, encrypt
from home.models import User
from opd_pages.models import Membership

from ..accounts_factor import PASSWORD_SUFFICES
from .units import DemoRefused

# Seconds for which allauth lets a code count.
PERIOD = 30


@dataclass(frozen=True)
class Code:
    digits: str
    seconds_left: int


def fixed_secret(username: str) -> str:
    """The same for every demonstration, so that an app that knows it keeps it when the demonstration is made anew."""
    return base64.b32encode(hashlib.sha256(f"pendopo-contoh:{username}".encode()).digest()[:20]).decode()


def set_up_factors() -> int:
    """For those whose role demands one and who have none yet. Returns how many were set up. 2 queries."""
    demanding = Membership.objects.current().exclude(role__in=PASSWORD_SUFFICES)
    people = User.objects.filter(is_demo=True, memberships__in=demanding).distinct()
    made = Authenticator.objects.bulk_create(
        Authenticator(
            user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(fixed_secret(user.username))}
        )
        for user in people.exclude(authenticator__type=Authenticator.Type.TOTP)
    )
    return len(made)


def current_code(username: str) -> Code:
    """What the telephone of somebody made up would show. Raises DemoRefused for everybody else, and in production."""
    if settings.IS_PRODUCTION:
        raise DemoRefused(_("Kode masuk hanya ditampilkan untuk akun contoh, bukan di production."))
    user = User.objects.filter(username__iexact=username, is_demo=True).first()
    if user is None:
        raise DemoRefused(_("%s bukan akun contoh. Daftarnya: manage.py demo --accounts") % username)
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None:
        raise DemoRefused(_("%s masuk dengan kata sandi saja.") % user.username)
    (counter,) = yield_hotp_counters_from_time()
    value = hotp_value(decrypt(factor.data["secret"]), counter)
    return Code(format_hotp_value(value), PERIOD - int(time.time()) % PERIOD)
