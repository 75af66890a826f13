"""The pictures of docs/gambar, taken anew from a running portal with demonstration data: what readers see is what there is.

    DATA_DIR=/tmp/contoh make run PORT=8451                                       in one terminal
    DATA_DIR=/tmp/contoh .venv/bin/python site/bin/take_pictures.py 8451 [NAME…]   in another

Before it begins it gives the demonstration what a guide has to show: a page to review, a link that leads nowhere, news
handed up by a desa. Needs Chromium and the packages of `make test`.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(BASE), str(BASE / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from wagtail.documents import get_document_model  # noqa: E402

from config.demo.factors import current_code  # noqa: E402
from config.demo.people import PASSWORD  # noqa: E402
from config.demo.units import KAPAS_CODE, VILLAGE_CODE, DemoRefused  # noqa: E402
from home.models import FaqPage, PlainPage  # noqa: E402
from home.services.link_checks import check_links  # noqa: E402
from opd_pages.models import (  # noqa: E402
    BudgetPage,
    CommitmentsPage,
    Membership,
    NewsIndexPage,
    NewsPage,
    ServicePage,
    Unit,
    UnitPage,
)

FOLDER = BASE / "docs" / "gambar"
WIDE, PHONE, TALL = (1280, 800), (360, 740), 3000
COLOURS = 96
# Of what stands in the window: below it pictures wait until they are scrolled to.
BROKEN_IMAGES = """[...document.images].filter(image => image.getBoundingClientRect().top < innerHeight
    && (!image.complete || !image.naturalWidth)).length"""
OLD_TIMETABLE = (
    '<p>Buka setiap hari kerja. Lihat <a href="/kecamatan-kapas/jadwal-loket/">jadwal loket</a>.</p>'
)


@dataclass(frozen=True)
class Picture:
    """`address` is asked for when the picture is taken; `to` is what stands at the upper edge, "" for the page's own."""

    name: str
    who: str
    address: Callable[[], str]
    size: tuple[int, int] = WIDE
    to: str = ""
    height: int = 0


def page_of(code: str) -> UnitPage:
    return UnitPage.objects.get(unit__code=code)


def below(code: str, kind: type):
    pages = kind.objects.filter(path__startswith=page_of(code).path, live=True)
    return pages.order_by("depth", "path").first()


def edited(code: str, kind: type = UnitPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[below(code, kind).pk])


def membership_of(who: str) -> str:
    seat = Membership.objects.filter(user__username=who).first()
    return reverse("opd_pages_membership_modeladmin_edit", args=[seat.pk])


def always(address: str) -> Callable[[], str]:
    return lambda: address


EDITOR, EVERYTHING, OPERATOR, ALERTS = "penyunting.kapas", "desa.bakalan", "operator.kapas", "siaga"
PICTURES = (
    Picture("editor-masuk", EVERYTHING, always("/masuk/kode/"), height=560),
    Picture("editor-tugas", EDITOR, always("/admin/"), height=1500),
    Picture("editor-tugas-360", EVERYTHING, always("/meja/tugas/"), PHONE, height=1100),
    Picture("editor-kontak", EDITOR, always("/meja/kontak/KPS/"), height=1100),
    Picture("editor-poster", EDITOR, always("/k/KPS"), height=900),
    Picture("editor-halaman-unit", EDITOR, lambda: edited(KAPAS_CODE), height=900),
    Picture("editor-berita", EDITOR, lambda: edited(KAPAS_CODE, NewsPage), height=1000),
    Picture("editor-layanan", EDITOR, lambda: edited(KAPAS_CODE, ServicePage), height=1000),
    Picture("editor-tanya-jawab", EDITOR, lambda: edited(KAPAS_CODE, FaqPage), height=900),
    Picture("editor-dokumen", EDITOR, always("/admin/documents/"), height=560),
    Picture("editor-anggaran", EVERYTHING, lambda: edited(VILLAGE_CODE, BudgetPage), height=900),
    Picture("editor-rencana-aksi", "admin", lambda: below("35.22", CommitmentsPage).url, height=1000),
    Picture("editor-peringatan", ALERTS, always("/meja/peringatan/terbitkan/"), height=1100),
    Picture("editor-tinjauan", EDITOR, always("/meja/tugas/"), to="#ditinjau", height=720),
    Picture("editor-tinjauan-induk", EDITOR, always("/admin/"), to="#tinjauan-section", height=220),
    Picture("editor-inggris", "", always("/en/kecamatan-kapas/"), height=760),
    Picture("persiapan", "admin", always("/admin/persiapan/"), height=900),
    Picture("keanggotaan", "admin", lambda: membership_of(OPERATOR), height=760),
    Picture("meja", OPERATOR, always("/meja/?tab=semua"), height=900),
)


def dress() -> None:
    """What the guide shows besides the demonstration's own tale. Safe to repeat."""
    kapas, desa = page_of(KAPAS_CODE), page_of(VILLAGE_CODE)
    service = below(KAPAS_CODE, ServicePage)
    ServicePage.objects.filter(pk=service.pk).update(review_on=timezone.localdate() + timedelta(days=9))
    PlainPage.objects.filter(slug="loket").delete()
    kapas.add_child(instance=PlainPage(title="Loket pelayanan", slug="loket", body=OLD_TIMETABLE))
    Unit.objects.filter(code=VILLAGE_CODE).update(news_is_reviewed=True)
    desa.refresh_from_db()
    news = NewsIndexPage.objects.child_of(desa).first()
    if news is None:
        news = desa.add_child(instance=NewsIndexPage(title="Berita dan agenda", slug="berita"))
    if not news.get_children().filter(slug="panen-raya").exists():
        draft = NewsPage(
            title="Panen raya di Bakalan",
            slug="panen-raya",
            summary="Panen padi bersama hari Minggu.",
            body=[("text", "<p>Panen bersama.</p>")],
            live=False,
            is_submitted=True,
        )
        news.add_child(instance=draft).save_revision()
    documents = get_document_model()
    if not documents.objects.filter(collection=kapas.collection).exists():
        for title in ("Formulir permohonan KTP", "Standar pelayanan 2026"):
            file = ContentFile(b"%PDF-1.4\n%%EOF\n", f"{slugify(title)}.pdf")
            documents.objects.create(title=title, file=file, collection=kapas.collection)
    check_links()


class Visitors:
    """Each person logs in once: a code counts once."""

    def __init__(self, browser: Browser, portal: str) -> None:
        self.browser, self.portal = browser, portal
        self._states: dict[str, dict | None] = {"": None}

    def open(self, who: str, address: str, size: tuple[int, int]) -> Page:
        if address == "/masuk/kode/":
            return self._log_in(self._new(None, size), who, code=False)
        if who not in self._states:
            page = self._log_in(self._new(None, size), who)
            self._states[who] = page.context.storage_state()
            page.context.close()
        page = self._new(self._states[who], size)
        page.goto(f"{self.portal}{address}")
        return page

    def _new(self, state: dict | None, size: tuple[int, int]) -> Page:
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", storage_state=state
        )
        return context.new_page()

    def _log_in(self, page: Page, who: str, *, code: bool = True) -> Page:
        page.goto(f"{self.portal}/masuk/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_load_state()
        if code:
            try:
                page.fill("[name=code]", current_code(who).digits)
            except DemoRefused:
                return page  # a password is enough
            page.click("main form button")
            page.wait_for_load_state()
        return page


def take(picture: Picture, visitors: Visitors) -> None:
    width, height = picture.size[0], picture.height or picture.size[1]
    # /admin/ scrolls within itself: what is to be cut out of a page has to fit its window.
    window = TALL if picture.to else height
    page = visitors.open(picture.who, picture.address(), (width, window))
    page.wait_for_timeout(800)  # editors of rich text draw themselves
    if page.evaluate(BROKEN_IMAGES):
        sys.exit(f"{picture.name}: ada gambar yang tidak tampil.")
    top = max(page.locator(picture.to).bounding_box()["y"] - 16, 0) if picture.to else 0
    shot = page.screenshot(clip={"x": 0, "y": top, "width": width, "height": height})
    page.context.close()
    small = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{picture.name}.png", optimize=True)


def wanted(names: list[str]) -> Iterator[Picture]:
    unknown = set(names) - {picture.name for picture in PICTURES}
    if unknown:
        sys.exit(f"Tidak dikenal: {', '.join(sorted(unknown))}")
    yield from (picture for picture in PICTURES if not names or picture.name in names)


def main(port: str, *names: str) -> None:
    pictures = list(wanted(list(names)))
    dress()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        visitors = Visitors(browser, f"http://127.0.0.1:{port}")
        for picture in pictures:
            take(picture, visitors)
            print(picture.name, (FOLDER / f"{picture.name}.png").stat().st_size // 1024, "KB")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
