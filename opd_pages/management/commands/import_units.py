from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from home.services.site import open_site

from ...models import Unit
from ...services.administrators import open_administrators
from ...services.importing import ImportRefused, ImportReport, import_units
from ...services.unit_file import UnreadableFile
from ...services.unit_pages import open_unit_pages


class Command(BaseCommand):
    help = (
        "Masukkan unit (kabupaten, perangkat daerah, kecamatan, desa) dari berkas CSV dan buatkan halamannya."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV: kode,nama,jenis,kode_induk,…")
        parser.add_argument(
            "--kabupaten", default="", metavar="KODE", help="induk bagi baris tanpa kode_induk"
        )
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menulis apa pun")
        parser.add_argument("--demo", action="store_true", help="tandai sebagai data contoh")
        parser.add_argument("--no-pages", action="store_true", help="jangan buatkan halaman")

    def handle(self, *, file: Path, kabupaten: str, dry_run: bool, demo: bool, no_pages: bool, **options):
        try:
            report = import_units(
                file, kabupaten=kabupaten, dry_run=dry_run, is_demo=demo, progress=self._progress(_("Unit"))
            )
        except UnreadableFile as fault:
            raise CommandError(str(fault)) from fault
        except ImportRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            raise CommandError(_("Tidak ada yang diimpor: %s kesalahan.") % len(refused.faults)) from refused
        self._tell(report, dry_run)
        if not dry_run and not no_pages:
            self._open_pages()

    def _open_pages(self) -> None:
        open_site()
        open_administrators()
        made = open_unit_pages(Unit.objects.current(), progress=self._progress(_("Halaman")))
        self.stdout.write(_("Halaman baru: %s.") % len(made))

    def _progress(self, what: str):
        def show(done: int, total: int) -> None:
            if done == total or done % 50 == 0:
                self.stdout.write(
                    _("%(what)s: %(done)s dari %(total)s") % {"what": what, "done": done, "total": total}
                )

        return show

    def _tell(self, report: ImportReport, dry_run: bool) -> None:
        if report.ignored_columns:
            self.stdout.write(_("Kolom yang tidak dipakai: %s.") % ", ".join(report.ignored_columns))
        for warning in report.warnings:
            self.stdout.write(self.style.WARNING(str(warning)))
        if report.skipped:
            for skipped in report.skipped:
                self.stdout.write(str(skipped))
            self.stdout.write(
                _(
                    "Dilewati %s baris: kecamatan, desa, dan kelurahan dikenali dari kode wilayahnya, bukan dari namanya."
                )
                % len(report.skipped)
            )
        if dry_run:
            for unit in report.created:
                self.stdout.write(_("Baru: %(code)s %(unit)s") % {"code": unit.code, "unit": unit.place_name})
            for unit, columns in report.changed:
                self.stdout.write(
                    _("Berubah: %(code)s %(unit)s (%(columns)s)")
                    % {"code": unit.code, "unit": unit.place_name, "columns": ", ".join(columns)}
                )
        self.stdout.write(
            _("%(lead)s %(created)s unit baru, %(changed)s berubah, %(unchanged)s tetap, %(phones)s telepon.")
            % {
                "lead": _("Akan ada") if dry_run else _("Selesai:"),
                "created": len(report.created),
                "changed": len(report.changed),
                "unchanged": report.unchanged,
                "phones": len(report.phones),
            }
        )
