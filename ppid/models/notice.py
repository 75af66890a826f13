from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Vouched

from .consequence_test import ConsequenceTest


class Decision(models.TextChoices):
    """Named like the states to which a request moves with its notice."""

    GRANTED = "granted", _("Dikabulkan seluruhnya")
    PARTIALLY_GRANTED = "partially_granted", _("Dikabulkan sebagian")
    REFUSED = "refused", _("Ditolak")
    NOT_HELD = "not_held", _("Tidak dikuasai")


REFUSING = (Decision.PARTIALLY_GRANTED, Decision.REFUSED)
GIVING = (Decision.GRANTED, Decision.PARTIALLY_GRANTED)
DENYING = (Decision.REFUSED, Decision.NOT_HELD)


class Notice(Vouched):
    """The written notice in its seven parts (UU 14/2008 Ps 22(7) a to g), from its draft on: letter, register and page
    are made of this one row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    # a and c: whether it is held, whether it is given; c: by which letter of Ps 17 it is refused.
    decision = models.CharField(_("keputusan"), max_length=17, choices=Decision)
    held_by = models.CharField(_("badan publik yang menguasai"), max_length=200, blank=True)  # b
    consequence_test = models.ForeignKey(
        ConsequenceTest, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    reason = models.TextField(_("alasan"), blank=True)
    material = models.TextField(_("materi yang diberikan"), blank=True)  # d
    redactions = models.TextField(_("bagian yang dihitamkan dan alasannya"), blank=True)  # e
    medium = models.CharField(_("media dan format"), max_length=200, blank=True)  # f
    fee = models.PositiveIntegerField(_("biaya, rupiah"), default=0)  # g
    payment = models.CharField(_("cara pembayaran"), max_length=200, blank=True)  # g
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # The office's own number, and who signs.
    letter_number = models.CharField(_("nomor surat"), max_length=80, blank=True)
    signer = models.CharField(_("nama penanda tangan"), max_length=120, blank=True)
    signer_office = models.CharField(_("jabatan penanda tangan"), max_length=120, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    # The letter as it was signed, without its addressee: ppid.letters.notice.
    letter = models.JSONField(null=True)
    # The documents that went out with it, as salted hashes: known when they themselves are erased.
    enclosed = models.JSONField(default=list)

    # Once it is issued.
    stands = (
        *(
            "decision",
            "held_by",
            "consequence_test_id",
            "reason",
            "material",
            "redactions",
            "medium",
            "fee",
            "payment",
        ),
        *(
            "drafted_by_id",
            "drafted_at",
            "letter_number",
            "signer",
            "signer_office",
            "issued_by_id",
            "issued_at",
        ),
        *("letter", "enclosed"),
    )

    class Meta:
        ordering = ["case", "-pk"]
        verbose_name = _("pemberitahuan tertulis")
        verbose_name_plural = _("pemberitahuan tertulis")
        constraints = [
            models.UniqueConstraint(fields=["case"], name="notice_once"),
            # UU 14/2008 Ps 19: nothing is refused that was not weighed.
            models.CheckConstraint(
                condition=~Q(decision__in=REFUSING) | Q(consequence_test__isnull=False),
                name="refusal_was_weighed",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | ~Q(letter_number=""), name="issued_notice_is_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"

    @property
    def is_held(self) -> bool:
        return self.decision != Decision.NOT_HELD

    @property
    def gives(self) -> bool:
        return self.decision in GIVING
