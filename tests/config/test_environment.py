import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import TABLE, read

KEY = base64.urlsafe_b64encode(bytes(32)).decode()
OFFICE = {
    "PENDOPO_MODE": "production",
    "SECRET_KEY": "x" * 50,
    "IDENTITY_KEYS": KEY,
    "ALLOWED_HOSTS": "pendopo.contoh.test",
    "DATABASE_URL": "postgres://pendopo@/pendopo",
    "PUBLIC_URL": "https://pendopo.contoh.test/",
}


def faults(environ: dict[str, str]) -> list[str]:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(environ)
    return [line.strip() for line in str(refusal.value).splitlines()[1:]]


def test_nothing_needs_to_be_set_for_a_trial():
    assert read({}).keys() == {setting.name for setting in TABLE}


def test_an_empty_variable_counts_as_not_set():
    assert read({"PORT": " "})["PORT"] == 8000


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PENDOPO_MODE", "prod", "pakai local atau production"),
        ("PORT", "delapan", "pakai angka 1 sampai 65535"),
        ("PORT", "70000", "pakai angka 1 sampai 65535"),
        ("SMTP_PORT", "-1", "pakai angka 1 sampai 65535"),
        ("WEB_WORKERS", "0", "pakai angka 1 atau lebih"),
        ("TRUSTED_PROXIES", "-1", "pakai angka 0 atau lebih"),
        ("DEBUG", "mungkin", "pakai 1 atau 0"),
        ("HOST", "localhost", "pakai alamat IP, misalnya 127.0.0.1, atau 0.0.0.0 untuk semua"),
        (
            "TIME_ZONE",
            "Asia/Bojonegoro",
            "pakai nama zona, misalnya Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura",
        ),
        ("TIME_ZONE", "../keys", "pakai nama zona, misalnya Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura"),
        ("PUBLIC_URL", "pendopo.contoh.test", "tulis alamat lengkap, mulai dengan https:// atau http://"),
        ("PUBLIC_URL", "https:///lapor", "tulis alamat lengkap, mulai dengan https:// atau http://"),
        ("SMTP_SECURITY", "ssl", "pakai starttls, tls atau none"),
        ("DATA_DIR", "/dev/null/data", "/dev/null adalah berkas, bukan folder"),
        ("ALLOWED_HOSTS", "*", "tulis nama host saja, misalnya pendopo.bojonegorokab.go.id"),
        ("MAIL_FROM", "Pendopo", "tulis alamat surel, misalnya Pendopo <pendopo@bojonegorokab.go.id>"),
        ("LOG_LEVEL", "banyak", "pakai DEBUG, INFO, WARNING atau ERROR"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_to_write_instead(name, value, advice):
    assert faults({name: value}) == [f"{name}: nilai '{value}' tidak dapat dipakai; {advice}"]


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SECRET_KEY", "pendek", "terlalu pendek, pakai paling sedikit 50 karakter acak"),
        ("IDENTITY_KEYS", "bukan-kunci", "setiap kunci harus 32 byte base64 urlsafe"),
        ("IDENTITY_KEYS", f"{KEY},{KEY[:-4]}", "setiap kunci harus 32 byte base64 urlsafe"),
        (
            "DATABASE_URL",
            "mysql://pendopo:rahasia@/pendopo",
            "mulai dengan postgres:// atau sqlite:///; tanda khusus dalam kata sandi ditulis %XX",
        ),
        (
            "DATABASE_URL",
            "postgres://pendopo:rah:asia@host:lima/pendopo",
            "mulai dengan postgres:// atau sqlite:///; tanda khusus dalam kata sandi ditulis %XX",
        ),
    ],
)
def test_a_secret_that_cannot_be_used_is_not_shown(name, value, advice):
    assert faults({name: value}) == [f"{name}: nilainya tidak dapat dipakai; {advice}"]


def test_all_faults_are_told_at_once():
    assert [fault.split(":")[0] for fault in faults({"PORT": "x", "DEBUG": "x"})] == ["PORT", "DEBUG"]


def test_an_office_needs_its_own_keys_hosts_database_and_address():
    assert faults({"PENDOPO_MODE": "production"}) == [
        f"{name}: wajib diisi di production"
        for name in ("SECRET_KEY", "IDENTITY_KEYS", "ALLOWED_HOSTS", "DATABASE_URL", "PUBLIC_URL")
    ]


def test_debug_is_refused_in_an_office():
    assert faults(OFFICE | {"DEBUG": "1"}) == ["DEBUG: tidak boleh menyala di production"]


def test_an_office_may_name_an_sqlite_file():
    values = read(OFFICE | {"DATABASE_URL": "sqlite:////srv/pendopo/pendopo.sqlite3"})
    assert values["DATABASE_URL"] == "sqlite:////srv/pendopo/pendopo.sqlite3"


def test_the_public_address_has_no_slash_at_its_end():
    assert read(OFFICE)["PUBLIC_URL"] == "https://pendopo.contoh.test"


def test_several_identity_keys_keep_their_order():
    second = base64.urlsafe_b64encode(bytes([1] * 32)).decode()
    assert read(OFFICE | {"IDENTITY_KEYS": f"{second}, {KEY}"})["IDENTITY_KEYS"] == [second, KEY]
