from django.db import models


class DayMark(models.Model):
    """That a device has spoken today: a keyed hash that says nothing else. Gone with its day: services.day_marks."""

    device = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(db_index=True)

    class Meta:
        verbose_name = "tanda hari ini"
        verbose_name_plural = "tanda hari ini"

    def __str__(self) -> str:
        return f"{self.day} {self.device[:8]}"


class NetworkMark(models.Model):
    """How many devices of a network have spoken today, behind a keyed hash of its address. Gone with its day."""

    network = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(db_index=True)
    voices = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tanda jaringan hari ini"
        verbose_name_plural = "tanda jaringan hari ini"

    def __str__(self) -> str:
        return f"{self.day} {self.network[:8]}: {self.voices}"
