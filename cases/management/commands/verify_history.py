import gc

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Case, DailyRoot, VerifiedMark
from ...services.daily_root import settled_event
from ...services.root_check import check_all_roots, check_newest_root
from ...services.verifying import Walked, walk, walk_all, walk_new

MARK = "history"


class Command(BaseCommand):
    help = (
        "Periksa bahwa riwayat setiap perkara, yang dicatatnya, dan sidik harian masih seperti saat ditulis. Tidak "
        "ada yang diubah; keluar dengan kode 1 bila ada kejanggalan, dan setiap kejanggalan dicetak beserta tempatnya."
    )

    # Histories can be looked at whatever else is wrong; and the checks would fill a fifth of the memory.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--case", default="", metavar="NOMOR", help="periksa satu perkara saja")
        part.add_argument(
            "--since",
            type=int,
            metavar="PERISTIWA",
            help="periksa perkara yang bertambah sesudah peristiwa dengan id ini, dan sidik harian terakhir",
        )
        part.add_argument(
            "--new",
            action="store_true",
            help="seperti --since, mulai dari pemeriksaan bersih yang terakhir; yang pertama kali memeriksa semua",
        )

    def handle(self, *, case: str, since: int | None, new: bool, **options):
        # Of what is loaded by now nothing becomes garbage: looking for some would take a fifth of the time.
        gc.freeze()
        upto = settled_event()
        if new:
            mark = VerifiedMark.objects.filter(name=MARK).first()
            since = mark.last_event if mark else None
        if case:
            self._report(walk(self._cases_of(case), self.stderr.write), roots=None)
        elif since is not None:
            self._report(walk_new(since, self.stderr.write), roots=check_newest_root())
        else:
            self._report(walk_all(self.stderr.write), roots=check_all_roots())
        if new or not (case or since is not None):
            VerifiedMark.objects.update_or_create(
                name=MARK, defaults={"last_event": upto, "at": timezone.now()}
            )

    def _cases_of(self, number: str):
        cases = Case.objects.filter(number=number)
        if not cases.exists():
            raise CommandError(_("Tidak ada perkara bernomor %s.") % number)
        return cases

    def _report(self, walked: Walked, *, roots) -> None:
        """Raises CommandError where anything was found."""
        faults = walked.faults
        counted = _("%(cases)s perkara, %(events)s peristiwa") % {
            "cases": walked.cases,
            "events": walked.events,
        }
        if roots is not None:
            for fault in roots:
                faults += 1
                self.stderr.write(str(fault))
            counted += ", " + _("%s sidik harian") % DailyRoot.objects.count()
        if faults:
            raise CommandError(
                _("%(counted)s, %(faults)s kejanggalan.") % {"counted": counted, "faults": faults}
            )
        self.stdout.write(_("%s, tidak ada kejanggalan.") % counted)
