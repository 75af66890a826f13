from django.db import models
from django.utils.translation import gettext_lazy as _

from .case import Case
from .history import Event


class CaseFile(models.Model):
    """A file of a case, always re-encoded by us, under a name of ours, outside the web root."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="files")
    key = models.CharField(max_length=32, unique=True)
    extension = models.CharField(max_length=5)
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by_reporter = models.BooleanField()
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")

    def __str__(self) -> str:
        return f"{self.key}{self.extension}"

    @property
    def path(self) -> str:
        """Where it lies below CASE_FILES_ROOT; two letters of folder keep listings short."""
        return f"{self.key[:2]}/{self.key}{self.extension}"
