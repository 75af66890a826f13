"""Documents that officers attach; a citizen photographs a page instead."""

from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..intake import AcceptedDocument, Limits, TooManyDocuments, accept_document
from .photos import PhotosField


class DocumentsField(PhotosField):
    """Several documents at once; cleans to a list of AcceptedDocument, empty where none was sent."""

    limits = Limits(max_files=3, max_bytes=10 * 1024**2)
    too_many = TooManyDocuments

    def __init__(self, **kwargs) -> None:
        help_text = format_lazy(
            _("Paling banyak {files} PDF, DOCX, atau XLSX tanpa makro, masing-masing {size} MB."),
            files=self.limits.max_files,
            size=self.limits.max_bytes // 2**20,
        )
        super().__init__(**{"label": _("Dokumen"), "help_text": help_text} | kwargs)

    def widget_attrs(self, widget) -> dict:
        # The page's script counts photos; too many documents are told by the server.
        attrs = super().widget_attrs(widget) | {"accept": ".pdf,.docx,.xlsx"}
        return {name: value for name, value in attrs.items() if name != "data-most"}

    def take_in(self, file: BinaryIO) -> AcceptedDocument:
        return accept_document(file, limits=self.limits)
