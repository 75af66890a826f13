import sys

from django.core.management.base import BaseCommand, CommandParser

from config import messages
from config.paths import BASE


class Command(BaseCommand):
    help = "Mengumpulkan kalimat antarmuka ke site/locale/en, tempat terjemahannya ditulis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Hanya memeriksa; gagal bila ada yang belum diterjemahkan."
        )

    def handle(self, *, check: bool, **_options) -> None:
        try:
            new = 0 if check else messages.collect()
            faults = messages.faults()
        except messages.Unreadable as place:
            sys.exit(f"{place}: kalimat harus ditulis utuh di dalam _().")
        if check:
            if faults:
                sys.exit("\n".join([*faults, "Jalankan make messages, lalu terjemahkan."]))
            return
        name = messages.CATALOGUE.relative_to(BASE)
        self.stdout.write(f"{name}: {new} kalimat baru, {len(faults)} belum diterjemahkan atau salah.")
