"""Accounts of the people who work here: made by an administrator, entered by name and password."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

# The page that follows says it; a message left waiting in a cookie would be shown to whoever comes next.
SAID_BY_A_PAGE = {f"account/messages/{name}.txt" for name in ("logged_in", "logged_out", "password_changed")}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Nama pengguna dan kata sandi tidak cocok. Periksa kembali keduanya."
        ),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
        "enter_current_password": _("Kata sandi saat ini tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        # Nothing here is sent by a script; one way of answering is one to guard.
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent there: a path of this portal, never another host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials):
        """The active person with this name and password, or None.

        A closed account is refused like a wrong password, and counts as a failure too. Raises ValidationError
        after too many failures.
        """
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        if user:
            self._rollback_login_failed_rl_usage()
        return user

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        # By name alone: a made-up port in the Host header would open a new count.
        return credentials.get("username", "").lower()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_change_password_done")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args, **kwargs
    ) -> None:
        if message_template not in SAID_BY_A_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)
