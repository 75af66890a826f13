"""Every setting an office may change from outside, in one table.

`docs/configuration.md` is written from this table (`manage.py document`), and a test holds the two together.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from . import parsing

LOCAL, PRODUCTION = "local", "production"


@dataclass(frozen=True)
class Setting:
    """One environment variable. `meaning` is Markdown, in Indonesian; a secret's value is never shown, not even
    when it is wrong."""

    name: str
    default: str
    meaning: str
    parse: Callable[[str], Any] = str
    required_in_production: bool = False
    is_secret: bool = False


TABLE = (
    Setting(
        "PENDOPO_MODE",
        LOCAL,
        "`local` untuk mencoba, `production` untuk kantor sungguhan.",
        parsing.one_of(LOCAL, PRODUCTION),
    ),
    Setting(
        "SECRET_KEY",
        "",
        "Kunci rahasia Django, paling sedikit 50 karakter acak. Di `local` dibuat sendiri di DATA_DIR.",
        parsing.secret_key,
        required_in_production=True,
        is_secret=True,
    ),
    Setting(
        "IDENTITY_KEYS",
        "",
        "Kunci penyandi identitas pelapor (32 byte base64 urlsafe), dipisah koma; yang pertama menyandi, "
        "semuanya dapat membuka. Simpan di luar basis data. Di `local` dibuat sendiri di DATA_DIR.",
        parsing.identity_keys,
        required_in_production=True,
        is_secret=True,
    ),
    Setting(
        "ALLOWED_HOSTS",
        "",
        "Nama host yang dilayani, dipisah koma.",
        parsing.host_names,
        required_in_production=True,
    ),
    Setting(
        "DATABASE_URL",
        "",
        "Basis data, misalnya `postgres://pendopo@/pendopo`. Kosong berarti SQLite di DATA_DIR (hanya `local`).",
        parsing.database_address,
        required_in_production=True,
        is_secret=True,
    ),
    Setting("DATA_DIR", "var", "Folder untuk basis data SQLite, unggahan, dan kunci.", parsing.folder),
    Setting(
        "PUBLIC_URL",
        "",
        "Alamat portal yang dicetak di poster dan surel, misalnya `https://pendopo.bojonegorokab.go.id`.",
        parsing.web_address,
        required_in_production=True,
    ),
    Setting(
        "BACKUP_DIR",
        "",
        "Folder cadangan; umurnya diperiksa di /kesehatan/siap/.",
        parsing.optional_folder,
    ),
    Setting("HOST", "127.0.0.1", "Alamat IP yang didengarkan server web.", parsing.ip_address),
    Setting("PORT", "8000", "Port yang didengarkan server web.", parsing.port),
    Setting("WEB_WORKERS", "1", "Banyaknya proses server web.", parsing.at_least(1)),
    Setting("TASK_WORKERS", "1", "Banyaknya proses pekerja latar.", parsing.at_least(1)),
    Setting(
        "TRUSTED_PROXIES", "0", "Banyaknya proxy tepercaya di depan server (nginx: 1).", parsing.at_least(0)
    ),
    Setting(
        "PAGE_CACHE_SECONDS",
        "60",
        "Paling lama halaman untuk umum disimpan di DATA_DIR/halaman sebelum disusun lagi, dalam detik; "
        "0 berarti selalu disusun. Apa yang diubah di portal terlihat seketika.",
        parsing.at_least(0),
    ),
    Setting(
        "TIME_ZONE",
        "Asia/Jakarta",
        "Zona waktu kantor; hari dan tenggat dihitung menurut zona ini.",
        parsing.time_zone,
    ),
    Setting("SMTP_HOST", "", "Server surel. Kosong berarti surel ditulis ke DATA_DIR/surel."),
    Setting("SMTP_PORT", "587", "Port server surel.", parsing.port),
    Setting("SMTP_USER", "", "Pengguna server surel."),
    Setting("SMTP_PASSWORD", "", "Kata sandi server surel.", is_secret=True),
    Setting(
        "SMTP_SECURITY",
        "starttls",
        "`starttls` (biasanya port 587), `tls` (port 465), atau `none`.",
        parsing.one_of("starttls", "tls", "none"),
    ),
    Setting("MAIL_FROM", "Pendopo <pendopo@localhost>", "Pengirim surel.", parsing.mail_sender),
    Setting(
        "LOG_LEVEL",
        "INFO",
        "Banyaknya catatan: DEBUG, INFO, WARNING, ERROR.",
        parsing.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Setting("DEBUG", "0", "Halaman galat untuk pengembang. Ditolak di `production`.", parsing.yes_no),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Parse every setting of TABLE; an empty variable counts as one that is not set.

    Raises ImproperlyConfigured, naming every setting that is wrong or, in production, missing.
    """
    values, faults = {}, []
    for setting in TABLE:
        given = environ.get(setting.name, "").strip()
        try:
            values[setting.name] = setting.parse(given or setting.default)
        except ValueError as fault:
            shown = "nilainya" if setting.is_secret else f"nilai '{given}'"
            faults.append(f"{setting.name}: {shown} tidak dapat dipakai; {fault}")
    if values.get("PENDOPO_MODE") == PRODUCTION:
        faults += [
            f"{setting.name}: wajib diisi di production"
            for setting in TABLE
            if setting.required_in_production and not environ.get(setting.name, "").strip()
        ]
        if values.get("DEBUG"):
            faults.append("DEBUG: tidak boleh menyala di production")
    if faults:
        raise ImproperlyConfigured("Pengaturan belum benar.\n  " + "\n  ".join(faults))
    return values
