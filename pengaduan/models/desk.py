from django.db import models
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Unit

from ..procedures import PROCEDURE_CHOICES


class DeskSettings(models.Model):
    """How a unit handles complaints: the procedure it picked, and what its head has settled."""

    unit = models.OneToOneField(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="desk_settings")
    procedure = models.CharField(_("prosedur"), max_length=20, choices=PROCEDURE_CHOICES)

    class Meta:
        verbose_name = _("meja layanan unit")
        verbose_name_plural = _("meja layanan unit")

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_procedure_display()}"
