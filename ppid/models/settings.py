import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.models import PortalSettings
from opd_pages.models import Level, Unit

from ..forms.settings import PpidSettingsForm

REGION = re.compile(r"^(pemerintah\s+)?(kabupaten|kota)\s+", re.IGNORECASE)


@register_setting(icon="doc-full")
class PpidSettings(BaseGenericSetting):
    """How this kabupaten runs its PPID. Offices differ in their labels and in who sits where."""

    main_unit = models.ForeignKey(
        Unit,
        verbose_name=_("PPID utama"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=~Q(kind__level__in=[Level.VILLAGE, Level.PARTNER]),
        help_text=_("Unit yang menerima permohonan tanpa tujuan. Kosong: kabupaten."),
    )
    superior = models.CharField(
        _("atasan PPID"), max_length=160, default="Sekretaris Daerah selaku Atasan PPID"
    )
    superior_address = models.CharField(
        _("alamat atasan PPID"),
        max_length=200,
        blank=True,
        help_text=_("Ke sini pemohon mengajukan keberatan. Kosong: alamat kabupaten."),
    )
    seat = models.CharField(
        _("tempat surat ditulis"),
        max_length=80,
        blank=True,
        help_text=_("Kota tempat kantor kabupaten. Surat kecamatan dan desa memakai nama masing-masing."),
    )
    incomplete_pauses_clock = models.BooleanField(
        _("batas waktu berhenti selama permohonan belum lengkap"), default=False
    )

    base_form_class = PpidSettingsForm

    class Meta:
        verbose_name = _("PPID")

    @classmethod
    def in_force(cls) -> "PpidSettings":
        return cls.objects.select_related("main_unit__kind").first() or cls()

    def seat_or_region(self, portal: PortalSettings) -> str:
        """Where the kabupaten's letters are written: Bojonegoro, of Kabupaten Bojonegoro; "" in a portal without a name."""
        if self.seat or portal.region_name == portal._meta.get_field("region_name").default:
            return self.seat
        return REGION.sub("", portal.region_name.partition("(")[0]).strip()

    def receiving_unit(self) -> Unit | None:
        """Where a request goes that names no office; None in a portal without units."""
        if self.main_unit and self.main_unit.is_current:
            return self.main_unit
        return Unit.objects.select_related("kind").filter(parent=None, kind__level=Level.ROOT).first()
