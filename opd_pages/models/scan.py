from django.db import models

from .unit import Unit


class PosterScans(models.Model):
    """How often the code of a unit's poster was scanned on a day. Nothing is kept of who did."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="poster_scans")
    day = models.DateField()
    scans = models.PositiveIntegerField(default=0)
    # Those among them that came from a print whose contacts have changed since.
    of_old_prints = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit", "day"]
        verbose_name = "pindaian poster"
        verbose_name_plural = "pindaian poster"
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="poster_scans_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.day:%Y-%m-%d}: {self.scans}"
