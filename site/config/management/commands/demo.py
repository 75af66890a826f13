"""A demonstration for trying the portal: made, described and removed again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.demo.clearing import clear, count
from config.demo.making import make_demo
from config.demo.people import describe_accounts
from config.demo.units import DemoRefused


class Command(BaseCommand):
    help = "Isi portal dengan data contoh: unit, halaman, kontak, orang, dan laporan dalam semua keadaan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cases", type=int, default=300, metavar="N", help="banyaknya laporan (bawaan: 300)"
        )
        parser.add_argument("--seed", type=int, default=1, help="angka lain, cerita lain (bawaan: 1)")
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument("--accounts", action="store_true", help="tampilkan akun contoh saja")
        instead.add_argument("--delete", action="store_true", help="hapus data contoh dan tidak yang lain")
        parser.add_argument("--dry-run", action="store_true", help="dengan --delete: hitung saja")

    def handle(
        self, *, cases: int, seed: int, accounts: bool, delete: bool, dry_run: bool, **_options
    ) -> None:
        if cases < 0:
            raise CommandError(_("Banyaknya laporan paling sedikit 0."))
        if dry_run and not delete:
            raise CommandError(_("--dry-run hanya dipakai bersama --delete."))
        try:
            with _few_words_logged():
                if accounts:
                    self.stdout.write(describe_accounts())
                elif delete:
                    self._delete(dry_run)
                else:
                    self._make(cases, seed)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _make(self, cases: int, seed: int) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError(_("Data contoh tidak dibuat di production."))
        make_demo(cases, seed, say=self.stdout.write, progress=self._progress)
        self.stdout.write(_("Selesai. Akun-akunnya: manage.py demo --accounts"))

    def _progress(self, what: str) -> Callable[[int, int], None]:
        said = 0

        def show(done: int, total: int) -> None:
            nonlocal said
            if done == total or done >= said + 100:
                said = done
                self.stdout.write(
                    _("%(what)s: %(done)s dari %(total)s") % {"what": what, "done": done, "total": total}
                )

        return show

    def _delete(self, dry_run: bool) -> None:
        counts = count()
        if not dry_run:
            clear()
        lead = _("Akan dihapus") if dry_run else _("Dihapus")
        self.stdout.write(f"{lead}: " + ", ".join(f"{number} {what}" for what, number in counts.items()))


@contextmanager
def _few_words_logged() -> Iterator[None]:
    """Wagtail writes several lines for each of hundreds of pages."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
