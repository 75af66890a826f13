"""Keyed hashes that outlive the identity keys."""

import base64
import secrets
from functools import cache

from .encryption import keyed_hash

ACCESS_CODE, ROOT_LEAF, PERSONAL_VALUE = "access-code", "root-leaf", "personal-value"


def lasting_hash(purpose: str, text: str) -> str:
    """64 hex digits, the same for ever in this installation. No query once the process has used the key."""
    return keyed_hash(purpose, text, key=_key(purpose))


def make_keys(using: str) -> None:
    """The installation's own keys, made once, at its first migrate."""
    from .models import LastingKey

    LastingKey.objects.using(using).bulk_create(
        [
            LastingKey(purpose=purpose, key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
            for purpose in (ACCESS_CODE, ROOT_LEAF, PERSONAL_VALUE)
        ],
        ignore_conflicts=True,
    )


@cache
def _key(purpose: str) -> str:
    from .models import LastingKey

    return LastingKey.objects.get(purpose=purpose).key
