from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.encryption import EncryptedTextField
from cases.models import Case


class ApplicantKind(models.TextChoices):
    PERSON = "person", _("Perorangan")
    ENTITY = "entity", _("Badan hukum")


class Obtaining(models.TextChoices):
    """How the applicant wants to get at the information (UU 14/2008 Ps 4)."""

    SEEING = "seeing", _("Melihat, membaca, mendengarkan, atau mencatat")
    SOFT_COPY = "soft_copy", _("Salinan berkas elektronik")
    HARD_COPY = "hard_copy", _("Salinan tercetak")


class Delivery(models.TextChoices):
    IN_PERSON = "in_person", _("Diambil langsung")
    COURIER = "courier", _("Kurir")
    POST = "post", _("Pos")
    EMAIL = "email", _("Surel")


class Channel(models.TextChoices):
    WEB = "web", _("laman")
    COUNTER = "counter", _("datang ke kantor")
    PHONE = "phone", _("telepon")
    LETTER = "letter", _("surat")
    HANDED_OVER = "handed_over", _("laporan yang diserahkan")


class InformationRequest(models.Model):
    """What a request for information says besides what every case has. The information asked for stands with the first
    event of its history; name, telephone and e-mail with the case's party.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="information_request"
    )
    applicant_kind = models.CharField(
        _("pemohon"), max_length=6, choices=ApplicantKind, default=ApplicantKind.PERSON
    )
    # The NIK of a person, the number of the deed of a legal entity.
    id_number = EncryptedTextField(_("NIK atau nomor akta"), blank=True)
    address = EncryptedTextField(_("alamat"), blank=True)
    occupation = EncryptedTextField(_("pekerjaan"), blank=True)
    # In whose name somebody with a power of attorney asks.
    represented = EncryptedTextField(_("pemberi kuasa"), blank=True)
    purpose = models.TextField(_("tujuan penggunaan"), blank=True)
    obtaining = models.CharField(_("cara memperoleh"), max_length=9, choices=Obtaining, blank=True)
    delivery = models.CharField(_("cara mendapatkan salinan"), max_length=9, choices=Delivery, blank=True)
    channel = models.CharField(_("masuk lewat"), max_length=11, choices=Channel, default=Channel.WEB)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("permohonan informasi")
        verbose_name_plural = _("permohonan informasi")

    def __str__(self) -> str:
        return self.case.number

    @property
    def masked_id_number(self) -> str:
        """The last four digits, enough to tell one's own: ••••••••••••1234."""
        return "•" * max(len(self.id_number) - 4, 0) + self.id_number[-4:]
