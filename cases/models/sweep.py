from django.db import models


class SweepMark(models.Model):
    """When a recurring duty last ran through; old marks are how a stopped worker shows."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
