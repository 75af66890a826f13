"""A message as its reader would get it, beside the words that an administrator edits."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from ..wording import fill

SAMPLE = {
    "portal": _("Kabupaten Contoh"),
    "case": _("laporan"),
    "number": "2026-ADU-KPS-000123",
    "code": "7K2M9-QX4TB",
    "subject": _("Lampu jalan depan balai desa padam"),
    "unit": _("Kecamatan Kapas"),
    "status": _("Sedang ditangani"),
    "promise": _("Kecamatan Kapas menjawab paling lambat Selasa, 24 November 2026."),
    "step": _("Jawaban kepada pelapor"),
    "due": _("Selasa, 24 November 2026"),
    "because": _("3 hari sejak 21 November 2026"),
    "link": "https://pendopo.contoh.test/lacak/",
}


class MessagePreview(HelpPanel):
    """As saved, or as just typed where something is still to be mended."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"template": "cases/admin/message_preview.html", "heading": _("Contoh")} | kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            written = {name: fill(getattr(self.instance, name), SAMPLE) for name in ("subject", "body")}
            return super().get_context_data(parent_context) | written
