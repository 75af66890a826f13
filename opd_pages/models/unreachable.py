from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .contact import Contact
from .unit import Unit


class Fault(models.TextChoices):
    """What a citizen met with. Chosen, never written: such a report holds no personal data."""

    SILENT = "silent", _("Tidak diangkat atau tidak dibalas")
    WRONG = "wrong", _("Bukan nomor atau akun kantor ini")
    DEAD = "dead", _("Nomor atau akun tidak aktif")


class UnreachableReport(models.Model):
    """Somebody could not reach a unit by one of its contacts. It is open until the contacts are confirmed again."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="unreachable_reports")
    # Empty where the contact was deleted and the public still sees it.
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.CASCADE, related_name="unreachable_reports"
    )
    fault = models.CharField(max_length=8, choices=Fault)
    reported_on = models.DateField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_on", "-pk"]
        verbose_name = _("pemberitahuan kontak tidak terhubung")
        verbose_name_plural = _("pemberitahuan kontak tidak terhubung")
        indexes = [
            models.Index(fields=["unit", "contact"], name="unreachable_open", condition=Q(settled_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_fault_display()}"
