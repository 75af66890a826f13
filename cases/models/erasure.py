from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from .case import Case
from .verification import Verified


class Erasable(models.TextChoices):
    """What the law may require to be erased of a case. That it happened, and when, stays."""

    IDENTITY = "identity", _("identitas")
    WORDS = "words", _("isi tulisan")
    FILES = "files", _("berkas")

    @property
    def event_kind(self) -> str:
        """Of the line of history that says it was erased. Its words, the reason, are never erased."""
        return f"{self.value}_erased"


class RetentionRule(Verified):
    """How long after its end something of a case is kept. Nothing is erased by a rule that nobody has verified."""

    kind = models.CharField(_("jenis perkara"), max_length=20)
    subject = models.CharField(_("yang dihapus"), max_length=10, choices=Erasable)
    months = models.PositiveSmallIntegerField(
        _("disimpan, bulan sejak ditutup"), validators=[MinValueValidator(1), MaxValueValidator(1200)]
    )
    # Only where words are erased: what an officer has reviewed for anyone is the office's own. Whoever asks for erasure
    # themselves takes it back with the rest, whatever this says.
    keeps_public_copy = models.BooleanField(
        _("salinan untuk umum tetap tampil"),
        default=False,
        help_text=_("Bagi isi tulisan: salinan yang sudah ditinjau petugas tidak ikut ditarik."),
    )

    class Meta:
        ordering = ["kind", "subject"]
        verbose_name = _("aturan penyimpanan")
        verbose_name_plural = _("aturan penyimpanan")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                name="retention_rule_once",
                violation_error_message=_("Aturan untuk ini sudah ada. Ubah aturan itu."),
            )
        ]

    def __str__(self) -> str:
        return __("%(kind)s, %(subject)s: %(months)s bulan") % {
            "kind": self.kind_title,
            "subject": self.get_subject_display(),
            "months": self.months,
        }

    @property
    def kind_title(self) -> str:
        from ..kinds import all_kinds

        return next((str(kind.label) for kind in all_kinds() if kind.kind == self.kind), self.kind)


class Erasure(models.Model):
    """What is left where something was erased: when, why and how much, and nothing of what it was."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasures")
    subject = models.CharField(_("yang dihapus"), max_length=10, choices=Erasable)
    at = models.DateTimeField(_("waktu"))
    rule = models.ForeignKey(RetentionRule, null=True, on_delete=models.PROTECT, related_name="erasures")
    basis = models.CharField(_("menurut"), max_length=200)
    # Who erased it at the person's own request; nobody where a rule did.
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rows = models.PositiveIntegerField(_("jumlah"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("penghapusan")
        verbose_name_plural = _("penghapusan")

    def __str__(self) -> str:
        return f"{self.case_id} {self.subject}"
