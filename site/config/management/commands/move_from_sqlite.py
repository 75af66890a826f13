from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.moving import MoveRefused, move, open_source, planned


class Command(BaseCommand):
    help = (
        "Pindahkan seluruh portal dari berkas SQLite ke basis data PostgreSQL pada DATABASE_URL, yang masih kosong "
        "dan baru dimigrasi. Semuanya pindah atau tidak sama sekali; berkas SQLite tidak diubah."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="BERKAS", help="misalnya var/pendopo.sqlite3")
        parser.add_argument("--dry-run", action="store_true", help="periksa dan hitung saja")

    def handle(self, *, path: Path, dry_run: bool, **_options) -> None:
        try:
            with open_source(path) as source:
                counts = planned(source)
                if dry_run:
                    for model, count in counts.items():
                        self._tell(model._meta.db_table, count)
                else:
                    move(source, list(counts), tell=self._tell)
        except MoveRefused as refusal:
            raise CommandError(_("%s Tidak ada yang dipindahkan.") % refusal) from refusal
        lead = _("Akan dipindahkan") if dry_run else _("Dipindahkan")
        tables = sum(1 for count in counts.values() if count)
        self.stdout.write(
            _("%(lead)s: %(rows)s baris dari %(tables)s tabel.")
            % {"lead": lead, "rows": sum(counts.values()), "tables": tables}
        )
        if not dry_run:
            self._verify()

    def _tell(self, table: str, count: int) -> None:
        if count:
            self.stdout.write(f"{table}: {count}")

    def _verify(self) -> None:
        """What does not fit was moved as it stands: it did not fit before either, and is not to be hidden by that."""
        self.stdout.write(_("Memeriksa riwayat di basis data baru ..."))
        try:
            call_command("verify_history", stdout=self.stdout, stderr=self.stderr)
        except CommandError as faults:
            raise CommandError(
                _(
                    "%s Semua baris sudah dipindahkan sebagaimana adanya. Jalankan verify_history juga pada "
                    "berkas SQLite-nya: kejanggalan yang sama berarti sudah ada sebelum dipindahkan."
                )
                % faults
            ) from faults
