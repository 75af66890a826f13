from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Unit

from ..procedures import BRIEF, PROCEDURE_CHOICES, PROCEDURES, Procedure


class DeskSettings(models.Model):
    """How a unit handles complaints: the procedure it picked, when it opens the desk, who is on duty."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="desk_settings"
    )
    procedure_code = models.CharField(_("prosedur"), max_length=20, choices=PROCEDURE_CHOICES, default=BRIEF)
    first_opening = models.TimeField(_("buka meja pertama"), default=time(8))
    minutes_before_closing = models.PositiveSmallIntegerField(
        _("buka meja kedua, menit sebelum kantor tutup"), default=15, validators=[MaxValueValidator(240)]
    )
    on_duty = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("piket"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Diingatkan bila janji jatuh tempo pada akhir pekan atau hari libur."),
    )

    class Meta:
        verbose_name = _("meja layanan unit")
        verbose_name_plural = _("meja layanan unit")

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_procedure_code_display()}"

    @property
    def procedure(self) -> Procedure:
        return PROCEDURES[self.procedure_code]
