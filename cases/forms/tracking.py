from django import forms
from django.utils.translation import gettext_lazy as _

from ..kinds import all_kinds, one_of


class TrackForm(forms.Form):
    number = forms.CharField(
        label=_("Nomor"),
        max_length=40,
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        samples = one_of(kind.sample_number for kind in all_kinds())
        self.fields["number"].help_text = _("Misalnya %s.") % samples
