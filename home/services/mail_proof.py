"""Proof that mail from this installation arrives: a test message with a code, and somebody who read it there."""

import smtplib
import socket
import ssl
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import PortalSettings

DIGITS = 6
# The first that fits, from the particular to the general.
FAULTS = (
    (smtplib.SMTPAuthenticationError, gettext_lazy("Server surel menolak SMTP_USER atau SMTP_PASSWORD.")),
    (smtplib.SMTPSenderRefused, gettext_lazy("Server surel menolak pengirimnya. Periksa MAIL_FROM.")),
    (
        smtplib.SMTPRecipientsRefused,
        gettext_lazy("Server surel menolak alamat tujuan. Periksa penulisannya."),
    ),
    (
        smtplib.SMTPNotSupportedError,
        gettext_lazy("Server surel tidak mengenal STARTTLS. Periksa SMTP_PORT dan SMTP_SECURITY."),
    ),
    (
        ssl.SSLError,
        gettext_lazy(
            "Sambungan aman ke server surel gagal. Periksa SMTP_HOST, SMTP_PORT, dan SMTP_SECURITY."
        ),
    ),
    (socket.gaierror, gettext_lazy("Nama server surel tidak ditemukan. Periksa SMTP_HOST.")),
    (
        ConnectionRefusedError,
        gettext_lazy("Server surel menolak sambungan. Periksa SMTP_HOST dan SMTP_PORT."),
    ),
    (TimeoutError, gettext_lazy("Server surel tidak menjawab. Periksa SMTP_HOST, SMTP_PORT, dan firewall.")),
    (
        smtplib.SMTPServerDisconnected,
        gettext_lazy(
            "Server surel memutus sambungan atau terlalu lama menjawab. Periksa SMTP_PORT dan SMTP_SECURITY."
        ),
    ),
    (
        (smtplib.SMTPConnectError, smtplib.SMTPHeloError),
        gettext_lazy(
            "Server surel belum mau menerima surel. Tanyakan kepada pengelolanya, atau coba lagi nanti."
        ),
    ),
    (
        smtplib.SMTPDataError,
        gettext_lazy("Server surel tidak mau menerima isi surel uji. Tanyakan kepada pengelolanya."),
    ),
)


class MailNotSent(Exception):
    """The mail server did not take the message; the words say what to look at."""


def mail_is_proven() -> bool:
    """Whether the last test message was read by somebody, and mail still goes the same way. One query."""
    portal = PortalSettings.load()
    return bool(
        leaves_the_server()
        and portal.mail_test_route == _route()
        and portal.mail_test_sent_at
        and portal.mail_test_seen_at
        and portal.mail_test_seen_at >= portal.mail_test_sent_at
    )


def leaves_the_server() -> bool:
    """In production a message that is written to a folder is no message."""
    return not settings.IS_PRODUCTION or bool(settings.ENVIRONMENT["SMTP_HOST"])


def send_mail_test(address: str, *, page: str) -> None:
    """Send a code to an address. `page` is the path where it can be typed in. Mail counts as unproven from now on.

    Raises MailNotSent; then nothing has changed.
    """
    if not leaves_the_server():
        raise MailNotSent(_("SMTP_HOST belum diisi, maka surel tidak keluar dari server ini."))
    # Cut to what every database keeps, since the code follows from it.
    at = timezone.now().replace(microsecond=0)
    name, code = PortalSettings.load().region_name, _code_of(at)
    body = _(
        "Ini surel uji dari portal %(name)s.\n\n"
        "Kode: %(code)s\n\n"
        "Ketik kode itu di %(link)s supaya portal tahu bahwa surelnya sampai.\n\n"
        "Bila Anda tidak mengurus portal ini, abaikan surel ini."
    ) % {"name": name, "code": code, "link": f"{settings.PUBLIC_URL}{page}?kode={code}"}
    try:
        send_mail(_("Surel uji portal %s") % name, body, None, [address])
    except (OSError, smtplib.SMTPException) as fault:
        words = next((words for kind, words in FAULTS if isinstance(fault, kind)), None)
        raise MailNotSent(
            str(words) if words else _("Surel tidak dapat dikirim (%s).") % type(fault).__name__
        ) from fault
    PortalSettings.objects.update(mail_test_sent_at=at, mail_test_seen_at=None, mail_test_route=_route())


def confirm_mail_test(code: str) -> bool:
    """Whether this is the code of the last test message, spaces aside; then mail is proven."""
    sent_at = PortalSettings.load().mail_test_sent_at
    if not sent_at or not constant_time_compare("".join(code.split()), _code_of(sent_at)):
        return False
    PortalSettings.objects.filter(mail_test_sent_at=sent_at, mail_test_seen_at=None).update(
        mail_test_seen_at=timezone.now()
    )
    return True


def _route() -> str:
    """Stands for the server, account and sender that mail leaves by: another one has to be proven anew."""
    names = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "MAIL_FROM")
    way = "|".join(str(settings.ENVIRONMENT[name]) for name in names)
    return salted_hmac("home.mail_route", way).hexdigest()[:16]


def _code_of(sent_at: datetime) -> str:
    digest = salted_hmac("home.mail_proof", str(int(sent_at.timestamp()))).hexdigest()
    return str(int(digest, 16) % 10**DIGITS).zfill(DIGITS)
