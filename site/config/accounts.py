"""Accounts of the people who work here: made by an administrator, entered by name and password."""

from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from home.networks import network_of

from .accounts_factor import came_in_lately

TOO_OFTEN = _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi.")
TOO_OFTEN_HERE = _("Terlalu banyak percobaan dari jaringan ini. Tunggu satu menit, lalu coba lagi.")
# The page that follows says it; a message left waiting in a cookie would be shown to whoever comes next.
SAID_BY_A_PAGE = {f"account/messages/{name}.txt" for name in ("logged_in", "logged_out", "password_changed")}
# Failures with one name from everywhere. Twenty networks may fail with it at the same time before its owner is locked out
# with them; even so, a password is not found by trying.
NAME_LIMIT = {
    "app": "allauth.account",
    "action": "login_failed_by_name",
    "config": {"login_failed_by_name": "100/300s/key"},
}


# Failures of one network with whatever names. More than somebody types; and whoever has come in from there before still
# does, so that one person cannot shut out an office.
NETWORK_LIMIT = {
    "app": "allauth.account",
    "action": "login_failed_by_network",
    "config": {"login_failed_by_network": "30/m/ip"},
}
KNOWN_FOR = 90 * 24 * 3600


# The most that one subscriber has of IPv6. Told apart more finely, one line would be as many networks as lock an owner out.
ONE_LINE = 48


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Nama pengguna dan kata sandi tidak cocok. Periksa kembali keduanya."
        ),
        "too_many_login_attempts": TOO_OFTEN,
        "too_many_from_here": TOO_OFTEN_HERE,
        "rate_limited": TOO_OFTEN,
        "enter_current_password": _("Kata sandi saat ini tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        # The front page, in the language of the page somebody leaves by.
        return get_script_prefix()

    def is_ajax(self, request: HttpRequest) -> bool:
        # Nothing here is sent by a script; one way of answering is one to guard.
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent there: a path of this portal, never another host."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials):
        """The active person with this name and password, or None.

        A closed account is refused like a wrong password, and counts as a failure too. Raises ValidationError
        after too many failures.
        """
        self.pre_authenticate(request, **credentials)
        network_usage = ratelimit.consume(request, **NETWORK_LIMIT)
        user = authenticate(request, **credentials)
        known_here = self._known_here_key(request, **credentials)
        if not network_usage and not (user and cache.get(known_here)):
            # After the same work for every name, so that nobody learns which ones come in from here.
            raise self.validation_error("too_many_from_here")
        if user:
            self._rollback_login_failed_rl_usage()
            if network_usage:
                network_usage.rollback()
            cache.set(known_here, True, KNOWN_FOR)
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        super().pre_authenticate(request, **credentials)
        self._name_usage = ratelimit.consume(request, key=_name(credentials), **NAME_LIMIT)
        if not self._name_usage:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        self._name_usage.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        # Not the Host header, in which a made-up port would open a new count.
        return f"{_name(credentials)} {network_of(self.get_client_ip(request), ONE_LINE)}"

    def _known_here_key(self, request: HttpRequest, **credentials) -> str:
        name_here = self._get_login_attempts_cache_key(request, **credentials)
        return f"came_in:{sha256(name_here.encode()).hexdigest()}"

    def forget_failures(self, request: HttpRequest, username: str) -> None:
        """For whoever has proven to be the name's owner."""
        key = self._get_login_attempts_cache_key(request, username=username)
        ratelimit.clear(request, app="allauth.account", action="login_failed", key=key)
        ratelimit.clear(request, key=_name({"username": username}), **NAME_LIMIT)

    def is_reauthentication_required(self, **kwargs) -> bool:
        return not came_in_lately(self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """By code alone for who has a second factor: a password is not to take it away."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] == "mfa_reauthenticate"] or methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_change_password_done")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args, **kwargs
    ) -> None:
        if message_template not in SAID_BY_A_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)


def _name(credentials: dict[str, str]) -> str:
    return credentials.get("username", "").lower()
