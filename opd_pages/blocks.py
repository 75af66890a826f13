"""Blocks of the pages that belong to a unit."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock

from home.blocks import PLAIN_WORDS


class StepBlock(StructBlock):
    title = CharBlock(label=_("Langkah"), max_length=160)
    note = CharBlock(
        label=_("Di mana atau berapa lama"),
        max_length=160,
        required=False,
        help_text=_("Misalnya loket 2, 10 menit."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Langkah")
        description = _("Satu langkah prosedur, berurutan dari atas.")
        template = "opd_pages/blocks/step.html"
        preview_value = {"title": "Petugas memeriksa kelengkapan berkas", "note": "loket 2, 10 menit"}


class ProfileBlock(StructBlock):
    name = CharBlock(
        label=_("Nama"),
        max_length=120,
        help_text=_("Sama seperti nama pimpinan pada kontak unit, dengan gelarnya."),
    )
    text = RichTextBlock(label=_("Riwayat singkat"), features=PLAIN_WORDS)

    class Meta:
        icon = "user"
        label = _("Riwayat pimpinan")
        description = _("Tampil di samping nama dan foto pimpinan yang sudah dikonfirmasi.")
        template = "opd_pages/blocks/profile.html"
        preview_value = {
            "name": "Siti Rahmawati",
            "text": "<p>Camat Kapas sejak 2025. Sebelumnya memimpin pelayanan di tiga kecamatan.</p>",
        }
