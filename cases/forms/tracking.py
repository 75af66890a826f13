from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    number = forms.CharField(
        label=_("Nomor"),
        max_length=40,
        help_text=_("Misalnya 2026-ADU-KPS-000123."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("Kode akses"),
        max_length=20,
        help_text=_("Sepuluh huruf dan angka pada tanda terima."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
