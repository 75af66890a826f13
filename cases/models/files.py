from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .case import Case
from .history import Event


class StoredFile(models.Model):
    """Bytes that we made ourselves, under a name of ours, outside the web root."""

    key = models.CharField(max_length=32, unique=True)
    extension = models.CharField(max_length=5)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    # In pixels; a document has none.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}{self.extension}"

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def path(self) -> str:
        """Where it lies below CASE_FILES_ROOT; two letters of folder keep listings short."""
        return f"{self.key[:2]}/{self.key}{self.extension}"


class CaseFile(StoredFile):
    """A photo or document that came with an event of a case; never shown to the public itself."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="files")
    by_reporter = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")

    def get_absolute_url(self) -> str:
        return reverse("case_file", args=[self.key])


class PublicPhoto(StoredFile):
    """A photo of a case as anyone may see it: a file of its own, with what was covered painted over.

    covered: the cells of `intake.grid` that an officer marked.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="public_photos")
    photo = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="public_photo")
    covered = models.JSONField(default=list)

    class Meta:
        ordering = ["photo"]
        verbose_name = _("foto untuk umum")
        verbose_name_plural = _("foto untuk umum")

    def get_absolute_url(self) -> str:
        return reverse("public_photo", args=[self.key])

    @property
    def by_reporter(self) -> bool:
        return self.photo.by_reporter
