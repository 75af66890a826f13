from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..channels import Channel, InvalidContact, normalise
from .leader import Leader, Standing
from .unit import Unit


class Contact(models.Model):
    """One way to reach a unit. An office's number is the default; a personal one needs its holder's consent."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(_("saluran"), max_length=12, choices=Channel)
    value = models.CharField(_("nomor, alamat, atau akun"), max_length=200)
    label = models.CharField(
        _("keterangan"), max_length=60, blank=True, help_text=_("Misalnya Pengaduan, Loket KTP.")
    )
    hours = models.CharField(_("jam layanan"), max_length=60, blank=True)
    is_personal = models.BooleanField(
        _("nomor pribadi"),
        default=False,
        help_text=_("Nomor pribadi baru tampil setelah pemiliknya menyetujui."),
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=10)

    class Meta:
        ordering = ["unit", "order", "pk"]
        verbose_name = _("kontak")
        verbose_name_plural = _("kontak")
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="contact_not_empty"),
            models.UniqueConstraint(fields=["unit", "channel", "value"], name="contact_once_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.value}"

    @property
    def has_consent(self) -> bool:
        consent = getattr(self, "consent", None)
        return consent is not None and consent.withdrawn_at is None

    def clean(self) -> None:
        super().clean()
        try:
            self.value = normalise(self.channel, self.value)
        except InvalidContact as fault:
            raise ValidationError({"value": str(fault)}) from fault


class Consent(models.Model):
    """The holder's consent to show a personal number. It ends when withdrawn or when the office is left."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="consent")
    holder = models.CharField(_("pemilik nomor"), max_length=120)
    # Set where the holder leads the unit: the consent ends with the office held.
    leader = models.ForeignKey(
        Leader, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    given_on = models.DateField(_("disetujui tanggal"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")

    def __str__(self) -> str:
        return f"{self.holder}: {self.contact}"


class ContactSheet(models.Model):
    """What the public sees of a unit's contacts. Its number is the poster's version: new content, new number."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="contact_sheets")
    version = models.PositiveIntegerField(_("versi"))
    # Empty once a withdrawn number was taken out: it could be guessed back from the hash.
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["unit", "-version"]
        verbose_name = _("lembar kontak")
        verbose_name_plural = _("lembar kontak")
        constraints = [models.UniqueConstraint(fields=["unit", "version"], name="contact_sheet_version_once")]

    def __str__(self) -> str:
        return f"{self.unit}, versi {self.version}"


class ConfirmedContact(models.Model):
    """A contact as it was confirmed. Rows of a withdrawn number are deleted from every sheet."""

    sheet = models.ForeignKey(ContactSheet, on_delete=models.CASCADE, related_name="contacts")
    source = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="confirmed")
    channel = models.CharField(max_length=12, choices=Channel)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.value}"


class ConfirmedLeader(models.Model):
    """Who led the unit when its contacts were confirmed."""

    sheet = models.ForeignKey(ContactSheet, on_delete=models.CASCADE, related_name="leaders")
    source = models.ForeignKey(Leader, null=True, on_delete=models.SET_NULL, related_name="confirmed")
    rank = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=100)
    standing = models.CharField(max_length=4, choices=Standing, blank=True)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["rank"]

    is_vacant = Leader.is_vacant
    title = Leader.title

    def __str__(self) -> str:
        return f"{self.title}: {self.name}"


class Confirmation(models.Model):
    """Somebody has checked that a sheet is still true. The same sheet is confirmed again and again."""

    sheet = models.ForeignKey(ContactSheet, on_delete=models.CASCADE, related_name="confirmations")
    confirmed_at = models.DateTimeField(_("waktu"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        verbose_name = _("konfirmasi kontak")
        verbose_name_plural = _("konfirmasi kontak")

    def __str__(self) -> str:
        return f"{self.sheet}, {self.confirmed_at:%Y-%m-%d}"
