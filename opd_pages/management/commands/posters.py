"""`manage.py posters --all`: every published poster as PDF and PNG, and all of them in one ZIP."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from opd_pages.services.poster_files import current_units, draw_posters, pack

EVERY = 25  # posters between two lines of progress


class Command(BaseCommand):
    help = "Menggambar poster kontak sebagai PDF dan PNG ke DATA_DIR/poster, lalu mengumpulkannya dalam satu ZIP."

    def add_arguments(self, parser) -> None:
        parser.add_argument("codes", nargs="*", metavar="KODE", help="kode singkat unit, misalnya KPS")
        parser.add_argument("--all", action="store_true", help="semua unit yang berlaku")
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya menghitung; tidak ada yang digambar"
        )

    def handle(self, *args, codes: list[str], all: bool, dry_run: bool, **options) -> None:
        if bool(codes) == all:
            raise CommandError(_("Sebutkan kode unit, atau pakai --all untuk semua."))
        units = current_units()
        if codes:
            units = units.filter(short_code__in=[code.upper() for code in codes])
            missing = {code.upper() for code in codes} - {unit.short_code for unit in units}
            if missing:
                raise CommandError(_("Tidak ada unit dengan kode %s.") % ", ".join(sorted(missing)))
        total = units.count()
        if dry_run:
            self.stdout.write(_("%d unit; poster yang sudah ada tidak digambar lagi.") % total)
            return
        self._draw(units, total)

    def _draw(self, units, total: int) -> None:
        begun, found, new = time.monotonic(), [], 0
        for number, drawn in enumerate(draw_posters(units.iterator()), start=1):
            if drawn.fault:
                self.stderr.write(f"{drawn.unit.short_code}: {drawn.fault}")
            if drawn.files:
                found.append(drawn)
            new += drawn.is_new
            if number % EVERY == 0 or number == total:
                self.stdout.write(
                    _("%(number)d dari %(total)d unit: %(new)d digambar, %(kept)d sudah ada.")
                    % {"number": number, "total": total, "new": new, "kept": len(found) - new}
                )
        if not found:
            self.stdout.write(_("Belum ada unit yang menerbitkan kontak."))
            return
        archive = pack(found)
        seconds = time.monotonic() - begun
        self.stdout.write(
            _("%(count)d poster dalam %(seconds).0f detik: %(archive)s")
            % {"count": len(found), "seconds": seconds, "archive": archive}
        )
