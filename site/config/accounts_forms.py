from allauth.account import forms as allauth_forms
from allauth.account.fields import EmailField
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.tasks import async_task


def password_rules() -> str:
    shortest = next(
        rule.min_length for rule in get_default_password_validators() if hasattr(rule, "min_length")
    )
    return _(
        "Paling sedikit %(shortest)d karakter, bukan kata sandi yang umum, dan tidak mirip nama Anda."
    ) % {"shortest": shortest}


class PlainFields(forms.Form):
    """Fields that speak by label and hint: no placeholder, no markup in a hint."""

    labels = {
        "login": gettext_lazy("Nama pengguna"),
        "password": gettext_lazy("Kata sandi"),
        "oldpassword": gettext_lazy("Kata sandi saat ini"),
        "password1": gettext_lazy("Kata sandi baru"),
        "password2": gettext_lazy("Kata sandi baru, sekali lagi"),
        "email": gettext_lazy("Alamat surel"),
    }
    hints = {"password1": password_rules, "email": lambda: _("Alamat yang tercatat pada akun Anda.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels[name]
            field.help_text = self.hints[name]() if name in self.hints else ""


class LoginForm(PlainFields, allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    pass


class ResetPasswordForm(PlainFields):
    """Asks for an address and never tells whether it is known."""

    email = EmailField()

    def save(self, request: HttpRequest) -> None:
        # Not kept after it ran: the queue's history would collect addresses.
        async_task("config.accounts_mail.ask_for_reset_links", self.cleaned_data["email"], save=False)
