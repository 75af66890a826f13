from django.db import models
from django.utils.translation import gettext_lazy as _


class Verified(models.Model):
    """A row that says what the law says, and who compared it with the text."""

    legal_basis = models.CharField(_("dasar"), max_length=200)
    verified_by = models.CharField(_("diverifikasi oleh"), max_length=120, blank=True)
    verified_on = models.DateField(_("diverifikasi tanggal"), null=True, blank=True)
    verified_against = models.CharField(_("dicocokkan dengan naskah"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by and self.verified_on)
