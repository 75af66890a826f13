from django import forms
from django.utils.translation import gettext_lazy as _


class IdentityForm(forms.Form):
    """Why somebody wants to know who the reporter is; whether a reason is due, the service knows."""

    alasan = forms.CharField(
        label=_("Alasan melihat identitas"),
        help_text=_("Alasan ini dicatat dalam riwayat."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
