from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.hashing import SALT_LENGTH
from cases.models import Case, EventWords
from opd_pages.models import Unit

from ..procedures import PROCEDURES, Procedure
from .category import Category


class ReportClass(models.TextChoices):
    COMPLAINT = "complaint", _("Pengaduan")
    ASPIRATION = "aspiration", _("Aspirasi")
    INFORMATION = "information", _("Permintaan informasi")
    WHISTLEBLOWING = "whistleblowing", _("Pelaporan pelanggaran oleh petugas")


class Channel(models.TextChoices):
    WEB = "web", _("laman")
    COUNTER = "counter", _("datang ke kantor")
    PHONE = "phone", _("telepon")
    MESSAGE = "message", _("SMS atau pesan singkat")
    RADIO = "radio", _("radio")
    HEAD = "head", _("pesan kepada pimpinan")


class Complaint(models.Model):
    """What a report says besides what every case has. Its words stand with the first event of its history."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="complaint")
    report_class = models.CharField(_("jenis laporan"), max_length=14, choices=ReportClass)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="complaints")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    procedure = models.CharField(max_length=20)
    district = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    landmark = models.CharField(_("patokan"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    # The reviewed copy that anyone may read; empty until an officer has approved it.
    public_text = models.TextField(_("salinan untuk umum"), blank=True)
    # Of the hash over the copy and its answers that the history holds; goes with the copy.
    copy_salt = models.CharField(max_length=SALT_LENGTH, blank=True, editable=False)

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")

    def __str__(self) -> str:
        return self.case.number

    @cached_property
    def words(self) -> str:
        """What was reported, or "" once it is erased: 1 query, unless many were loaded together."""
        words = EventWords.objects.filter(event__case=self.case_id, event__seq=1)
        return words.values_list("text", flat=True).first() or ""

    @property
    def desk_procedure(self) -> Procedure:
        return PROCEDURES[self.procedure]

    @property
    def place(self) -> str:
        """The address path as people say it: patokan, desa, kecamatan."""
        parts = [self.landmark, self.village.full_name if self.village else ""]
        parts.append(self.district.full_name if self.district else "")
        return ", ".join(part for part in parts if part)
