"""allauth's second factor in this house: secrets at rest are encrypted like identities."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from cases.encryption import decrypt, encrypt
from home.models import PortalSettings, User


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, dan pastikan jam telepon Anda "
            "diatur otomatis."
        )
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return PortalSettings.load().region_name or "Pendopo"


def pending_secret(session: SessionBase) -> str:
    """The secret that is being taken up. It stays the same until it is: on a phone, the page is opened once more after the
    secret was carried to the other app."""
    try:
        return decrypt(session[SECRET_SESSION_KEY])
    except (KeyError, InvalidToken):  # none yet, or under a key that was thrown away meanwhile
        secret = generate_totp_secret()
        session[SECRET_SESSION_KEY] = encrypt(secret)
        return secret


def forget_pending_secret(session: SessionBase) -> None:
    session.pop(SECRET_SESSION_KEY, None)
