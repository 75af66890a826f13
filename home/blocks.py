"""The few blocks editors write with. Each is drawn in the chooser before it is taken (docs/pages.md)."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

WORDS = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_WORDS = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextOfPageBlock(RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Teks")
        description = _("Paragraf, judul bagian, dan daftar.")
        template = "home/blocks/text.html"
        preview_value = "<h2>Kerja bakti hari Minggu</h2><p>Warga Desa Bakalan membersihkan saluran air.</p>"

    def __init__(self, **kwargs):
        super().__init__(**{"features": WORDS} | kwargs)


class PictureBlock(StructBlock):
    image = ImageChooserBlock(label=_("Gambar"))
    alt = CharBlock(
        label=_("Isi gambar"),
        max_length=160,
        help_text=_("Untuk yang tidak melihatnya: siapa atau apa yang tampak, di mana."),
    )
    caption = CharBlock(label=_("Keterangan"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Gambar")
        description = _("Satu gambar dengan keterangannya.")
        template = "home/blocks/picture.html"
        preview_template = "home/blocks/picture_preview.html"


class NoticeBlock(StructBlock):
    title = CharBlock(label=_("Judul"), max_length=100, required=False)
    text = TextBlock(label=_("Isi"), max_length=400)

    class Meta:
        icon = "warning"
        label = _("Sorotan")
        description = _("Kalimat yang tidak boleh terlewat.")
        template = "home/blocks/notice.html"
        preview_value = {
            "title": "Pelayanan tutup lebih awal",
            "text": "Jumat 4 Desember loket tutup pukul 10.30.",
        }


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Berkas"))
    description = CharBlock(label=_("Keterangan"), max_length=200, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Dokumen")
        description = _("Berkas untuk diunduh, dengan jenis dan ukurannya.")
        template = "home/blocks/document.html"
        preview_template = "home/blocks/document_preview.html"


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Pertanyaan"), max_length=200)
    answer = RichTextBlock(label=_("Jawaban"), features=PLAIN_WORDS)

    class Meta:
        icon = "help"
        label = _("Tanya jawab")
        description = _("Pertanyaan yang sering diajukan, dengan jawabannya.")
        template = "home/blocks/question.html"
        preview_value = {
            "question": "Apakah mengurus KTP dipungut biaya?",
            "answer": "<p>Tidak. Semua dokumen kependudukan gratis.</p>",
        }


class BodyBlock(StreamBlock):
    """What news and events are written with."""

    text = TextOfPageBlock()
    picture = PictureBlock()
    notice = NoticeBlock()
    document = DocumentBlock()

    class Meta:
        label = _("Isi")
