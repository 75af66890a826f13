"""`make run`, and the services of an office: web server and worker under one supervisor."""

import socket
import sys
import threading
import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandParser

from config.paths import BASE
from config.production import refuse_demo_rows, refuse_other_keys
from config.runner.child import Child
from config.runner.first_start import demo_accounts, prepare
from config.runner.heartbeat import Heartbeat, watch
from config.runner.readiness import (
    Refusal,
    require_database,
    require_free_port,
    require_static_files,
    require_writable,
)
from config.runner.supervisor import Supervisor

# Each thread holds a connection to the database; the server's own default is 256.
BLOCKING_THREADS = 4


class Command(BaseCommand):
    help = "Menjalankan portal: server web, pekerja latar, dan pengawas keduanya. Berhenti dengan Ctrl-C."

    # Migrating checks everything, but only after what these checks need is there.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--web-only", action="store_true", help="Server web saja; basis data harus sudah siap."
        )
        which.add_argument(
            "--worker-only", action="store_true", help="Pekerja saja; basis data harus sudah siap."
        )

    def handle(self, *, web_only: bool, worker_only: bool, **_options) -> None:
        try:
            # The static folder is made here because WhiteNoise complains when it is missing.
            for folder in (settings.DATA_DIR, settings.STATIC_ROOT):
                require_writable(folder)
            if not worker_only:
                require_free_port(settings.ENVIRONMENT["HOST"], settings.ENVIRONMENT["PORT"])
            require_database()
            refuse_demo_rows()
            refuse_other_keys()
            if not web_only and not worker_only:
                print("Menyiapkan basis data ...", flush=True)
                prepare()
            require_static_files()
        except (Refusal, ImproperlyConfigured) as refusal:
            sys.exit(str(refusal))
        children = []
        if not worker_only:
            children.append(Child("web", web_command()))
            threading.Thread(target=welcome_when_ready, args=[demo_accounts()], daemon=True).start()
        if not web_only:
            heartbeat = Heartbeat(longest_task=settings.Q_CLUSTER["timeout"])
            children.append(Child("pekerja", worker_command(), watch=heartbeat))
            threading.Thread(target=watch, args=[heartbeat], daemon=True).start()
        Supervisor(children).run()
        print("Pendopo berhenti.", flush=True)


def web_command() -> list[str]:
    environment = settings.ENVIRONMENT
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--working-dir", str(BASE / "site")]
    command += ["--host", environment["HOST"], "--port", str(environment["PORT"])]
    command += ["--workers", str(environment["WEB_WORKERS"]), "--blocking-threads", str(BLOCKING_THREADS)]
    # Shorter than the supervisor's patience: a request that hangs does not keep the server from stopping.
    return [
        *command,
        "--workers-kill-timeout",
        "10",
        "--no-ws",
        "--log-level",
        "warning",
        "config.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [sys.executable, str(BASE / "manage.py"), "qcluster"]


def welcome_when_ready(accounts: str) -> None:
    """Print where the portal is and who may log in, as soon as the port answers."""
    host = settings.ENVIRONMENT["HOST"]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    while True:
        try:
            socket.create_connection((here, settings.ENVIRONMENT["PORT"]), timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    lines = [
        "",
        f"Portal         {settings.PUBLIC_URL}/",
        f"Meja layanan   {settings.PUBLIC_URL}/meja/",
        f"Editor         {settings.PUBLIC_URL}/admin/",
        *(["", accounts] if accounts else []),
        "",
        "Berhenti dengan Ctrl-C.",
        "",
    ]
    print("\n".join(lines), flush=True)
