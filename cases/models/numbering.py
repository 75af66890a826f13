from django.db import models
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Unit


class NumberSeries(models.Model):
    """The last number given to a unit, kind and year; demo cases count in a series of their own."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    is_demo = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("seri nomor")
        verbose_name_plural = _("seri nomor")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year", "is_demo"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.kind}-{self.unit_id}"
