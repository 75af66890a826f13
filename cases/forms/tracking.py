import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kinds import all_kinds, one_of
from .fields import MailField, PhoneField

# What stands for the hyphens of a number where it was heard, or written by a telephone that makes dashes of them.
BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]+")
TYPED_CODE = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}


class NumberForm(forms.Form):
    """Asks for the number of a case, as it stands on a receipt of any kind."""

    number = forms.CharField(label=_("Nomor"), max_length=40, widget=forms.TextInput(attrs=TYPED_CODE))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        samples = one_of(kind.sample_number for kind in all_kinds())
        self.fields["number"].help_text = _("Misalnya %s.") % samples

    def clean_number(self) -> str:
        return BETWEEN.sub("-", self.cleaned_data["number"].strip()).strip("-")


class TrackForm(NumberForm):
    code = forms.CharField(
        label=_("Kode akses"),
        max_length=20,
        help_text=_("Sepuluh huruf dan angka pada tanda terima."),
        widget=forms.TextInput(attrs=TYPED_CODE),
    )


class LostCodeForm(NumberForm):
    """Whose code is lost. Cleans `contact` to a pair: "email" or "phone", and the contact as identities keep it."""

    contact = forms.CharField(
        label=_("Surel atau nomor HP"),
        max_length=254,
        help_text=_("Yang Anda berikan waktu itu."),
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

    def clean_contact(self) -> tuple[str, str]:
        typed = self.cleaned_data["contact"]
        return ("email", MailField().clean(typed)) if "@" in typed else ("phone", PhoneField().clean(typed))
