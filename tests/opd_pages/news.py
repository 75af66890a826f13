"""News, events and readers for tests."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.test import Client

from opd_pages.models import EventPage, NewsIndexPage, NewsPage, UnitPage

JAKARTA = ZoneInfo("Asia/Jakarta")
WORDS = [("text", "<p>Papan baru sudah terpasang.</p>")]


def news_list(page: UnitPage) -> NewsIndexPage:
    found = NewsIndexPage.objects.child_of(page).first()
    return found or page.add_child(instance=NewsIndexPage(title="Berita dan agenda", slug="kabar"))


def news(page: UnitPage, title: str = "Jembatan selesai", **fields) -> NewsPage:
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    values = {"published_on": date(2026, 11, 20), "summary": f"Tentang: {title}.", "body": WORDS}
    parent = news_list(page)
    parent.refresh_from_db()
    return parent.add_child(instance=NewsPage(title=title, **values | fields))


def event(page: UnitPage, title: str, starts_at: datetime, **fields) -> EventPage:
    parent = news_list(page)
    parent.refresh_from_db()
    values = {
        "venue": "Balai desa",
        "summary": "Terbuka untuk umum.",
        "slug": title.lower().replace(" ", "-"),
    }
    return parent.add_child(instance=EventPage(title=title, starts_at=starts_at, **values | fields))


class Reader:
    """A browser somewhere in a network; each name calls itself differently."""

    def __init__(self, name: str = "Peramban 1", address: str = "203.0.113.7") -> None:
        self._client = Client(headers={"user-agent": name}, REMOTE_ADDR=address)

    def vote(self, page: NewsPage, step: int = 4, **headers):
        headers = headers or {"sec-fetch-site": "same-origin"}
        return self._client.post(f"/nilai/{page.pk}/", {"nilai": step}, headers=headers)

    def open(self, page: NewsPage, **headers):
        return self._client.get(f"/dibaca/{page.pk}.gif", headers=headers)
