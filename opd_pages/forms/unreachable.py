from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ConfirmedContact, ContactSheet, Fault, Unit
from ..selectors.contact_rows import contact_row


class UnreachableForm(forms.Form):
    """Which contact, and what happened: two choices and no words, so that nobody's data can be told here."""

    contact = forms.ChoiceField(
        label=_("Kontak yang mana?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih kontaknya."),
            "invalid_choice": _("Daftar kontak baru saja berubah. Pilih lagi kontaknya."),
        },
    )
    fault = forms.ChoiceField(
        label=_("Apa yang terjadi?"),
        choices=Fault.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih yang paling sesuai.")},
    )

    def __init__(self, *args, unit: Unit, sheet: ContactSheet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.shown = {str(contact.pk): contact for contact in sheet.contacts.all()}
        rows = ((pk, contact_row(contact, unit)) for pk, contact in self.shown.items())
        self.fields["contact"].choices = [(pk, f"{row.value} ({row.label})") for pk, row in rows]

    def chosen(self) -> ConfirmedContact:
        return self.shown[self.cleaned_data["contact"]]
