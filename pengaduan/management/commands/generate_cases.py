"""Invented complaints by the thousand, for measuring how the portal bears them."""

from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cases.services.clockwork import NoRule

from ...generated.clearing import clear_generated
from ...generated.making import BATCH, generate
from ...generated.writing import ChildLost
from ...services.routing import NoDesk

# Beside the one that settles what each of them makes.
PROCESSES = 2


class Command(BaseCommand):
    help = (
        "Buat laporan contoh sebanyak N di antara unit yang ada, untuk mengukur kecepatan. Perintah yang terhenti "
        "dilanjutkan dengan menjalankannya lagi. Ditolak di production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, nargs="?", metavar="N", help="banyaknya laporan seluruhnya")
        parser.add_argument(
            "--delete", action="store_true", help="hapus laporan yang dibuat perintah ini saja"
        )

    def handle(self, *, count: int | None, delete: bool, **_options) -> None:
        self._began = monotonic()
        if delete:
            self.stdout.write(_("Dihapus: %s laporan.") % clear_generated(self._say))
            return
        if settings.IS_PRODUCTION:
            raise CommandError(_("Data contoh tidak dibuat di production."))
        if count is None or count < 1:
            raise CommandError(_("Sebutkan banyaknya laporan, paling sedikit 1."))
        try:
            made = generate(count, processes=PROCESSES if count > BATCH else 0, progress=self._say)
        except (NoDesk, NoRule) as fault:
            raise CommandError(
                _("Belum ada unit atau aturan waktu. Jalankan dahulu manage.py setup atau manage.py demo.")
            ) from fault
        except ChildLost as fault:
            raise CommandError(
                _("Satu proses terhenti, mungkin karena kekurangan memori. Jalankan lagi untuk melanjutkan.")
            ) from fault
        self.stdout.write(_("Laporan baru: %(made)s; seluruhnya %(count)s.") % {"made": made, "count": count})

    def _say(self, done: int, total: int) -> None:
        rate = done / (monotonic() - self._began)
        left = (total - done) / rate
        self.stdout.write(
            _("%(done)s dari %(total)s, %(rate)d per detik, sisa waktu %(left)d detik")
            % {"done": done, "total": total, "rate": rate, "left": left}
        )
        self.stdout.flush()
