from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .accounts_mfa import pending_secret


def code_field(help_text: str) -> forms.CharField:
    widget = forms.TextInput(
        {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
    )
    return forms.CharField(label=_("Kode"), help_text=help_text, max_length=20, widget=widget)


APP_OR_BACKUP = _(
    "Enam angka dari aplikasi autentikator di telepon Anda. Telepon tidak ada? Tulis salah satu kode cadangan."
)


class EnrolForm(ActivateTOTPForm):
    code = code_field(_("Enam angka yang sekarang tampak di aplikasi."))

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        # Not allauth's own way, which makes a new secret each time the page is opened.
        forms.Form.__init__(self, *args, **kwargs)
        self.user = request.user
        self.secret = pending_secret(request.session)


class ChallengeForm(AllauthAuthenticateForm):
    code = code_field(APP_OR_BACKUP)


class ReauthenticateForm(AllauthReauthenticateForm):
    code = code_field(APP_OR_BACKUP)


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Misalnya: telepon hilang, dipastikan lewat telepon kantor. Alasan ini dicatat."),
        min_length=10,
        max_length=500,
    )
