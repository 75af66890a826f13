from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .leader import Standing
from .unit import Section, Unit


class Role(models.TextChoices):
    """What somebody is to a unit. The procedures say what each may do."""

    EDITOR = "editor", _("penyunting halaman")
    OPERATOR = "operator", _("operator meja layanan")
    HEAD = "head", _("pimpinan unit")
    SECTION_HEAD = "section_head", _("kepala seksi")
    PPID_ASSISTANT = "ppid_assistant", _("ketua PPID pembantu")
    COORDINATOR = "coordinator", _("koordinator pengaduan kabupaten")
    INSPECTOR = "inspector", _("inspektorat")
    REGENT = "regent", _("bupati atau wakil")
    MONITOR = "monitor", _("tim pemantau")
    OBSERVER = "observer", _("pengamat")
    PARTNER = "partner", _("stasiun mitra")
    EMERGENCY_PUBLISHER = "emergency_publisher", _("penerbit peringatan darurat")
    ADMINISTRATOR = "administrator", _("administrator portal")


class MembershipQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "MembershipQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))

    def current(self) -> "MembershipQuerySet":
        return self.valid_on(timezone.localdate())


class Membership(models.Model):
    """The one truth about people: who is what, where, from when until when. It sets the Wagtail groups."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("orang"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    section = models.ForeignKey(
        Section,
        verbose_name=_("seksi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    valid_from = models.DateField(_("mulai"), default=timezone.localdate)
    valid_until = models.DateField(_("sampai"), null=True, blank=True)
    standing = models.CharField(
        _("kedudukan"), max_length=4, choices=Standing, default=Standing.DEFINITIVE, blank=True
    )
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("menggantikan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputised_by",
        help_text=_("Kosongkan bila jabatannya kosong."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="membership_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} {self.unit}"

    def clean(self) -> None:
        super().clean()
        if self.section_id and self.unit_id and self.section.unit_id != self.unit_id:
            raise ValidationError({"section": _("Seksi ini milik unit lain.")})
        if self.role == Role.SECTION_HEAD and not self.section_id:
            raise ValidationError({"section": _("Pilih seksi yang dipimpin.")})
        if self.role == Role.COORDINATOR and self.unit_id and self.unit.parent_id is not None:
            raise ValidationError(
                {"role": _("Koordinator pengaduan ada pada kabupaten, bukan pada unit di bawahnya.")}
            )
        if self.deputy_for_id and self.deputy_for_id == self.user_id:
            raise ValidationError({"deputy_for": _("Seseorang tidak dapat menggantikan dirinya sendiri.")})
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("Tanggal selesai mendahului tanggal mulai.")})

    def save(self, *args, **kwargs) -> None:
        from ..services.groups import sync_groups

        super().save(*args, **kwargs)
        sync_groups(self.user)

    def delete(self, *args, **kwargs):
        from ..services.groups import sync_groups

        deleted = super().delete(*args, **kwargs)
        sync_groups(self.user)
        return deleted
