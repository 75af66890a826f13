from django import forms
from django.utils.translation import gettext_lazy as _

from ..proofs import LONGEST_TEXT, Proof, Unreadable, read_proof


class ProofForm(forms.Form):
    proof = forms.CharField(
        label=_("Bukti"),
        max_length=LONGEST_TEXT,
        help_text=_("Tempel seluruh teksnya, dari tanda { sampai tanda }."),
        error_messages={
            "max_length": _("Teks ini terlalu panjang untuk sebuah bukti. Tempel satu bukti saja.")
        },
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_proof(self) -> Proof:
        try:
            return read_proof(self.cleaned_data["proof"])
        except Unreadable:
            raise forms.ValidationError(
                _("Teks ini bukan bukti dari portal ini, atau tidak lengkap. Salin lagi seluruh teksnya.")
            ) from None
