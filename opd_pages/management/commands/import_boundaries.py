"""Outlines of kecamatan for the map at /unit/peta/. The file itself stays with the office."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from opd_pages.boundaries.geojson import BadBoundaries
from opd_pages.services.boundary_import import import_boundaries


class Command(BaseCommand):
    help = "Masukkan batas kecamatan dari berkas GeoJSON untuk peta di /unit/peta/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="GeoJSON, dicocokkan menurut kode wilayah"
        )
        parser.add_argument(
            "--property", default="", metavar="NAMA", help="nama isian yang memuat kode (bawaan: kode)"
        )
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")

    def handle(self, *, file: Path, property: str, dry_run: bool, **_options) -> None:
        try:
            report = import_boundaries(file, code_name=property, dry_run=dry_run)
        except BadBoundaries as fault:
            raise CommandError(str(fault)) from fault
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            raise CommandError(_("%s kesalahan. Tidak ada yang disimpan.") % len(report.faults))
        for unit in report.missing:
            self.stdout.write(
                _("Tidak ada di berkas: %(unit)s (%(code)s).") % {"unit": unit, "code": unit.code}
            )
        lead = _("Akan disimpan") if dry_run else _("Disimpan")
        counts = {"new": len(report.made), "changed": len(report.changed), "same": len(report.same)}
        words = _("%(new)s batas baru, %(changed)s berubah, %(same)s tetap; %(size)s KB.")
        self.stdout.write(f"{lead}: " + words % (counts | {"size": -(-report.size // 1024)}))
