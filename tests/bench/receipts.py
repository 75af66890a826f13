"""Reports coming in on eight connections at once, through the service that the form calls, with and without a photo."""

import secrets
from io import BytesIO
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cases.actors import Reporter
from cases.intake import accept_image
from cases.models import IdentityMode
from cases.services.receipt import Identity
from opd_pages.models import Unit
from pengaduan.generated.words import complaints
from pengaduan.services.receiving import Report, receive_report

from .baseline import Baseline
from .load import Load, under_load
from .results import Result

MOST_STATEMENTS, PER_SECOND, WITH_PHOTO_PER_SECOND = 12, 125, 12
PHOTO_PIXELS, PHOTO_BYTES = (4000, 3000), 2_000_000


def measure(baseline: Baseline) -> None:
    villages = list(Unit.objects.filter(kind="desa").select_related("kind", "parent__kind"))
    photo = _photo()
    _tell_statements("statements of a receipt", _statements(villages[0]))
    _tell_statements("statements of a receipt with a photo", _statements(villages[0], photo))
    _tell("reports received, 8 connections", under_load(_receiving(villages)), PER_SECOND, baseline)
    what = f"reports with a photo of {len(photo) / 1e6:.1f} MB received, 8 connections"
    _tell(what, under_load(_receiving(villages, photo)), WITH_PHOTO_PER_SECOND, baseline)


def _tell_statements(what: str, count: int) -> None:
    Result(what, count, "", f"≤ {MOST_STATEMENTS}", count <= MOST_STATEMENTS).tell()


def _tell(what: str, load: Load, bar: int, baseline: Baseline) -> None:
    # SQLite has one writer at a time: there the bar is that nobody is turned away.
    if connection.vendor == "postgresql":
        Result(
            what, load.per_second, "/s", f"≥ {bar}/s", load.per_second >= bar, baseline.to_transactions(load)
        ).tell()
    else:
        Result(what, load.per_second, "/s", against=baseline.to_transactions(load)).tell()
    Result(f"{what}: lock errors", load.lock_errors, "", "0", load.lock_errors == 0).tell()


def _receiving(villages: list[Unit], photo: bytes | None = None):
    def make(number: int):
        dice = Random(number)
        return lambda: _receive(dice.choice(villages), dice, photo)

    return make


def _receive(village: Unit, dice: Random, photo: bytes | None) -> None:
    ((words, landmark),) = complaints([village.place_name], dice)
    phone = f"+62812{dice.randint(0, 9_999_999):07d}"
    report = Report(
        words=words,
        identity=Identity(IdentityMode.NAMED, "Warga Contoh", phone, "warga@contoh.test"),
        district=village.parent,
        village=village,
        landmark=landmark,
        images=[accept_image(photo)] if photo else [],
        submission_key=secrets.token_urlsafe(24),
    )
    receive_report(report, by=Reporter())


def _statements(village: Unit, photo: bytes | None = None) -> int:
    """From BEGIN to COMMIT, also those sent together, once everything that is asked only once has been asked."""
    dice = Random(0)
    _receive(village, dice, photo)
    with CaptureQueriesContext(connection) as captured:
        _receive(village, dice, photo)
    asked = [query["sql"] for query in captured.captured_queries]
    begin = next(place for place, sql in enumerate(asked) if sql.startswith("BEGIN"))
    return sum(1 + sql.count("; INSERT INTO ") for sql in asked[begin:])


def _photo() -> bytes:
    """As a telephone takes it: twelve million pixels, and as fine-grained as makes two megabytes."""
    for grain in range(4, 64, 4):
        noise = Image.effect_noise(PHOTO_PIXELS, grain)
        stream = BytesIO()
        Image.merge("RGB", (noise, noise.point(lambda value: value // 2), noise)).save(
            stream, "JPEG", quality=75
        )
        if stream.tell() >= PHOTO_BYTES:
            break
    return stream.getvalue()
