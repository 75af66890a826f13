"""What must be right before anything is started. Each raises Refusal with one line, in Indonesian."""

import errno
import socket
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection


class Refusal(Exception):
    """Why the portal does not start, in words for the person who started it."""


def require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        raise Refusal(f"DATA_DIR: folder {folder} tidak dapat ditulis.") from None


def require_free_port(host: str, port: int) -> None:
    """The web server itself would share a port with another one of the same user, without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise Refusal(_why_not(fault, host, port)) from None


def _why_not(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return (
            f"Port {port} sedang dipakai program lain. Pilih yang lain, misalnya: make run PORT={_next(port)}"
        )
    if fault.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} tidak boleh dipakai pengguna ini. Pilih yang lain, misalnya: make run PORT=8000"
    return f"HOST: {host} bukan alamat komputer ini."


def _next(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def require_static_files() -> None:
    if settings.IS_PRODUCTION and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Refusal("Berkas statis belum dikumpulkan. Jalankan manage.py collectstatic.")


def require_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        raise Refusal(f"Basis data tidak dapat dibuka: {str(fault).strip().splitlines()[0]}") from None
