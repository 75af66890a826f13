"""Identities at rest: encrypted under keys that never enter the database, found again by keyed hash."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key.encode()) for key in keys])
    except ValueError as fault:
        raise ImproperlyConfigured("IDENTITY_KEYS: setiap kunci 32 byte base64 urlsafe") from fault


def encrypt(text: str) -> str:
    return _box(tuple(settings.IDENTITY_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Raises cryptography.fernet.InvalidToken where no key fits."""
    return _box(tuple(settings.IDENTITY_KEYS)).decrypt(token.encode()).decode()


def keyed_hash(purpose: str, text: str, *, key: str | None = None) -> str:
    """64 hex digits: the same for the same text, useless without the key. The oldest key is used, so that adding a
    new one in front leaves what was hashed findable."""
    secret = base64.urlsafe_b64decode(key or settings.IDENTITY_KEYS[-1])
    return hmac.new(secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is a Fernet token in the database and plain in Python. Empty stays empty; it cannot be searched."""

    def get_prep_value(self, value):
        return encrypt(value) if value else ""

    def from_db_value(self, value, expression, connection):
        if not value:
            return ""
        try:
            return decrypt(value)
        except InvalidToken as fault:
            raise ImproperlyConfigured(
                "Identitas tidak terbuka dengan IDENTITY_KEYS yang sekarang."
            ) from fault
