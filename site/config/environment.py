"""Every setting an office may change from outside, in one table.

`docs/configuration.md` is written from this table (`manage.py document`), and a test holds the two together.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .paths import BASE

LOCAL, PRODUCTION = "local", "production"


def words(value: str) -> list[str]:
    """Comma-separated values, without the empty ones."""
    return [word.strip() for word in value.split(",") if word.strip()]


def yes_no(value: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "ya": True}
    answers |= {"": False, "0": False, "false": False, "no": False, "tidak": False}
    try:
        return answers[value.strip().lower()]
    except KeyError:
        raise ValueError("pakai 1 atau 0") from None


def mode(value: str) -> str:
    if value not in (LOCAL, PRODUCTION):
        raise ValueError(f"pakai {LOCAL} atau {PRODUCTION}")
    return value


def folder(value: str) -> Path:
    path = Path(value).expanduser()
    return path if path.is_absolute() else BASE / path


def port(value: str) -> int:
    number = int(value)
    if not 0 < number < 65536:
        raise ValueError("pakai angka 1 sampai 65535")
    return number


def positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("pakai angka 1 atau lebih")
    return number


def web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("mulai dengan http:// atau https://")
    return value.rstrip("/")


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str
    parse: Callable[[str], Any] = str
    required_in_production: bool = False


TABLE = (
    Setting("PENDOPO_MODE", LOCAL, "`local` untuk mencoba, `production` untuk kantor sungguhan.", mode),
    Setting("SECRET_KEY", "", "Kunci rahasia Django. Di `local` dibuat sendiri di DATA_DIR.", str, True),
    Setting(
        "IDENTITY_KEYS",
        "",
        "Kunci penyandi identitas pelapor (32 byte base64 urlsafe), dipisah koma; yang pertama menyandi, "
        "semuanya dapat membuka. Simpan di luar basis data. Di `local` dibuat sendiri di DATA_DIR.",
        words,
        True,
    ),
    Setting("ALLOWED_HOSTS", "", "Nama host yang dilayani, dipisah koma.", words, True),
    Setting(
        "DATABASE_URL",
        "",
        "Basis data, misalnya `postgres://pendopo@/pendopo`. Kosong berarti SQLite di DATA_DIR (hanya `local`).",
        str,
        True,
    ),
    Setting("DATA_DIR", "var", "Folder untuk basis data SQLite, unggahan, dan kunci.", folder),
    Setting("PUBLIC_URL", "", "Alamat portal yang dicetak di poster dan surel.", web_address, True),
    Setting("HOST", "127.0.0.1", "Alamat yang didengarkan server web."),
    Setting("PORT", "8000", "Port yang didengarkan server web.", port),
    Setting("WEB_WORKERS", "1", "Banyaknya proses server web.", positive),
    Setting("TASK_WORKERS", "1", "Banyaknya proses pekerja latar.", positive),
    Setting("TRUSTED_PROXIES", "0", "Banyaknya proxy tepercaya di depan server (nginx: 1).", int),
    Setting("TIME_ZONE", "Asia/Jakarta", "Zona waktu kantor; hari dan tenggat dihitung menurut zona ini."),
    Setting("SMTP_HOST", "", "Server surel. Kosong berarti surel ditulis ke DATA_DIR/surel."),
    Setting("SMTP_PORT", "587", "Port server surel.", port),
    Setting("SMTP_USER", "", "Pengguna server surel."),
    Setting("SMTP_PASSWORD", "", "Kata sandi server surel."),
    Setting("SMTP_TLS", "1", "STARTTLS ke server surel (1/0).", yes_no),
    Setting("MAIL_FROM", "Pendopo <pendopo@localhost>", "Pengirim surel."),
    Setting("LOG_LEVEL", "INFO", "Banyaknya catatan: DEBUG, INFO, WARNING, ERROR."),
    Setting("DEBUG", "0", "Halaman galat untuk pengembang. Ditolak di `production`.", yes_no),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Parse every setting of TABLE.

    Raises ImproperlyConfigured, naming every setting that is wrong or, in production, missing.
    """
    values, faults = {}, []
    for setting in TABLE:
        raw = environ.get(setting.name, "") or setting.default
        try:
            values[setting.name] = setting.parse(raw)
        except ValueError as fault:
            faults.append(f"{setting.name}: nilai '{raw}' tidak dapat dipakai ({fault})")
    if values.get("PENDOPO_MODE") == PRODUCTION:
        faults += [
            f"{setting.name}: wajib diisi di production"
            for setting in TABLE
            if setting.required_in_production and not environ.get(setting.name, "").strip()
        ]
        if values.get("DEBUG"):
            faults.append("DEBUG: tidak boleh menyala di production")
        if len(values.get("SECRET_KEY") or "") < 50 and environ.get("SECRET_KEY"):
            faults.append("SECRET_KEY: terlalu pendek, pakai paling sedikit 50 karakter acak")
    if faults:
        raise ImproperlyConfigured("Pengaturan belum benar.\n  " + "\n  ".join(faults))
    return values
