from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...services.tidying import tidy_files


class Command(BaseCommand):
    help = (
        "Hapus berkas perkara di disk yang tidak dikenal basis data, dan sebutkan yang hilang dari disk. "
        "Pekerja latar melakukannya setiap malam."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menghapus apa pun")

    def handle(self, *, dry_run: bool, **options):
        tidied = tidy_files(rehearse=dry_run)
        word = _("Akan dihapus: %s") if dry_run else _("Dihapus: %s")
        for path in tidied.strays:
            self.stdout.write(word % path)
        for path in tidied.lost:
            self.stdout.write(_("Hilang dari disk: %s. Pulihkan dari cadangan.") % path)
        counts = {"strays": len(tidied.strays), "lost": len(tidied.lost)}
        self.stdout.write(_("%(strays)s berkas tanpa pemilik, %(lost)s berkas hilang.") % counts)
