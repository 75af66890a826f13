"""The secrets of second factors when the identity keys change: they lie in allauth's JSON, not in a field of ours."""

from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.encryption import MARK_LENGTH, decrypt, encrypt, key_mark
from cases.services.key_rotation import older_marks

# What MFAAdapter has encrypted: of an app's codes, of backup codes.
SECRETS = ("secret", "seed")


class SealedFactors:
    """As many as there are officers: each is looked at."""

    label = _("verifikasi dua langkah")

    def under_older_keys(self) -> int:
        older = older_marks()
        return sum(mark in older for _factor, mark in self._marked())

    def under_no_key(self) -> int:
        known = set(map(key_mark, settings.IDENTITY_KEYS))
        return sum(mark not in known for _factor, mark in self._marked())

    def renew(self, note: Callable[[int], None]) -> None:
        older = older_marks()
        waiting = [factor.pk for factor, mark in self._marked() if mark in older]
        with transaction.atomic():
            for factor in Authenticator.objects.select_for_update().filter(pk__in=waiting):
                for name in SECRETS:
                    if name in factor.data:
                        factor.data[name] = encrypt(decrypt(factor.data[name]))
                factor.save(update_fields=["data"])
        note(len(waiting))

    def _marked(self) -> Iterator[tuple[Authenticator, str]]:
        for factor in Authenticator.objects.all():
            for name in SECRETS:
                if name in factor.data:
                    yield factor, factor.data[name][:MARK_LENGTH]
