from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from .register import RegisterForm


class PersonForm(RegisterForm):
    """An account. What its holder may do comes from memberships; a forgotten password is asked for by e-mail."""

    settled_fields = ("username",)

    first_name = forms.CharField(label=_("Nama lengkap"), max_length=150)
    email = forms.EmailField(
        label=_("Alamat surel"),
        help_text=_("Untuk pemberitahuan dan untuk mengganti kata sandi yang terlupa."),
    )
    password = forms.CharField(
        label=_("Kata sandi awal"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(password_validators_help_text_html, str)(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["password"]

    def _post_clean(self) -> None:
        super()._post_clean()
        # Some rules compare the password with the name, which is on the instance only now.
        if password := self.cleaned_data.get("password"):
            try:
                validate_password(password, self.instance)
            except ValidationError as fault:
                self.add_error("password", fault)

    def save(self, commit: bool = True):
        if "password" in self.cleaned_data:
            self.instance.set_password(self.cleaned_data["password"])
        return super().save(commit)
