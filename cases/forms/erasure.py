"""What a person asks to have erased of their case."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Erasable
from .actions import ReasonForm


class ErasureForm(ReasonForm):
    subjects = forms.MultipleChoiceField(
        label=_("Yang dihapus"),
        help_text=_(
            "Tidak dapat dikembalikan. Berkas termasuk foto untuk umum dan dokumen petugas. Bersama isi tulisan, "
            "salinan untuk umum ditarik seluruhnya."
        ),
        choices=[(subject.value, capfirst(subject.label)) for subject in Erasable],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih apa yang dihapus.")},
    )

    field_order = ("subjects", "reason")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if twin := self.case.goes_on_as or getattr(self.case, "came_as", None):
            # It was written down with the same words and the same person, and may be bound by another law.
            also = _("Data yang sama tersimpan pada %s; di sana dihapus tersendiri.") % twin.number
            self.fields["subjects"].help_text = f"{self.fields['subjects'].help_text} {also}"
