from django.db import models

from .unit import Unit


class UnitOutline(models.Model):
    """The shape of a unit's area as SVG path data, in thousandths of a degree: x to the east, y to the south."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="outline")
    path = models.TextField()
    # The box around it, and where its name is written.
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()
    name_x = models.FloatField()
    name_y = models.FloatField()

    def __str__(self) -> str:
        return str(self.unit)
