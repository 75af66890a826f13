"""The ways an office can be reached, and what a well-formed one looks like."""

import re
from urllib.parse import quote, urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from .phone_numbers import REGION, grouped
from .web_addresses import without_scheme


class Channel(models.TextChoices):
    PHONE = "phone", _("Telepon kantor")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")
    SHORT_NUMBER = "short_number", _("Nomor pendek")
    EMAIL = "email", _("Surel")
    WEBSITE = "website", _("Situs")
    INSTAGRAM = "instagram", _("Instagram")
    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X")
    TIKTOK = "tiktok", _("TikTok")
    YOUTUBE = "youtube", _("YouTube")
    TELEGRAM = "telegram", _("Telegram")
    RADIO = "radio", _("Radio")


PHONES = {Channel.PHONE, Channel.WHATSAPP, Channel.SMS}
ACCOUNTS = {
    Channel.INSTAGRAM: "https://www.instagram.com/{}",
    Channel.FACEBOOK: "https://www.facebook.com/{}",
    Channel.X: "https://x.com/{}",
    Channel.TIKTOK: "https://www.tiktok.com/@{}",
    Channel.YOUTUBE: "https://www.youtube.com/@{}",
    Channel.TELEGRAM: "https://t.me/{}",
}
# What a name looks like on each network, and the hosts its address may be pasted from.
ACCOUNT_FORMS = {
    Channel.INSTAGRAM: (r"[A-Za-z0-9_](?:[A-Za-z0-9._]{0,28}[A-Za-z0-9_])?", {"instagram.com", "instagr.am"}),
    Channel.FACEBOOK: (r"[A-Za-z0-9](?:[A-Za-z0-9.-]{3,68}[A-Za-z0-9])", {"facebook.com", "fb.com", "fb.me"}),
    Channel.X: (r"[A-Za-z0-9_]{1,15}", {"x.com", "twitter.com"}),
    Channel.TIKTOK: (r"[A-Za-z0-9_.]{1,23}[A-Za-z0-9_]", {"tiktok.com"}),
    Channel.YOUTUBE: (r"[A-Za-z0-9](?:[A-Za-z0-9._-]{1,28}[A-Za-z0-9])", {"youtube.com"}),
    Channel.TELEGRAM: (r"[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]", {"t.me", "telegram.me"}),
}


# The phone library reads letters as keys of a telephone and drops what follows a slash.
ONE_NUMBER = re.compile(r"^[+\d\s().-]+\Z")


class InvalidContact(ValueError):
    """The value is not a contact of that channel; the message says what one looks like."""


def normalise(channel: str, value: str) -> str:
    """The value in the form it is stored and shown in.

    Phones become E.164 (+62353881826), accounts lose their @ and address. Raises InvalidContact.
    """
    value = " ".join(value.split())
    if not value:
        raise InvalidContact(__("Isi nomor, alamat, atau nama akunnya."))
    if channel in PHONES:
        return _phone(value)
    if channel == Channel.SHORT_NUMBER:
        # 112, 119, 1708 and their like are no subscriber numbers: the phone library calls them invalid.
        if not re.fullmatch(r"[0-9]{3,6}", value):
            raise InvalidContact(__("Nomor pendek terdiri dari 3 sampai 6 angka, misalnya 112."))
        return value
    if channel == Channel.EMAIL:
        try:
            validate_email(value)
        except ValidationError:
            raise InvalidContact(__("Tulis alamat surel lengkap, misalnya kecamatan@contoh.go.id.")) from None
        return value.lower()
    if channel == Channel.WEBSITE:
        if not re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", value):
            raise InvalidContact(__("Tulis alamat situs lengkap, diawali https://."))
        return value
    if channel in ACCOUNTS:
        return _account(channel, value)
    return value


def _account(channel: str, value: str) -> str:
    """The name of an account, typed as such or pasted as the address of its page."""
    network = Channel(channel)
    form, hosts = ACCOUNT_FORMS[network]
    try:
        address = urlsplit(value if "://" in value else f"https://{value}")
        host = re.sub(r"^(www|m|web|id-id)\.", "", address.hostname or "")
    except ValueError:
        address, host = None, ""
    if "/" in value and host not in hosts:
        raise InvalidContact(
            __("Alamat ini bukan dari %(network)s. Tulis nama akunnya saja, misalnya @kecamatan.kapas.")
            % {"network": network.label}
        )
    account = (address.path.strip("/") if "/" in value else value).removeprefix("@")
    # Facebook's address for who has chosen no name.
    if account == "profile.php" or not re.fullmatch(form, account):
        raise InvalidContact(
            __("Bukan nama akun %(network)s. Tulis nama akunnya saja, misalnya @kecamatan.kapas.")
            % {"network": network.label}
        )
    return account


def _phone(value: str) -> str:
    if not ONE_NUMBER.match(value):
        raise InvalidContact(
            __("Tulis satu nomor saja, dengan angka. Nomor pesawat atau ekstensi ditulis di keterangan.")
        )
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        raise InvalidContact(
            __("Nomor ini tidak dapat dibaca. Tulis seperti 0353 881 826 atau 0812 3456 7890.")
        ) from None
    if not phonenumbers.is_valid_number(number):
        raise InvalidContact(__("Nomor telepon seperti ini tidak ada. Tulis lengkap dengan kode daerahnya."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(channel: str, value: str) -> str:
    """The stored value as people read it: 0353 881 826, kapas.contoh.go.id, @kecamatan.kapas."""
    if channel in PHONES:
        return grouped(value)
    if channel == Channel.WEBSITE:
        return without_scheme(value)
    if channel in ACCOUNTS:
        return f"@{value}"
    return value


def link(channel: str, value: str, *, greeting: str = "") -> str:
    """Where a tap on the contact leads, or "" where there is nowhere to go."""
    if channel in (Channel.PHONE, Channel.SHORT_NUMBER):
        return f"tel:{value}"
    if channel == Channel.SMS:
        return f"sms:{value}"
    if channel == Channel.WHATSAPP:
        return f"https://wa.me/{value.lstrip('+')}" + (f"?text={quote(greeting)}" if greeting else "")
    if channel == Channel.EMAIL:
        return f"mailto:{value}"
    if channel == Channel.WEBSITE:
        return value
    if channel in ACCOUNTS:
        return ACCOUNTS[channel].format(value)
    return ""
