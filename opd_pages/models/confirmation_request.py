from django.db import models

from .contact import Confirmation


class ConfirmationRequest(models.Model):
    """That a unit's people were asked by mail whether contacts still hold, for the how-manieth time."""

    confirmation = models.ForeignKey(Confirmation, on_delete=models.CASCADE, related_name="requests")
    round = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["confirmation", "round"]
        verbose_name = "permintaan konfirmasi"
        verbose_name_plural = "permintaan konfirmasi"
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "round"], name="confirmation_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.confirmation}: {self.round}"
