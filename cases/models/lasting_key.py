from django.db import models
from django.utils.translation import gettext_lazy as _

from ..encryption import EncryptedTextField


class LastingKey(models.Model):
    """A key for what must stay the same when the identity keys change: codes on paper, proofs in others' hands.

    Random, encrypted like an identity: whoever holds an identity key without the database can make nothing with it.
    """

    purpose = models.CharField(max_length=30, primary_key=True)
    key = EncryptedTextField()

    class Meta:
        verbose_name = _("kunci tetap")
        verbose_name_plural = _("kunci tetap")

    def __str__(self) -> str:
        return self.purpose
