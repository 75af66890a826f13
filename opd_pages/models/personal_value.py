from django.db import models


class PersonalValue(models.Model):
    """That a number is somebody's own, remembered when no row speaks of it any more: a hash under a key of the
    installation, from which the number cannot be read."""

    fingerprint = models.CharField(max_length=64, unique=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "nomor pribadi yang pernah tampil"
        verbose_name_plural = "nomor pribadi yang pernah tampil"

    def __str__(self) -> str:
        return self.fingerprint[:8]
