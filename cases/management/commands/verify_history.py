from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...history import check
from ...models import Case


class Command(BaseCommand):
    help = (
        "Periksa bahwa riwayat setiap perkara masih seperti saat ditulis. Tidak mengubah apa pun; "
        "keluar dengan kode 1 bila ada kejanggalan."
    )

    def add_arguments(self, parser):
        parser.add_argument("--case", default="", metavar="NOMOR", help="periksa satu perkara saja")

    def handle(self, *, case: str, **options):
        cases = Case.objects.filter(number=case) if case else Case.objects.all()
        if case and not cases.exists():
            raise CommandError(_("Tidak ada perkara bernomor %s.") % case)
        walked = events = faults = 0
        for checked in check(cases):
            walked, events, faults = walked + 1, events + checked.events, faults + len(checked.faults)
            for fault in checked.faults:
                self.stderr.write(str(fault))
        numbers = {"cases": walked, "events": events, "faults": faults}
        if faults:
            raise CommandError(
                _("%(cases)s perkara, %(events)s peristiwa, %(faults)s kejanggalan.") % numbers
            )
        self.stdout.write(_("%(cases)s perkara, %(events)s peristiwa, tidak ada kejanggalan.") % numbers)
