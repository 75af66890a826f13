"""Every page of /admin/ that an editor of five hundred units' pages passes, as every kind of account that is let in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import HomePage, User
from opd_pages.models import Membership, NewsIndexPage, NewsPage, Role, ServicePage, Unit, UnitPage
from tests.editing import create, edit, rich_text, streamfield

from .baseline import browser
from .results import Result
from .writings import BIG_FOLDER_OF, WORDS, write

MOST_MS, TIMES = 1000, 5
MANY = 30
# Who is let in: the portal's keeper, and editors of everything, of a branch, of one desa, and of thirty at once.
EDITORS = {
    "administrator": "admin",
    "editor of the kabupaten": "penyunting.kabupaten",
    "editor of a kecamatan": "penyunting.kapas",
    "editor of a desa, every hat": "desa.bakalan",
    f"editor of {MANY} desa": "penyunting.banyak",
}
# Who works elsewhere, and is turned away or finds one page of their own.
OTHERS = ("operator.kapas", "camat.kapas", "seksi.pembangunan", "ppid.kapas", "koordinator", "inspektorat", "bupati",
          "pemantau", "pengamat", "mitra", "siaga")  # fmt: skip
REGISTERS = ("unit", "leader", "section", "unitkind", "searchword", "membership")


class Refused(Exception):
    """A page that this account is not let in to, such as one above the own unit."""


@dataclass(frozen=True)
class Seen:
    """Milliseconds of the median and of the slowest time, and statements."""

    who: str
    median: float
    worst: float
    queries: int


@dataclass(frozen=True)
class Place:
    """Where everybody who is let in edits: one desa's pages, one of which has a long folder."""

    home: HomePage
    kabupaten: UnitPage
    unit: UnitPage
    index: NewsIndexPage
    news: NewsPage
    service: ServicePage

    @classmethod
    def find(cls) -> "Place":
        unit = UnitPage.objects.get(unit__code=BIG_FOLDER_OF)
        index = NewsIndexPage.objects.child_of(unit).get()
        return cls(
            home=HomePage.objects.get(),
            kabupaten=UnitPage.objects.get(unit__parent=None),
            unit=unit,
            index=index,
            news=NewsPage.objects.child_of(index).order_by("path").first(),
            service=ServicePage.objects.child_of(unit).get(),
        )


def measure() -> None:
    write()
    _appoint()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    look_around()


def look_around() -> None:
    print(f"{Unit.objects.count():,} units, {Page.objects.count():,} pages")
    place, found = Place.find(), {}
    for who, name in EDITORS.items():
        client = browser(User.objects.get(username=name))
        for what, look in _looks(client, place, is_keeper=name == "admin"):
            try:
                found.setdefault(what, []).append(_seen(who, what, look))
            except Refused:
                print(f"{what:<42} {who:<30} refused")
    for name in OTHERS:
        client = browser(User.objects.get(username=name))
        for what, address in {
            "turned away from /admin/": "/admin/",
            "list of contacts": "/meja/kontak/",
        }.items():
            look = _get(client, address, follow=False)
            found.setdefault(what, []).append(_seen(name, what, look))
    for what, seen in found.items():
        slowest = max(seen, key=lambda one: one.worst)
        most = max(one.queries for one in seen)
        Result(
            f"{what}: slowest of {len(seen)} accounts",
            slowest.worst,
            "ms",
            f"≤ {MOST_MS} ms",
            slowest.worst <= MOST_MS,
            f"median {slowest.median:.0f} ms, ≤ {most} queries, {slowest.who}",
        ).tell()


def _appoint() -> None:
    """The editors that the demonstration has not."""
    desa = list(Unit.objects.filter(kind="desa").order_by("name", "code").exclude(code=BIG_FOLDER_OF))
    desa = [Unit.objects.get(code=BIG_FOLDER_OF), *desa[: MANY - 1]]
    for name, units in {
        "penyunting.kabupaten": [Unit.objects.get(parent=None, kind__level="root")],
        "penyunting.banyak": desa,
    }.items():
        user = User.objects.create_user(name, email=f"{name}@contoh.test")
        for unit in units:
            since = timezone.localdate() - timedelta(days=30)
            Membership(user=user, unit=unit, role=Role.EDITOR, valid_from=since).save()


def _get(client: Client, address: str, *, follow: bool = True) -> Callable[[], None]:
    """An editor of one unit is led from the root to that unit; others are led away."""

    def look() -> None:
        response = client.get(address, follow=follow)
        if response.status_code in (400, 403) and follow:
            raise Refused
        if response.status_code != 200 and follow:
            raise SystemExit(f"{address}: {response.status_code}")

    return look


def _looks(client: Client, place: Place, *, is_keeper: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    for what, address in _addresses(place, is_keeper).items():
        yield what, _get(client, address)
    yield "news: draft saved", lambda: _sent(edit(client, place.news, _news(place.news), publish=False))
    yield "news: published", lambda: _sent(edit(client, place.news, _news(place.news)))
    yield "unit's page: published", lambda: _sent(edit(client, place.unit, _unit()))
    yield "news: made", lambda: _sent(create(client, NewsPage, place.index, _news(None)))


def _addresses(place: Place, is_keeper: bool) -> dict[str, str]:
    home, unit, index, news, service = (
        page.pk for page in (place.home, place.unit, place.index, place.news, place.service)
    )
    image = get_image_model().objects.filter(collection=place.unit.collection).first()
    document = get_document_model().objects.filter(collection=place.unit.collection).first()
    found = {
        "dashboard": "/admin/",
        "explorer: root": "/admin/pages/",
        "explorer: home": f"/admin/pages/{home}/",
        "explorer: kecamatan": f"/admin/pages/{place.unit.get_parent().pk}/",
        "explorer: desa": f"/admin/pages/{unit}/",
        "explorer: long folder": f"/admin/pages/{index}/",
        "explorer: last page of a long folder": f"/admin/pages/{index}/?p=6",
        "explorer: desa, putting in order": f"/admin/pages/{unit}/?ordering=ord",
        "explorer: search": "/admin/pages/search/?q=kabar",
        "explorer: search below": f"/admin/pages/{unit}/?q=ktp",
        "menu of pages": f"/admin/api/main/pages/?child_of={home}&for_explorer=1&fields=parent",
        "form of a unit's page": f"/admin/pages/{unit}/edit/",
        "form of news": f"/admin/pages/{news}/edit/",
        "form of a service": f"/admin/pages/{service}/edit/",
        "choice of a type": f"/admin/pages/{unit}/add_subpage/",
        "form of new news": f"/admin/pages/add/opd_pages/newspage/{index}/",
        "history": f"/admin/pages/{news}/history/",
        "usage": f"/admin/pages/{news}/usage/",
        "draft as it will be": f"/admin/pages/{news}/view_draft/",
        "form to copy": f"/admin/pages/{news}/copy/",
        "form to move": f"/admin/pages/{news}/move/",
        "page chooser": "/admin/choose-page/?page_type=wagtailcore.page",
        "page chooser: home": f"/admin/choose-page/{home}/?page_type=wagtailcore.page",
        "page chooser: search": "/admin/choose-page/search/?q=ktp&page_type=wagtailcore.page",
        "images": "/admin/images/",
        "images: search": "/admin/images/?q=kantor",
        "image chooser": "/admin/images/chooser/",
        "form of an image": f"/admin/images/{image.pk}/",
        "form for images": "/admin/images/multiple/add/",
        "documents": "/admin/documents/",
        "document chooser": "/admin/documents/chooser/",
        "form of a document": f"/admin/documents/edit/{document.pk}/",
        "form for documents": "/admin/documents/multiple/add/",
        "unit chooser": "/admin/unit_chooser/",
        "account": "/admin/account/",
        "list of contacts": "/meja/kontak/",
        "tasks of the units": "/meja/tugas/",
        "tasks of a unit": f"/meja/tugas/{place.unit.unit.short_code}/",
    }
    if is_keeper:
        found |= {f"register: {model}": f"/admin/opd_pages/{model}/" for model in REGISTERS}
        found |= {
            "explorer: home, putting in order": f"/admin/pages/{home}/?ordering=ord",
            "register: user": "/admin/home/user/",
            "form of a unit": f"/admin/opd_pages/unit/edit/{place.unit.unit_id}/",
            "form of a section": "/admin/opd_pages/section/create/",
            "form of a membership": "/admin/opd_pages/membership/create/",
            "form to merge a unit": f"/admin/opd_pages/unit/merge/{place.unit.unit_id}/",
            "report: what was done": "/admin/reports/site-history/",
            "report: old pages": "/admin/reports/aging-pages/",
            "report: locked pages": "/admin/reports/locked/",
            "redirects": "/admin/redirects/",
            "alerts": "/meja/peringatan/",
        }
    return found


def _news(page: NewsPage | None) -> dict:
    number = "" if page else f"-{perf_counter():.6f}".replace(".", "")
    return {
        "title": page.title if page else "Kabar baru",
        "slug": page.slug if page else f"kabar-baru{number}",
        "published_on": timezone.localdate().isoformat(),
        "summary": "Loket buka lebih lama.",
        "picture": "",
        "picture_alt": "",
        "body": streamfield([(kind, rich_text(words)) for kind, words in WORDS]),
    }


def _unit() -> dict:
    return {
        "introduction": "Kantor desa.",
        "body": rich_text("<p>Selamat datang.</p>"),
        "search_description": "",
    }


def _sent(response) -> None:
    if response.status_code != 302:
        raise SystemExit(f"not accepted: {response.context['form'].errors.as_json()}")


def _seen(who: str, what: str, look: Callable[[], None]) -> Seen:
    look()
    took = []
    for _ in range(TIMES):
        began = perf_counter()
        look()
        took.append((perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        look()
    seen = Seen(who, median(took), max(took), len(captured))
    print(f"{what:<42} {who:<30} {seen.median:>7.0f} ms {seen.worst:>7.0f} ms {seen.queries:>5} queries")
    return seen
