import re

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from ..colour import contrast_ratio

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}\Z")
colour = RegexValidator(COLOUR, _("Tulis warna seperti #0e5a48."))


MOST_HOTLINES = 6
LONGEST_HOTLINE_NAME = 40
hotline_number = RegexValidator(
    r"^[+(]?[0-9][0-9 ().-]{1,17}[0-9]\Z", _("Tulis satu nomor saja, misalnya 112 atau 0353 881 826.")
)


class HotlineBlock(StructBlock):
    label = CharBlock(label=_("Nama"), max_length=LONGEST_HOTLINE_NAME)
    number = CharBlock(label=_("Nomor"), max_length=20, validators=[hotline_number])

    class Meta:
        icon = "mobile-alt"
        label = _("Nomor penting")


# Until the office writes its own; the portal's own words have their English.
TAGLINE = "Portal layanan dan informasi"


@register_setting(icon="home")
class PortalSettings(BaseGenericSetting):
    """Name, crest, colours and numbers of the kabupaten; one row for the installation."""

    region_name = models.CharField(_("nama daerah"), max_length=100, default="Kabupaten")
    tagline = models.CharField(_("kalimat di bawah nama"), max_length=120, default=TAGLINE)
    slogan = models.CharField(_("slogan"), max_length=160, blank=True)
    crest = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("lambang"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    primary_color = models.CharField(_("warna utama"), max_length=7, default="#0e5a48", validators=[colour])
    accent_color = models.CharField(_("warna aksen"), max_length=7, default="#8a4a26", validators=[colour])
    hotlines = StreamField(
        [("hotline", HotlineBlock())], verbose_name=_("nomor penting"), blank=True, max_num=MOST_HOTLINES
    )
    confirm_contacts_every_days = models.PositiveSmallIntegerField(
        _("kontak dikonfirmasi ulang setiap (hari)"), default=90, validators=[MinValueValidator(1)]
    )
    review_pages_every_days = models.PositiveSmallIntegerField(
        _("halaman ditinjau ulang setiap (hari)"), default=365, validators=[MinValueValidator(1)]
    )
    # The last hour at which a banner of any unit is shown: until then pages ask which concern them.
    banners_until = models.DateTimeField(null=True, blank=True, editable=False)
    mail_test_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    mail_test_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    mail_test_route = models.CharField(max_length=16, blank=True, editable=False)

    panels = [
        FieldPanel("region_name"),
        FieldPanel("tagline"),
        FieldPanel("slogan"),
        MultiFieldPanel(
            [FieldPanel("crest"), FieldPanel("primary_color"), FieldPanel("accent_color")], heading=_("Rupa")
        ),
        FieldPanel("hotlines"),
        FieldPanel("confirm_contacts_every_days"),
        FieldPanel("review_pages_every_days"),
    ]
    select_related = ("crest",)

    class Meta:
        verbose_name = _("identitas portal")

    def save(self, *args, **kwargs) -> None:
        """A form that was opened before a banner was published does not hide it again."""
        if not self._state.adding and not kwargs.get("update_fields"):
            kept = {"id", "banners_until"}
            kwargs["update_fields"] = [
                field.name for field in self._meta.concrete_fields if field.name not in kept
            ]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        for field in ("primary_color", "accent_color"):
            written = getattr(self, field)
            # WCAG 2.2 AA, 1.4.3: white words stand on these colours. What is no colour is told by the validator.
            if COLOUR.match(written) and contrast_ratio(written, "#ffffff") < 4.5:
                raise ValidationError(
                    {field: _("Warna ini terlalu terang untuk tulisan putih. Pilih yang lebih gelap.")}
                )
