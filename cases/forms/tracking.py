from django import forms
from django.utils.translation import gettext_lazy as _

from ..kinds import all_kinds, one_of
from .fields import MailField, PhoneField

TYPED_CODE = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}


class NumberField(forms.CharField):
    """The number of a case, as somebody types it."""

    widget = forms.TextInput(attrs=TYPED_CODE)

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"label": _("Nomor"), "max_length": 40} | kwargs)


class TrackForm(forms.Form):
    number = NumberField()
    code = forms.CharField(
        label=_("Kode akses"),
        max_length=20,
        help_text=_("Sepuluh huruf dan angka pada tanda terima."),
        widget=forms.TextInput(attrs=TYPED_CODE),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _samples()


class LostCodeForm(forms.Form):
    """Whose code is lost. Cleans `contact` to a pair: "email" or "phone", and the contact as identities keep it."""

    number = NumberField()
    contact = forms.CharField(
        label=_("Surel atau nomor HP"),
        max_length=254,
        help_text=_("Yang Anda berikan waktu itu."),
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _samples()

    def clean_contact(self) -> tuple[str, str]:
        typed = self.cleaned_data["contact"]
        return ("email", MailField().clean(typed)) if "@" in typed else ("phone", PhoneField().clean(typed))


def _samples() -> str:
    return _("Misalnya %s.") % one_of(kind.sample_number for kind in all_kinds())
