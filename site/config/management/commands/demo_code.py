from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.demo.factors import current_code
from config.demo.units import DemoRefused


class Command(BaseCommand):
    help = "Menampilkan kode masuk enam angka sebuah akun contoh."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAMA", help="nama pengguna akun contoh")

    def handle(self, *, name: str, **_options) -> None:
        try:
            code = current_code(name)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(code.digits)
        self.stdout.write(_("Berlaku %s detik lagi, untuk sekali masuk.") % code.seconds_left)
