from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .unit import Unit

# What lasts longer is no alert but a page; and who is on leave forgets to take it down.
LONGEST = timedelta(days=31)


class AlertLevel(models.TextChoices):
    DANGER = "danger", _("Bahaya")
    WARNING = "warning", _("Waspada")
    INFO = "info", _("Pengumuman")


class AlertQuerySet(models.QuerySet):
    def shown_at(self, moment: datetime) -> "AlertQuerySet":
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class Alert(models.Model):
    """A word above every page of a unit and of all below it, from one hour to another. Rows stay: it is known who said what."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("untuk halaman"),
        on_delete=models.PROTECT,
        related_name="alerts",
        help_text=_("Tampil di halaman unit ini dan semua unit di bawahnya; kabupaten: di seluruh portal."),
    )
    level = models.CharField(_("tingkat"), max_length=8, choices=AlertLevel, default=AlertLevel.WARNING)
    title = models.CharField(
        _("judul"),
        max_length=80,
        help_text=_("Apa yang terjadi dan di mana, misalnya Banjir di Kecamatan Trucuk."),
    )
    text = models.CharField(
        _("isi"),
        max_length=280,
        blank=True,
        help_text=_("Apa yang harus dilakukan warga, dan siapa yang dihubungi."),
    )
    link = models.CharField(
        _("alamat keterangan lengkap"),
        max_length=200,
        blank=True,
        help_text=_("Halaman di portal ini, misalnya /unit/ atau alamat lengkapnya."),
    )
    starts_at = models.DateTimeField(_("mulai"), default=timezone.now)
    ends_at = models.DateTimeField(_("berakhir"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_at", "-pk"]
        verbose_name = _("peringatan")
        verbose_name_plural = _("peringatan")
        indexes = [models.Index(fields=["ends_at"], name="alert_ends")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="alert_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shown(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def has_ended(self) -> bool:
        return self.ends_at <= timezone.now()

    def clean(self) -> None:
        super().clean()
        if not self.starts_at or not self.ends_at:
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Waktu berakhir harus sesudah waktu mulai.")})
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError(
                {"ends_at": _("Paling lama %s hari. Perpanjang lagi bila masih berlaku.") % LONGEST.days}
            )
