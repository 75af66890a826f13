from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...services.key_rotation import Sealed, all_sealed, rows_under_no_key, rows_under_older_keys


class Command(BaseCommand):
    help = (
        "Sandikan kembali semua identitas dengan kunci pertama dalam IDENTITY_KEYS, supaya kunci lama dapat dibuang. "
        "Aman saat portal bekerja, dan dapat diulang bila terhenti; keluar dengan kode 1 bila ada baris yang tidak "
        "terbuka dengan kunci mana pun."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="hanya hitung, tanpa menyandikan kembali")

    def handle(self, *, dry_run: bool, **options):
        for sealed in all_sealed():
            waiting = sealed.under_older_keys()
            self.stdout.write(
                _("%(label)s: %(rows)s baris memerlukan kunci lama.")
                % {"label": sealed.label, "rows": waiting}
            )
            if waiting and not dry_run:
                sealed.renew(self._progress(sealed, waiting))
        if closed := rows_under_no_key():
            raise CommandError(
                _("%s baris tidak terbuka dengan kunci mana pun. Kembalikan kunci yang dahulu dipakai.")
                % closed
            )
        if not (dry_run or rows_under_older_keys()):
            self.stdout.write(_("Semua memakai kunci pertama. Kunci lama boleh dibuang dari IDENTITY_KEYS."))

    def _progress(self, sealed: Sealed, waiting: int):
        return lambda done: self.stdout.write(f"{sealed.label}: {done}/{waiting}")
