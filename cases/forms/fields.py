"""Fields and widgets that the public forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opd_pages.channels import Channel, InvalidContact, normalise


class HintedRadio(forms.RadioSelect):
    """Radio buttons with a line of explanation below some of them."""

    hints: dict[str, str] = {}

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"hint": self.hints.get(str(value), "")}


class PhoneField(forms.CharField):
    """Cleans to +62…, or "" where it may be left empty."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"label": _("Nomor HP"), "max_length": 30} | kwargs)

    def clean(self, value) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return normalise(Channel.PHONE, typed)
        except InvalidContact as fault:
            raise forms.ValidationError(str(fault)) from fault


class MailField(forms.EmailField):
    widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def __init__(self, **kwargs) -> None:
        advice = {"invalid": _("Tulis alamat surel lengkap, misalnya nama@contoh.id.")}
        super().__init__(**{"label": _("Surel"), "error_messages": advice} | kwargs)
