from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Case, SweepMark
from ...services.file_check import how_many, odd_files, unknown_files

WELL, ODD = SweepMark.FILES_WELL, SweepMark.FILES_ODD
EVERY = 1_000


class Command(BaseCommand):
    help = (
        "Periksa bahwa setiap berkas perkara di disk, juga foto untuk umum, masih sama dengan sidiknya (SHA-256), dan bahwa "
        "tidak ada yang hilang atau tertinggal. Tidak ada yang diubah; keluar dengan kode 1 bila ada kejanggalan, dan "
        "setiap kejanggalan dicetak beserta nomor perkaranya."
    )

    # Files can be looked at whatever else is wrong.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--case", default="", metavar="NOMOR", help="periksa berkas satu perkara saja")

    def handle(self, *, case: str, **options):
        now = timezone.now()
        cases = Case.objects.filter(number=case) if case else Case.objects.all()
        if case and not cases.exists():
            raise CommandError(_("Tidak ada perkara bernomor %s.") % case)
        self._total, faults = how_many(cases), 0
        for found in (odd_files(cases, self._note), [] if case else unknown_files(now)):
            for fault in found:
                faults += 1
                self.stderr.write(str(fault))
        if not case:
            before, after = (WELL, ODD) if faults else (ODD, WELL)
            SweepMark.objects.filter(name=before).delete()
            SweepMark.objects.update_or_create(name=after, defaults={"at": now})
        if faults:
            raise CommandError(
                _("%(files)s berkas, %(faults)s kejanggalan.") % {"files": self._total, "faults": faults}
            )
        self.stdout.write(_("%s berkas, tidak ada kejanggalan.") % self._total)

    def _note(self, done: int) -> None:
        if done % EVERY == 0:
            self.stdout.write(_("%(done)s dari %(total)s berkas") % {"done": done, "total": self._total})
            self.stdout.flush()
