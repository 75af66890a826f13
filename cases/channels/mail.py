"""E-mail, by the server of the settings (EMAIL_TIMEOUT seconds for a whole letter)."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from .contract import AddressRefused, Message, NotSent, Reachable, TryLater

# RFC 5321: no such mailbox, moved away, name not allowed. 552 (full) and 554 (by policy) may pass.
NOBODY_THERE = {550, 551, 553}
# RFC 3463: the same 550 where the server has something against this sender, not against the address; and what servers
# say of it that give no number.
POLICY, RELAY = b"5.7.", b"relay"


class Mail:
    name = "mail"
    # As Python's mail names them.
    causes = {
        "SMTPRecipientsRefused": _("Alamat surel ditolak"),
        "SMTPSenderRefused": _("Alamat pengirim ditolak"),
        "SMTPAuthenticationError": _("Nama atau kata sandi server surel salah"),
        "SMTPServerDisconnected": _("Server surel memutus sambungan atau terlalu lama menjawab"),
        "SMTPConnectError": _("Server surel belum mau menerima surel"),
        "SMTPHeloError": _("Server surel belum mau menerima surel"),
        "SMTPDataError": _("Server surel tidak mau menerima isi surel ini"),
        "SMTPResponseException": _("Jawaban server surel tidak dapat dibaca"),
        "SMTPNotSupportedError": _(
            "Server surel tidak menawarkan yang diminta, misalnya STARTTLS atau nama dan kata sandi"
        ),
        "SSLError": _("Sambungan aman ke server surel gagal"),
        "SSLCertVerificationError": _("Sertifikat server surel tidak dapat dipercaya"),
        "ConnectionResetError": _("Server surel memutus sambungan"),
        "ConnectionRefusedError": _("Server surel tidak menjawab"),
        "TimeoutError": _("Server surel tidak menjawab"),
        "gaierror": _("Server surel tidak ditemukan"),
    }

    def address(self, person: Reachable) -> str:
        return person.email

    def send(self, message: Message) -> None:
        letter = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[message.to],
            headers={"Message-ID": message.key, "Auto-Submitted": "auto-generated"},
        )
        try:
            letter.send()
        except (OSError, SMTPException) as fault:
            # Without the fault itself: the server's words repeat the address.
            raise not_sent(fault) from None


def not_sent(fault: Exception) -> NotSent:
    """A fault of Python's mail as the contract names it, without the words of the mail server."""
    answers = list(getattr(fault, "recipients", {}).values())
    code = answers[0][0] if answers else getattr(fault, "smtp_code", None)
    is_for_good = isinstance(fault, SMTPRecipientsRefused) and all(
        code in NOBODY_THERE and not words.startswith(POLICY) and RELAY not in words.lower()
        for code, words in answers
    )
    return (AddressRefused if is_for_good else TryLater)(type(fault).__name__, code)
