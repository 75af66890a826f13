from django.db import models
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Section, Unit


class Category(models.Model):
    """What a report is about, in the citizen's words."""

    name = models.CharField(_("nama"), max_length=80, unique=True)
    hint = models.CharField(_("contoh"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)
    is_active = models.BooleanField(_("ditawarkan"), default=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("perangkat daerah yang biasanya berwenang"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kategori")
        verbose_name_plural = _("kategori")

    def __str__(self) -> str:
        return self.name


class SectionDuty(models.Model):
    """Which section of a unit usually looks into a category; only a suggestion to the head."""

    section = models.ForeignKey(
        Section, verbose_name=_("seksi"), on_delete=models.CASCADE, related_name="duties"
    )
    category = models.ForeignKey(
        Category, verbose_name=_("kategori"), on_delete=models.CASCADE, related_name="duties"
    )

    class Meta:
        verbose_name = _("tugas seksi")
        verbose_name_plural = _("tugas seksi")
        constraints = [models.UniqueConstraint(fields=["section", "category"], name="section_duty_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.category}"
