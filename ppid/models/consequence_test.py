from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Vouched
from opd_pages.models import Unit


class ExclusionGround(models.Model):
    """A letter of UU 14/2008 Ps 17 by which information may be kept closed."""

    letter = models.CharField(_("huruf"), max_length=1, unique=True)
    title = models.CharField(_("sebutan"), max_length=120)
    legal_basis = models.CharField(_("dasar"), max_length=200)
    # Ps 20: what is closed by letters a to f is not closed for ever.
    is_permanent = models.BooleanField(_("berlaku selamanya"), default=False)

    class Meta:
        ordering = ["letter"]
        verbose_name = _("alasan pengecualian")
        verbose_name_plural = _("alasan pengecualian")

    def __str__(self) -> str:
        return f"{self.legal_basis} ({self.title})"


class ConsequenceTest(Vouched):
    """A weighing of what opening information would do (uji konsekuensi, UU 14/2008 Ps 19): before any refusal."""

    number = models.CharField(_("nomor"), max_length=80)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    # The request that gave rise to it, where one did.
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="consequence_tests")
    information = models.TextField(_("informasi"), max_length=1000)
    ground = models.ForeignKey(
        ExclusionGround, verbose_name=_("alasan"), on_delete=models.PROTECT, related_name="tests"
    )
    legal_basis = models.CharField(_("dasar hukum"), max_length=300)
    if_opened = models.TextField(_("akibat bila dibuka"), max_length=2000)
    if_closed = models.TextField(_("manfaat bila ditutup"), max_length=2000)
    closed_until = models.DateField(_("ditutup sampai"), null=True, blank=True)
    decided_by = models.CharField(_("pejabat yang menetapkan"), max_length=160)
    decided_on = models.DateField(_("ditetapkan tanggal"))

    # From its recording on.
    stands = (
        *("number", "unit_id", "information", "ground_id", "legal_basis", "if_opened", "if_closed"),
        *("closed_until", "decided_by", "decided_on"),
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("uji konsekuensi")
        verbose_name_plural = _("uji konsekuensi")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_until=None) | Q(closed_until__gte=models.F("decided_on")),
                name="consequence_test_term",
            )
        ]

    def holds(self, on: date) -> bool:
        """Whether the information may still be kept closed by it."""
        return self.closed_until is None or on <= self.closed_until

    def __str__(self) -> str:
        return f"{self.number}: {self.information[:60]}"
