from django.db import models


class DayMark(models.Model):
    """That a device has spoken today, in hashes that nobody can read back. Gone the next day: services.day_marks."""

    day = models.DateField(db_index=True)
    purpose = models.CharField(max_length=60)
    device = models.CharField(max_length=64)
    network = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tanda hari ini"
        verbose_name_plural = "tanda hari ini"
        indexes = [models.Index(fields=["purpose", "network"], name="day_mark_network")]
        constraints = [models.UniqueConstraint(fields=["purpose", "device"], name="day_mark_once")]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.day:%Y-%m-%d}"
