"""From the text of an environment variable to a value.

Each parser takes a text and returns the value, or raises ValueError with what to write instead, in Indonesian.
"""

import base64
import ipaddress
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from .paths import BASE

SHORTEST_SECRET = 50
DATABASES = ("postgres", "postgresql", "sqlite")


def words(value: str) -> list[str]:
    """Comma-separated values, without the empty ones."""
    return [word.strip() for word in value.split(",") if word.strip()]


def one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"pakai {', '.join(choices[:-1])} atau {choices[-1]}")
        return value

    return parse


def yes_no(value: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "ya": True}
    answers |= {"0": False, "false": False, "no": False, "tidak": False}
    try:
        return answers[value.lower()]
    except KeyError:
        raise ValueError("pakai 1 atau 0") from None


def at_least(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ValueError(f"pakai angka {least} atau lebih")
        return int(value)

    return parse


def port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError("pakai angka 1 sampai 65535")
    return int(value)


def folder(value: str) -> Path:
    """A relative folder lies in the checkout, wherever the command was given."""
    path = BASE / Path(value).expanduser()
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    if not there.is_dir():
        raise ValueError(f"{there} adalah berkas, bukan folder")
    return path


def optional_folder(value: str) -> Path | None:
    return folder(value) if value else None


def web_address(value: str) -> str:
    """Without a slash at the end."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("tulis alamat lengkap, mulai dengan https:// atau http://")
    return value.rstrip("/")


def ip_address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("pakai alamat IP, misalnya 127.0.0.1, atau 0.0.0.0 untuk semua") from None


def host_names(value: str) -> list[str]:
    """A lone * would let anyone choose the host name that links are made with."""
    names = words(value)
    if "*" in names or any("/" in name for name in names):
        raise ValueError("tulis nama host saja, misalnya pendopo.bojonegorokab.go.id")
    return names


def time_zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        raise ValueError(
            "pakai nama zona, misalnya Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura"
        ) from None


def mail_sender(value: str) -> str:
    if "@" not in parseaddr(value)[1]:
        raise ValueError("tulis alamat surel, misalnya Pendopo <pendopo@bojonegorokab.go.id>")
    return value


def secret_key(value: str) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError(f"terlalu pendek, pakai paling sedikit {SHORTEST_SECRET} karakter acak")
    return value


def identity_keys(value: str) -> list[str]:
    """Keys of Fernet: 32 bytes in the base64 that is safe in addresses."""
    keys = words(value)
    for key in keys:
        try:
            length = len(base64.b64decode(key, altchars=b"-_", validate=True))
        except ValueError:
            length = 0
        if length != 32:
            raise ValueError("setiap kunci harus 32 byte base64 urlsafe")
    return keys


def database_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        known = parts.scheme in DATABASES and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if value and not known:
        raise ValueError(
            "mulai dengan postgres:// atau sqlite:///; tanda khusus dalam kata sandi ditulis %XX"
        )
    return value
