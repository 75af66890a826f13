"""/kesehatan/ for a load balancer, /kesehatan/siap/ for whoever watches over the installation. No personal data."""

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.kinds import all_kinds
from cases.models import DailyRoot, Deadline, HolidayDecree, OutboxMessage, Recount, SweepMark
from cases.selectors.overlaps import overlapping_periods
from cases.selectors.retention import how_many_there_should_be, rules_in_force
from cases.services.daily_root import next_root_on, real_events
from cases.services.outbox import lost_messages
from cases.services.sweep import MARK
from home.freshness import generation
from home.services.mail_proof import mail_is_proven

logger = logging.getLogger(__name__)

# The sweep runs every minute; what it leaves undone longer than this is stuck.
SWEEP_AT_MOST = timedelta(minutes=5)
UNDONE_AT_MOST = timedelta(minutes=30)
# Of PostgreSQL, of SQLite.
BACKUPS = (".dump", ".sqlite3")
BACKUP_AT_MOST = timedelta(hours=26)
# A backup made by another machine may bear its clock; what lies further ahead was made by a wrong one.
CLOCKS_DIFFER_BY = timedelta(minutes=5)
# A few days of photos, and time to make room.
LEAST_ROOM = 500 * 2**20
# A root is due each night over what happened before it.
ROOT_AT_MOST = timedelta(hours=26)
# The joint decree for a year comes in the autumn before; from this month on terms run into that year.
DECREE_MONTH = 11


@dataclass(frozen=True)
class Finding:
    """What one check found: `age` of the oldest thing undone, or of the last time something was done."""

    is_well: bool
    words: str = ""
    age: timedelta | None = None

    def as_json(self) -> dict:
        age = None if self.age is None else int(self.age.total_seconds())
        return {"sehat": self.is_well, "keterangan": self.words, "umur_detik": age}


def database(now: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(True)


def room(now: datetime) -> Finding:
    """Before nothing can be written any more: then no report comes in."""
    folder = settings.DATA_DIR
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = 0
    if not os.access(folder, os.W_OK):
        return Finding(
            False,
            _(
                "Folder data tidak dapat ditulis, dan foto laporan ditolak. Periksa pemilik dan izin DATA_DIR, dan apakah "
                "disknya hanya-baca."
            ),
        )
    if free < LEAST_ROOM:
        words = _(
            "Ruang disk untuk data tinggal %s MB. Kosongkan atau perbesar sebelum foto laporan ditolak."
        )
        return Finding(False, words % (free // 2**20))
    return Finding(True)


def sweep(now: datetime) -> Finding:
    at = SweepMark.objects.filter(name=MARK).values_list("at", flat=True).first()
    if at is None:
        return Finding(
            False, _("Pekerja belum pernah menyisir tenggat. Mulai pekerja, lalu tunggu satu menit.")
        )
    # Also where it lies ahead: a clock was set back, and since then nobody has swept.
    is_well = abs(now - at) <= SWEEP_AT_MOST
    words = _("Pekerja tidak menyisir tenggat lagi. Mulai ulang pekerja, dan baca catatannya.")
    return Finding(is_well, "" if is_well else words, now - at)


def messages(now: datetime) -> Finding:
    lost = lost_messages().aggregate(at=Min("created_at"))["at"]
    if lost is not None:
        words = _("Ada pesan yang tidak sampai dan belum ditangani. Lihat Pesan tertahan di /admin/.")
        return Finding(False, words, now - lost)
    waiting = OutboxMessage.objects.filter(sent_at=None, dropped_at=None, created_at__lte=now)
    words = _("Ada pesan yang belum terkirim. Lihat Pesan tertahan di /admin/, dan apakah pekerja berjalan.")
    return _oldest(waiting.aggregate(at=Min("created_at"))["at"], now, words)


def lapses(now: datetime) -> Finding:
    """Promises that were broken and nobody was told."""
    late = Deadline.objects.filter(ended_at=None, paused_at=None, overdue_noted_at=None, due_at__lt=now)
    late = late.filter(case__closed_at=None, step__in=_promised_steps())
    words = _("Ada janji yang lewat dan belum dicatat. Periksa apakah pekerja berjalan, dan baca catatannya.")
    return _oldest(late.aggregate(at=Min("due_at"))["at"], now, words)


def recounts(now: datetime) -> Finding:
    """Changed holidays, rules or hours whose clocks still wait for their new date."""
    waiting = Recount.objects.filter(done_at=None)
    words = _(
        "Ada batas waktu yang belum dihitung ulang. Periksa apakah pekerja berjalan, dan baca catatannya."
    )
    return _oldest(waiting.aggregate(at=Min("asked_at"))["at"], now, words)


def root(now: datetime) -> Finding:
    """Whether what happened is under a published root; where nothing happened none is due."""
    newest = DailyRoot.objects.order_by("date").last()
    since = real_events().filter(pk__gt=newest.last_event if newest else 0, at__lte=now)
    at = since.order_by("pk").values_list("at", flat=True).first()
    age = None if at is None else now - at
    is_late = age is not None and age > ROOT_AT_MOST
    today = timezone.localdate(now)
    # Of a day that was not over, or that has just ended and yet what happened long before is not in it.
    if newest and (newest.date >= today or (is_late and newest.date == today - timedelta(days=1))):
        words = _(
            "Sidik harian %(date)s terbit sebelum hari itu lewat: jam server waktu itu berada di depan. Pastikan jamnya "
            "benar dan disetel otomatis. Sidik tidak dapat diubah; yang berikutnya terbit sendiri %(due)s."
        )
        days = {"date": newest.date, "due": next_root_on(newest, now)}
        return Finding(False, words % {name: date_format(day, "j F Y") for name, day in days.items()}, age)
    words = _("Sidik harian tidak terbit lagi. Periksa apakah pekerja berjalan, dan baca catatannya.")
    return Finding(not is_late, words if is_late else "", age)


def mail(now: datetime) -> Finding:
    if mail_is_proven():
        return Finding(True)
    return Finding(False, _("Surel belum terbukti sampai. Kirim surel uji di /admin/persiapan/surel/."))


def decree(now: datetime) -> Finding:
    today = timezone.localdate(now)
    wanted = {today.year} | ({today.year + 1} if today.month >= DECREE_MONTH else set())
    missing = sorted(wanted - set(HolidayDecree.objects.values_list("year", flat=True)))
    if not missing:
        return Finding(True)
    years = ", ".join(map(str, missing))
    words = _(
        "Keputusan hari libur tahun %s belum dicatat. Catat di /admin/, Waktu dan pesan, Keputusan hari libur."
    )
    return Finding(False, words % years)


def periods(now: datetime) -> Finding:
    """Which of two rules that hold on one day counts nobody can say."""
    overlaps = len(overlapping_periods())
    if not overlaps:
        return Finding(True)
    words = _(
        "Masa berlaku aturan waktu atau jam kantor bertumpuk: %s pasang. Perbaiki di /admin/, Waktu dan pesan."
    )
    return Finding(False, words % overlaps)


def retention(now: datetime) -> Finding:
    """Told, though it makes nothing red: that personal data are kept longer is no fault of the machine."""
    in_force, wanted = len(rules_in_force()), how_many_there_should_be()
    if in_force == wanted:
        return Finding(True)
    missing = _("%(missing)s dari %(rules)s aturan masa simpan belum berlaku; datanya tidak dihapus.")
    return Finding(True, missing % {"missing": wanted - in_force, "rules": wanted})


def files(now: datetime) -> Finding:
    """What the last manage.py verify_files found; that none was run makes nothing red."""
    marks = dict(
        SweepMark.objects.filter(name__in=(SweepMark.FILES_WELL, SweepMark.FILES_ODD)).values_list(
            "name", "at"
        )
    )
    if odd := marks.get(SweepMark.FILES_ODD):
        return Finding(
            False, _("Ada berkas perkara yang tidak cocok. Jalankan manage.py verify_files."), now - odd
        )
    if well := marks.get(SweepMark.FILES_WELL):
        return Finding(True, age=now - well)
    return Finding(True, _("Berkas perkara belum pernah dicocokkan dengan sidiknya."))


def backup(now: datetime) -> Finding:
    folder = settings.ENVIRONMENT["BACKUP_DIR"]
    if folder is None:
        return Finding(not settings.IS_PRODUCTION, _("BACKUP_DIR belum diisi; cadangan tidak diperiksa."))
    try:
        copies = [file for file in folder.iterdir() if file.suffix in BACKUPS]
        made = [datetime.fromtimestamp(file.stat().st_mtime, tz=UTC) for file in copies]
    except OSError:
        made = []
    made = [at for at in made if at <= now + CLOCKS_DIFFER_BY]
    if not made:
        return Finding(False, _("Belum ada cadangan. Buat sekarang, dan periksa jadwalnya."))
    age = now - max(made)
    is_well = age <= BACKUP_AT_MOST
    words = _("Cadangan terakhir sudah lama. Buat sekarang, dan periksa jadwal dan catatannya.")
    return Finding(is_well, "" if is_well else words, age)


CHECKS: dict[str, Callable[[datetime], Finding]] = {
    "basis_data": database,
    "ruang_disk": room,
    "pekerja": sweep,
    "pesan": messages,
    "janji": lapses,
    "hitung_ulang": recounts,
    "sidik": root,
    "surel": mail,
    "hari_libur": decree,
    "masa_berlaku": periods,
    "masa_simpan": retention,
    "berkas": files,
    "cadangan": backup,
}


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Which public pages hold now, for a web server that keeps them too: it asks once a second."""
    response = HttpResponse(status=204)
    response["X-Generation"] = generation() if settings.PAGE_CACHE_SECONDS else ""
    response["X-Accel-Expires"] = "1"
    return response


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """What every check found: 200 where all is well, else 503."""
    now = timezone.now()
    findings = {name: _found(check, now) for name, check in CHECKS.items()}
    is_well = all(finding.is_well for finding in findings.values())
    content = {"sehat": is_well} | {name: finding.as_json() for name, finding in findings.items()}
    return JsonResponse(content, status=200 if is_well else 503, json_dumps_params={"ensure_ascii": False})


def _found(check: Callable[[datetime], Finding], now: datetime) -> Finding:
    try:
        return check(now)
    except DatabaseError:
        logger.exception("health: %s could not be looked at", check.__name__)
    try:
        database(now)
    except DatabaseError:
        return Finding(False, _("Basis data tidak menjawab. Periksa apakah server basis data berjalan."))
    # It answers, but not to what this version asks.
    return Finding(False, _("Basis data tidak cocok dengan versi program ini. Jalankan manage.py migrate."))


def _oldest(at: datetime | None, now: datetime, words: str) -> Finding:
    if at is None:
        return Finding(True, age=timedelta())
    is_well = now - at <= UNDONE_AT_MOST
    return Finding(is_well, "" if is_well else words, now - at)


def _promised_steps() -> set[str]:
    return {step for kind in all_kinds() for step in kind.promised_steps}
