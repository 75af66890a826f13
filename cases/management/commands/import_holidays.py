from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...calendar import date_words
from ...models import HolidayDecree
from ...selectors.moved_cases import moved_cases
from ...services.clockwork import clockwork
from ...services.forecasting import Shift, rehearse, whole_forecast
from ...services.holiday_import import NoSuchYear, YearImport, decree_of, plan_import
from ...services.recounting import carry_out

# Cases that are named.
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Masukkan libur nasional dan cuti bersama satu tahun. Yang sudah diubah atau dihapus kantor tidak "
        "ditimpa; perkara terbuka yang bergeser dihitung ulang. Boleh dijalankan berulang kali."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")
        parser.add_argument("--decree", default="", metavar="NOMOR", help="nomor keputusan bersama (SKB)")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menulis apa pun")

    def handle(self, *, year: int, decree: str, dry_run: bool, **options):
        decree = decree.strip()
        longest = HolidayDecree._meta.get_field("number").max_length
        if len(decree) > longest:
            raise CommandError(_("Nomor keputusan paling panjang %s huruf.") % longest)
        try:
            plan = plan_import(year)
        except NoSuchYear as fault:
            raise CommandError(str(fault)) from fault
        known = decree_of(year)

        def write() -> None:
            plan.write()
            if decree and known is None:
                HolidayDecree.objects.create(year=year, number=decree)

        found, recount = whole_forecast(clockwork(), rehearse(write)), None
        named = list(islice(found, SHOWN))
        others = [_running(shifts) for shifts in found]
        if not dry_run:
            why = f"hari libur tahun {year} dimasukkan" + (f" ({decree})" if decree else "")
            _written, recount = carry_out(write, why=why, by=None)
        self._tell(plan)
        self._tell_decree(plan, decree, known)
        self._tell_cases(named, len(others))
        lead = _("Akan ada:") if dry_run else _("Selesai:")
        self.stdout.write(
            _("%(lead)s %(added)s hari libur baru, %(unchanged)s tetap, %(moved)s batas waktu bergeser.")
            % {
                "lead": lead,
                "added": len(plan.added),
                "unchanged": len(plan.unchanged),
                "moved": sum(map(_running, named)) + sum(others),
            }
        )
        if recount and recount.waiting:
            self.stdout.write(_("Perkara terbuka dihitung ulang oleh pekerja latar dalam beberapa menit."))

    def _tell(self, plan: YearImport) -> None:
        for off in plan.added:
            self.stdout.write(_("Baru: %s") % f"{date_words(off.date)}, {off.name} ({_kind(off.kind)})")
        for row, off in plan.changed:
            self._warn(
                _("Dibiarkan: %(date)s tercatat %(ours)s; menurut sumber %(theirs)s.")
                % {
                    "date": date_words(row.date),
                    "ours": f"{row.name} ({row.get_kind_display()})",
                    "theirs": f"{off.name} ({_kind(off.kind)})",
                }
            )
        for off in plan.removed:
            self._warn(
                _("Dibiarkan: %(date)s (%(name)s) sudah dihapus kantor.")
                % {"date": date_words(off.date), "name": off.name}
            )
        for row in plan.own:
            self._warn(
                _("Dibiarkan: %(date)s (%(name)s) tidak ada dalam sumber.")
                % {"date": date_words(row.date), "name": row.name}
            )

    def _tell_decree(self, plan: YearImport, decree: str, known: HolidayDecree | None) -> None:
        if known and decree and known.number != decree:
            self._warn(
                _("Dibiarkan: keputusan tahun %(year)s tercatat “%(number)s”. Ubah di /admin/ bila keliru.")
                % {"year": plan.year, "number": known.number}
            )
        if known is None and not decree:
            self._warn(
                _(
                    "Tahun %s belum memiliki keputusan bersama: tanggal ini perkiraan, dan batas waktu yang "
                    "masuk ke tahun itu ditandai dapat bergeser. Sebutkan nomornya dengan --decree bila sudah terbit."
                )
                % plan.year
            )
        if not plan.has_joint_leave:
            self._warn(_("Sumber belum memuat cuti bersama tahun %s; tambahkan di /admin/.") % plan.year)
        if plan.estimated and known is None:
            days = ", ".join(f"{date_words(off.date)} ({off.name})" for off in plan.estimated)
            self._warn(_("Cocokkan dengan keputusan: %s.") % days)

    def _tell_cases(self, named: list[list[Shift]], others: int) -> None:
        for case in moved_cases(named):
            self.stdout.write(f"{case.number} ({case.unit.place_name})")
            for clock in case.clocks:
                note = f" ({clock.note})" if clock.note else ""
                self.stdout.write(f"  {clock.title}{note}: {clock.old} → {clock.new}")
        if others:
            self.stdout.write(_("dan %s perkara lagi.") % others)

    def _warn(self, words: str) -> None:
        self.stdout.write(self.style.WARNING(words))


def _kind(kind) -> str:
    return kind.value.replace("_", " ")


def _running(shifts: list[Shift]) -> int:
    """How many of them are given another date now."""
    return sum(shift.left is None for shift in shifts)
