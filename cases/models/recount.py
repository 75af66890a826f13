from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayImport(models.Model):
    """The days that the last import of a year brought, so that what the office took out is known as taken out."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    # ISO dates.
    days = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.year}"


class Recount(models.Model):
    """A change of holidays, rules or hours, with the clocks that wait for their new date. The worker takes them up."""

    why = models.CharField(max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    # Keys of deadlines.
    waiting = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("penghitungan ulang")
        verbose_name_plural = _("penghitungan ulang")

    def __str__(self) -> str:
        return self.why
