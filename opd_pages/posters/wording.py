"""How names of channels, addresses and dates are written on the poster. Always Indonesian."""

import re
from datetime import date

from .content import PosterChannel

KINDS = {
    "phone": "Telepon",
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "short_number": "Nomor pendek",
    "email": "Surel",
    "website": "Situs",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "x": "X",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "telegram": "Telegram",
    "radio": "Radio",
}
DIALLED = {"phone", "whatsapp", "sms", "short_number"}
# The poster is Indonesian in every language of the interface, so these are no translated dates.
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def heading(channel: PosterChannel) -> str:
    """The channel's name and what it is for, once: "WhatsApp · Pengaduan", but "SMS pengaduan"."""
    kind = KINDS[channel.kind]
    if channel.kind == "short_number" and channel.label.strip():
        return channel.label  # "Layanan darurat" says more than that its number is short
    if re.search(rf"\b{re.escape(kind)}\b", channel.label, re.IGNORECASE):
        return channel.label
    return f"{kind} · {channel.label}" if channel.label.strip() else kind


def two_lines(value: str) -> list[str]:
    """A long address cut nearest its middle after a space or one of @ . / _ -; [] where it has none."""
    cuts = [match.end() for match in re.finditer(r"[ @./_-]+", value) if match.end() < len(value)]
    if not cuts:
        return []
    cut = min(cuts, key=lambda position: abs(position - len(value) / 2))
    return [value[:cut].rstrip(), value[cut:]]
