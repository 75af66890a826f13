"""What a register of legal rows shows of who compared them with the text."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

VERIFICATION = MultiFieldPanel(
    [FieldPanel("verified_by"), FieldPanel("verified_on"), FieldPanel("verified_against")],
    heading=_("Verifikasi Bagian Hukum"),
)


class ShowsVerification:
    @admin.display(description=_("Verifikasi"), ordering="verified_on")
    def verification(self, row) -> str:
        return row.verified_by if row.is_verified else _("belum diverifikasi Bagian Hukum")
