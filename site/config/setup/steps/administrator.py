import os

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..forms import AdministratorForm
from ..services import administrators, is_administrator, make_administrator, root_unit
from .base import Refused, Step, field_check


class AdministratorStep(Step):
    """Makes an administrator where there is none, or the one named by a flag. Nobody's password is ever changed."""

    title = _("Administrator")

    def gather(self) -> None:
        self.user: User | None = None
        self.password = ""
        if self.options.get("admin_username") is None and administrators().exists():
            return
        username = self.settle("admin_username", __("nama pengguna administrator"), "", self._username)
        self.user = self._known(username)
        if self.user is None:
            answers = {"username": username}
            for field, flag, question in (
                ("first_name", "admin_name", __("nama lengkap administrator")),
                ("email", "admin_email", __("alamat surel administrator")),
            ):
                answers[field] = self.settle(
                    flag, question, "", field_check(AdministratorForm, answers, field)
                )
            self.password = self._settle_password(answers)
            self.user = get_user_model()(**answers)

    def carry_out(self) -> None:
        if self.user is None:
            names = ", ".join(user.username for user in administrators())
            self.say(__("Sudah ada: %s. Yang lain ditambahkan di /admin/.") % names)
        elif self.user.pk and is_administrator(self.user):
            self.say(__("%s sudah administrator; tidak ada yang diubah.") % self.user.username)
        else:
            is_known = self.user.pk is not None
            make_administrator(root_unit(), self.user, self.password)
            words = (
                __("%s menjadi administrator; kata sandinya tetap.") if is_known else __("Akun %s dibuat.")
            )
            self.say(words % self.user.username)

    def _known(self, username: str) -> User | None:
        # As at log-in: the size of letters does not make another person.
        return get_user_model().objects.filter(username__iexact=username).first()

    def _username(self, typed: str) -> str:
        known = self._known(typed)
        if known is None:
            return field_check(AdministratorForm, {}, "username")(typed)
        if not known.is_active:
            raise ValidationError(__("Akun %s sudah ditutup. Pakai nama lain.") % known.username)
        return typed

    def _settle_password(self, answers: dict[str, str]) -> str:
        check = field_check(AdministratorForm, answers, "password")
        variable = self.options.get("admin_password_env")
        if variable is None and self.console:
            return self.console.ask_new_password(check)
        try:
            return check(os.environ.get(variable or "", ""))
        except ValidationError as fault:
            words = " ".join(fault.messages)
            raise Refused(f"--admin-password-env {variable or ''}: {words}") from fault
