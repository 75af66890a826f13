"""From an empty database to a portal that can receive its first report. Safe to run again."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from config.setup.checklist import checklist
from config.setup.console import Console
from config.setup.steps import STEPS, Refused, Step
from home.services.site import open_site
from ppid.services.site import open_ppid_page

INTERRUPTED = 130


class Command(BaseCommand):
    help = "Menyiapkan portal pertama kali: identitas, unit, halaman, administrator, dan surel. Aman diulang."
    # It makes the tables itself.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", metavar="NAMA", help="nama daerah, misalnya Kabupaten Bojonegoro")
        parser.add_argument("--tagline", metavar="KALIMAT", help="kalimat di bawah nama")
        parser.add_argument("--slogan", metavar="SLOGAN")
        parser.add_argument("--primary-color", metavar="WARNA", help="misalnya #0e5a48")
        parser.add_argument("--accent-color", metavar="WARNA", help="misalnya #8a4a26")
        parser.add_argument(
            "--hotline",
            action="append",
            metavar="NAMA=NOMOR",
            help="nomor penting, misalnya Darurat=112; boleh berulang, menggantikan yang ada",
        )
        parser.add_argument("--crest", metavar="BERKAS", help="lambang, SVG atau PNG")
        parser.add_argument(
            "--units", nargs="+", metavar="BERKAS", help="CSV daftar unit, wilayah lebih dahulu"
        )
        parser.add_argument(
            "--region-code",
            metavar="KODE",
            help="kode wilayah, bila tidak ada daftar unit yang memuat kabupatennya",
        )
        parser.add_argument("--admin-username", metavar="NAMA")
        parser.add_argument("--admin-name", metavar="NAMA LENGKAP")
        parser.add_argument("--admin-email", metavar="SUREL")
        parser.add_argument(
            "--admin-password-env", metavar="VARIABEL", help="variabel lingkungan berisi kata sandi"
        )
        parser.add_argument("--mail-test-to", metavar="SUREL", help="kirim surel uji ke alamat ini")
        parser.add_argument("--no-input", action="store_true", help="jangan bertanya; yang kurang disebutkan")

    def handle(self, *, no_input: bool, hotline: list[str] | None, **options) -> None:
        options["hotline"] = "; ".join(hotline) if hotline else None
        console = None if no_input else Console()
        self.steps = [step(options, console, self._say) for step in STEPS]
        self.done: list[Step] = []
        try:
            self._prepare_database()
            if no_input:
                self._check_all()
            elif console:
                self._say(_("Tekan Enter untuk memakai yang ada dalam kurung siku; tanda - mengosongkannya."))
            for step in self.steps:
                self._take(step, ask=not no_input)
        except Refused as refused:
            sys.exit(f"{refused}\n{self._standing()}")
        except (KeyboardInterrupt, EOFError):
            self.stderr.write(f"\n{_('Dihentikan.')} {self._standing()}")
            sys.exit(INTERRUPTED)
        self._close()

    def _prepare_database(self) -> None:
        self._say(_("Menyiapkan basis data ..."))
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as fault:
            sys.exit(_("Basis data tidak dapat dibuka: %s") % str(fault).strip().splitlines()[0])
        open_ppid_page(open_site())

    def _check_all(self) -> None:
        """Every fault of every flag at once, before anything is written."""
        faults = []
        for step in self.steps:
            try:
                step.gather()
            except Refused as refused:
                faults.append(str(refused))
        if faults:
            raise Refused("\n".join(faults))

    def _take(self, step: Step, *, ask: bool) -> None:
        self._say(f"\n{len(self.done) + 1}. {step.title}")
        if ask:
            step.gather()
        step.carry_out()
        self.done.append(step)

    def _standing(self) -> str:
        if not self.done:
            return _("Belum ada yang disimpan.")
        left = [str(step.title) for step in self.steps if step not in self.done]
        return _("Sudah disimpan: %(done)s. Belum: %(left)s. Jalankan lagi untuk melanjutkan.") % {
            "done": ", ".join(str(step.title) for step in self.done),
            "left": ", ".join(left),
        }

    def _close(self) -> None:
        self._say("")
        for item in checklist():
            self._say(f"{_('siap ') if item.is_done else _('belum')}  {item.title}: {item.words}")
        self._say("\n" + _("Lanjutkan di %s/admin/persiapan/") % settings.PUBLIC_URL)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
