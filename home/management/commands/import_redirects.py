"""Old addresses of a former site go on leading somewhere: printed, linked and bookmarked ones too."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from home.services.redirect_import import UnreadableRedirects, import_redirects


class Command(BaseCommand):
    help = "Masukkan alamat situs lama dan alamat barunya dari berkas CSV dengan kolom lama dan baru."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV: lama,baru")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")

    def handle(self, *, file: Path, dry_run: bool, **_options) -> None:
        try:
            report = import_redirects(file, dry_run=dry_run)
        except UnreadableRedirects as fault:
            raise CommandError(str(fault)) from fault
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            raise CommandError(_("Tidak ada yang diimpor: %s kesalahan.") % len(report.faults))
        lead = _("Akan disimpan") if dry_run else _("Disimpan")
        words = _("%(new)s alamat baru, %(changed)s berubah, %(same)s tetap.")
        counts = {"new": report.new, "changed": report.changed, "same": report.same}
        self.stdout.write(f"{lead}: {words % counts}")
