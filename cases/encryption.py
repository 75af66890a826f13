"""Identities at rest: encrypted under keys that never enter the database, found again by keyed hash."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

MARK_LENGTH = 8


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key.encode()) for key in keys])
    except ValueError as fault:
        raise ImproperlyConfigured("IDENTITY_KEYS: setiap kunci 32 byte base64 urlsafe") from fault


@cache
def key_mark(key: str) -> str:
    """8 hex digits that stand before what a key has encrypted and tell nothing of the key."""
    return hashlib.sha256(f"mark:{key}".encode()).hexdigest()[:MARK_LENGTH]


def encrypt(text: str) -> str:
    """The key's mark, a colon and a Fernet token under the first key."""
    keys = tuple(settings.IDENTITY_KEYS)
    return f"{key_mark(keys[0])}:{_box(keys).encrypt(text.encode()).decode()}"


def decrypt(token: str) -> str:
    """Raises cryptography.fernet.InvalidToken where no key fits."""
    _mark, _colon, sealed = token.rpartition(":")
    return _box(tuple(settings.IDENTITY_KEYS)).decrypt(sealed.encode()).decode()


def keyed_hash(purpose: str, text: str, *, key: str | None = None) -> str:
    """64 hex digits: the same for the same text under the same key, the first where none is named; useless without it."""
    secret = base64.urlsafe_b64decode(key or settings.IDENTITY_KEYS[0])
    return hmac.new(secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def hashes_to_find(purpose: str, text: str) -> list[str]:
    """What a row may hold while it waits to be hashed anew: the hash under each key."""
    return [keyed_hash(purpose, text.lower(), key=key) for key in settings.IDENTITY_KEYS]


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


class KeyedHashField(models.CharField):
    """The keyed hash of another field of its row, by which that is found again; made anew whenever the row is saved.

    Small and capital letters are the same. Look for any of `hashes_to_find`.
    """

    def __init__(self, *args, of: str, **kwargs) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "blank": True} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add):
        text = getattr(model_instance, self.of)
        hashed = keyed_hash(self.of, text.lower()) if text else ""
        setattr(model_instance, self.attname, hashed)
        return hashed
