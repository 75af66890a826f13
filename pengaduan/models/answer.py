from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from home.satisfaction import Satisfaction
from opd_pages.models import Unit


class Outcome(models.TextChoices):
    """What an answer means for the reporter. "We told someone" is none of them."""

    DONE = "done", _("Sudah dikerjakan")
    PROMISED = "promised", _("Dijanjikan")
    REFUSED = "refused", _("Tidak dapat dipenuhi")
    PASSED_ON = "passed_on", _("Diteruskan")


class Answer(models.Model):
    """An answer from its first wording to its publication; a case that is reopened gets another one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("jawaban"))
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome)
    promised_until = models.DateField(_("dijanjikan sampai"), null=True, blank=True)
    passed_to = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    # A promise counts as kept only when somebody other than who answered has looked.
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    satisfaction = models.PositiveSmallIntegerField(choices=Satisfaction, null=True)
    rated_at = models.DateTimeField(null=True)
    # The reviewed wording that anyone may read; empty until an officer has put it beside the public copy.
    public_text = models.TextField(_("jawaban untuk umum"), blank=True)

    class Meta:
        ordering = ["case", "-pk"]
        indexes = [models.Index(fields=["-approved_at"], name="answer_public", condition=~Q(public_text=""))]
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PROMISED) | Q(promised_until__isnull=False),
                name="promise_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PASSED_ON) | Q(passed_to__isnull=False),
                name="passed_on_to_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"

    @property
    def is_open_promise(self) -> bool:
        return self.outcome == Outcome.PROMISED and self.approved_at is not None and self.checked_at is None

    def was_given_by(self, user) -> bool:
        """Whether this person worded or approved it, and so is nobody to judge it."""
        return user.pk in (self.drafted_by_id, self.approved_by_id)
