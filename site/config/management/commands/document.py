import sys

from django.core.management.base import BaseCommand, CommandParser

from config.documents import DOCUMENTS
from config.paths import BASE


class Command(BaseCommand):
    help = "Menulis dokumen yang isinya berasal dari kode, misalnya docs/configuration.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Hanya memeriksa; gagal bila ada yang usang."
        )

    def handle(self, *, check: bool, **_options) -> None:
        stale = [document for document in DOCUMENTS if not document.is_current()]
        names = ", ".join(str(document.path.relative_to(BASE)) for document in stale)
        if check:
            if stale:
                sys.exit(f"Usang: {names}. Jalankan manage.py document.")
            return
        for document in stale:
            document.path.parent.mkdir(exist_ok=True)
            document.path.write_text(document.write())
        self.stdout.write(f"Ditulis: {names}." if stale else "Semua dokumen sudah sesuai.")
