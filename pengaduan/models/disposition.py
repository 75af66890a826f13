from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event
from opd_pages.models import Section, Unit


class Disposition(models.Model):
    """An order to look into a report; orders grow into a tree from the head down."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispositions")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="disposition")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="+")
    # Whose order it is. Spoken: `recorded_by` wrote down what the head said.
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_spoken = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("disposisi")
        verbose_name_plural = _("disposisi")

    def __str__(self) -> str:
        return f"{self.case_id} → {self.section or self.unit}"
