from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Role, Section, Unit

from .case import Case
from .clock import Deadline


class Task(models.Model):
    """A step somebody owes a case. Steps may overlap; the case's status is their summary."""

    # Its index is the one by case and unit below.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    step = models.CharField(max_length=30)
    # Asked for with a case, or while it is open.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    role = models.CharField(max_length=20, choices=Role)
    section = models.ForeignKey(
        Section, null=True, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    deadline = models.ForeignKey(Deadline, null=True, on_delete=models.PROTECT, related_name="tasks")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("tugas")
        verbose_name_plural = _("tugas")
        indexes = [
            # "Has this unit a step in this case?" is asked of each case that is looked at (cases.visibility). By the unit
            # alone, SQLite would walk through all steps the unit ever had, for every case anew.
            models.Index(fields=["case", "unit"], name="task_case_unit"),
            models.Index(
                fields=["unit", "role", "section", "case"], name="task_open", condition=Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"
