"""Documents that are written by a program, so that they cannot differ from what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .environment import TABLE
from .paths import BASE


@dataclass(frozen=True)
class Document:
    path: Path
    write: Callable[[], str]

    def is_current(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.write()


CONFIGURATION = """\
# Pengaturan

Halaman ini ditulis oleh `manage.py document` dari tabel di `site/config/environment.py`; jangan diubah dengan tangan.

Setiap pengaturan adalah variabel lingkungan. Untuk mencoba, tidak satu pun perlu diisi. Nilai lain diberikan sebelum
atau sesudah perintah: `PORT=9000 make run` sama dengan `make run PORT=9000`. Di kantor, tulis semuanya dalam satu
berkas yang hanya dapat dibaca pengguna layanan, dan sebutkan berkas itu pada `EnvironmentFile=` unit systemd.

Nilai yang tidak dapat dipakai ditolak saat mulai, dengan nama pengaturannya.

| Nama | Bawaan | Wajib di `production` | Arti |
| --- | --- | --- | --- |
{rows}

## Mulai di `production`

Dengan `PENDOPO_MODE=production`, Pendopo menolak mulai bila satu pengaturan yang wajib belum diisi, bila `DEBUG`
menyala, atau bila basis data berisi data contoh. Di mode
mana pun ia menolak `IDENTITY_KEYS` yang bukan milik basis datanya. Penolakan itu satu: `make run`, `manage.py run --web-only`,
`manage.py run --worker-only`, dan server web yang dijalankan sendiri dengan `config.wsgi` semuanya melewatinya.

`DATABASE_URL` boleh menunjuk SQLite, misalnya `sqlite:////var/lib/pendopo/basisdata/pendopo.sqlite3`, asalkan ditulis: untuk kantor
kecil dengan satu mesin SQLite cukup. Untuk satu kabupaten pakailah PostgreSQL. Portal yang sudah berjalan
dipindahkan dengan `manage.py move_from_sqlite` ([caranya](panduan-admin.md#dari-sqlite-ke-postgresql)).

## Membuat kunci

`SECRET_KEY`:

    python3 -c "import secrets; print(secrets.token_urlsafe(50))"

Satu kunci untuk `IDENTITY_KEYS`:

    python3 -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"

Simpan salinan `IDENTITY_KEYS` terpisah dari cadangan basis data: tanpa kunci ini identitas pelapor tidak dapat dibuka
lagi, dan dengan kunci ini siapa pun yang memegang cadangan dapat membacanya.
"""


def configuration() -> str:
    rows = (
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else 'kosong'} "
        f"| {'ya' if setting.required_in_production else 'tidak'} | {setting.meaning} |"
        for setting in TABLE
    )
    return CONFIGURATION.format(rows="\n".join(rows))


ARCHITECTURE = BASE / "docs" / "architecture.md"


def architecture() -> str:
    """The page as it stands, with each kind's workflow between its two marks drawn anew from the table."""
    from cases.drawing import drawn, listed
    from cases.kinds import all_kinds

    text = ARCHITECTURE.read_text()
    for kind in all_kinds():
        opening, closing = f"<!-- workflow:{kind.kind} -->", "<!-- /workflow -->"
        before, _mark, rest = text.partition(opening)
        _old, _mark, after = rest.partition(closing)
        picture = f"{drawn(kind.workflow)}\n\n{listed(kind.workflow)}"
        text = f"{before}{opening}\n\n{picture}\n\n{closing}{after}"
    return text


DOCUMENTS = (
    Document(BASE / "docs" / "configuration.md", configuration),
    Document(ARCHITECTURE, architecture),
)
