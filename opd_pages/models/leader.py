from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .unit import Unit


class Standing(models.TextChoices):
    DEFINITIVE = "", _("definitif")
    PLT = "Plt.", _("pelaksana tugas (Plt.)")
    PLH = "Plh.", _("pelaksana harian (Plh.)")


class Leader(models.Model):
    """Who leads a unit. A vacant post is a row without a name; the regent's deputy is the second row."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="leaders")
    rank = models.PositiveSmallIntegerField(_("urutan"), default=1)
    office = models.CharField(_("jabatan"), max_length=100, help_text=_("Misalnya Camat Kapas."))
    standing = models.CharField(
        _("kedudukan"), max_length=4, choices=Standing, default=Standing.DEFINITIVE, blank=True
    )
    name = models.CharField(
        _("nama dan gelar"), max_length=120, blank=True, help_text=_("Kosongkan bila jabatan kosong.")
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["unit", "rank"]
        verbose_name = _("pimpinan")
        verbose_name_plural = _("pimpinan")
        constraints = [models.UniqueConstraint(fields=["unit", "rank"], name="leader_unique_rank")]

    def __str__(self) -> str:
        return f"{self.title}: {self.name or _('jabatan kosong')}"

    @property
    def is_vacant(self) -> bool:
        return not self.name.strip()

    @property
    def title(self) -> str:
        return f"{self.standing} {self.office}" if self.standing and not self.is_vacant else self.office

    def clean(self) -> None:
        super().clean()
        if self.standing and self.is_vacant:
            raise ValidationError({"name": _("Plt. dan Plh. selalu seseorang: isi namanya.")})
