from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings
from home.services.mail_proof import MailNotSent, confirm_mail_test, mail_is_proven, send_mail_test

from ..forms import MailTestForm
from ..services import administrators
from .base import Refused, Step, field_check


class MailStep(Step):
    title = _("Surel")

    def gather(self) -> None:
        """Everything here is tried at once: whether mail arrives cannot be checked beforehand."""
        self.address = ""
        if self.options.get("mail_test_to") is not None:
            check = field_check(MailTestForm, {}, "address")
            self.address = self.settle("mail_test_to", __("alamat surel untuk uji"), "", check)
        elif self.console and not mail_is_proven() and not self._typed_waiting_code():
            self.address = self.console.ask(
                __("kirim surel uji ke (tanda - melewati)"), self._own_address(), self._address_or_nothing
            )

    def carry_out(self) -> None:
        if self.address:
            self._send()
        if mail_is_proven():
            self.say(__("Surel terbukti sampai."))
        else:
            self.say(
                __("Belum terbukti. Ketik kodenya di %s.") % (settings.PUBLIC_URL + reverse("setup_mail"))
            )

    def _send(self) -> None:
        try:
            send_mail_test(self.address, page=reverse("setup_mail"))
        except MailNotSent as fault:
            raise Refused(__("Surel uji belum terkirim. %s") % fault) from fault
        if settings.ENVIRONMENT["SMTP_HOST"]:
            self.say(__("Surel uji dikirim ke %s.") % self.address)
        else:
            self.say(__("SMTP_HOST belum diisi: surel ditulis ke folder %s.") % (settings.DATA_DIR / "surel"))
        if self.console:
            self.console.ask(
                __("kode dari surel itu (kosongkan bila belum sampai)"), "", self._code_or_nothing
            )

    def _typed_waiting_code(self) -> bool:
        """Whether the code of a message sent earlier was typed now."""
        if not PortalSettings.load().mail_test_sent_at:
            return False
        question = __("kode dari surel uji yang lalu (kosongkan untuk mengirim lagi)")
        return bool(self.console.ask(question, "", self._code_or_nothing))

    def _own_address(self) -> str:
        first = administrators().first()
        return first.email if first else ""

    def _address_or_nothing(self, typed: str) -> str:
        return field_check(MailTestForm, {}, "address")(typed) if typed else ""

    def _code_or_nothing(self, typed: str) -> str:
        if typed and not confirm_mail_test(typed):
            raise ValidationError(__("Kode ini tidak cocok dengan surel uji terakhir."))
        return typed
