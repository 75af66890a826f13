from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import RetentionRule
from ...services.erasure import due_for_erasure, erase_expired


class Command(BaseCommand):
    help = (
        "Hapus identitas, isi tulisan, dan berkas yang masa simpannya habis menurut aturan penyimpanan. "
        "Pekerja mengerjakannya setiap malam; perintah ini untuk memeriksa lebih dulu atau mengerjakannya sekarang."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="hanya hitung, tanpa menghapus")

    def handle(self, *, dry_run: bool, **options):
        now = timezone.now()
        for rule in RetentionRule.objects.all():
            self.stdout.write(self._line(rule, due_for_erasure(rule, now).count()))
        if not dry_run:
            erase_expired(now, note=self._progress)

    def _line(self, rule: RetentionRule, cases: int) -> str:
        line = _("%(rule)s (%(basis)s): %(cases)s perkara") % {
            "rule": rule,
            "basis": rule.legal_basis,
            "cases": cases,
        }
        return line if rule.is_verified else f"{line}, {_('belum diverifikasi Bagian Hukum, tidak dihapus')}"

    def _progress(self, rule: RetentionRule, done: int) -> None:
        if done % 100 == 0:
            self.stdout.write(_("%(rule)s: %(done)s dihapus") % {"rule": rule, "done": done})
