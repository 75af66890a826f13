from django.db import models
from django.utils.translation import gettext_lazy as _

from ..encryption import EncryptedTextField, KeyedHashField
from .case import Case


class Party(models.Model):
    """The person behind a case. Encrypted at rest, found by keyed hash; there is no row for 'tanpa identitas'."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="party", primary_key=True)
    name = EncryptedTextField(_("nama"), blank=True)
    phone = EncryptedTextField(_("telepon"), blank=True)
    email = EncryptedTextField(_("surel"), blank=True)
    phone_hash = KeyedHashField(of="phone")
    email_hash = KeyedHashField(of="email")

    class Meta:
        verbose_name = _("identitas warga")
        verbose_name_plural = _("identitas warga")
        # Not `db_index` at the fields: on PostgreSQL that makes a second one each, for beginnings of a hash.
        indexes = [
            models.Index(fields=["phone_hash"], name="party_phone"),
            models.Index(fields=["email_hash"], name="party_email"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
