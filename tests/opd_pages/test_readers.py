"""Votes and views: counted without session, cookie or token, and without keeping who it was."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.services.sweep import daily_duties
from home.models import DayMark, NetworkMark
from home.services.day_marks import forget_marks
from opd_pages.models import NewsFigures, UnitPage
from opd_pages.services.readers import MOST_FROM_A_NETWORK
from tests.browsers import soup

from .news import JAKARTA, Reader, news

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=JAKARTA)
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def page(small_portal):
    return news(UnitPage.objects.get(unit=small_portal.kapas))


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(MORNING)
    return at


def votes(page) -> list[int]:
    """Best first."""
    figures = NewsFigures.objects.filter(page=page).first()
    return list(figures.votes.values()) if figures else [0, 0, 0, 0]


def landed(response) -> str:
    """Where the reader is sent: the sentence on the page."""
    assert response.status_code == 302
    address, _hash, place = response["Location"].partition("#")
    assert address == "/kecamatan-kapas/kabar/jembatan-selesai/"
    return place


# --- Votes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "counted"), [(4, [1, 0, 0, 0]), (3, [0, 1, 0, 0]), (1, [0, 0, 0, 1])])
def test_a_vote_is_counted_and_the_reader_comes_back_to_a_thank_you(page, step, counted):
    assert landed(Reader().vote(page, step)) == "terima-kasih"
    assert votes(page) == counted


def test_the_page_has_a_sentence_for_whatever_becomes_of_a_vote(client, page):
    shown = soup(client.get(page.url))
    assert [each["id"] for each in shown.select(".after-vote")] == [
        "terima-kasih",
        "sudah-menilai",
        "jaringan-penuh",
    ]


def test_the_page_carries_no_token_and_voting_no_cookie(client, page):
    assert "csrf" not in client.get(page.url).content.decode()
    assert not Reader().vote(page).cookies


def test_a_device_votes_once_a_day(page, clock):
    Reader().vote(page, 4)
    assert landed(Reader().vote(page, 1)) == "sudah-menilai"
    assert votes(page) == [1, 0, 0, 0]
    clock(MORNING + timedelta(days=1))
    assert landed(Reader().vote(page, 1)) == "terima-kasih"
    assert votes(page) == [1, 0, 0, 1]


def test_a_device_may_vote_on_other_news_too(page):
    other = news(UnitPage.objects.get(unit__short_code="KPS"), "Lain")
    Reader().vote(page)
    Reader().vote(other)
    assert (votes(page)[0], votes(other)[0]) == (1, 1)


def test_a_village_behind_one_address_may_vote(page):
    for number in range(20):
        Reader(f"Ponsel {number}").vote(page)
    assert votes(page)[0] == 20


def test_a_network_votes_no_more_than_its_cap_in_a_day(page, clock):
    for number in range(MOST_FROM_A_NETWORK):
        assert landed(Reader(f"Ponsel {number}").vote(page)) == "terima-kasih"
    assert landed(Reader("Ponsel lain").vote(page)) == "jaringan-penuh"
    assert landed(Reader("Ponsel lain", "198.51.100.4").vote(page)) == "terima-kasih"
    assert votes(page)[0] == MOST_FROM_A_NETWORK + 1
    clock(MORNING + timedelta(days=1))
    assert landed(Reader("Ponsel lain").vote(page)) == "terima-kasih"


def test_one_ipv6_line_is_one_network(page, monkeypatch):
    monkeypatch.setattr("opd_pages.services.readers.MOST_FROM_A_NETWORK", 1)
    Reader("a", "2001:db8:1:2::10").vote(page)
    assert landed(Reader("b", "2001:db8:1:2:ffff::3").vote(page)) == "jaringan-penuh"
    assert landed(Reader("c", "2001:db8:1:3::10").vote(page)) == "terima-kasih"


def test_second_tries_do_not_use_up_the_networks_cap(page):
    for _time in range(5):
        Reader().vote(page)
    assert [mark.voices for mark in NetworkMark.objects.all()] == [1]


# --- Where a vote comes from -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://lain.test"},
        {"origin": "null"},
        {"referer": "https://lain.test/testserver"},
        {"referer": "http://testserver.lain.test/"},
        {"referer": "http://[rusak"},
        {"x-nothing": "at all"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_a_vote_sent_from_elsewhere_is_refused(page, headers):
    assert Reader().vote(page, **headers).status_code == 403
    assert (votes(page), DayMark.objects.count()) == ([0, 0, 0, 0], 0)


@pytest.mark.parametrize(
    "headers",
    [OURS, {"origin": "http://testserver"}, {"referer": "http://testserver/kecamatan-kapas/"}],
)
def test_older_browsers_say_where_they_are_in_other_words(page, headers):
    assert landed(Reader().vote(page, **headers)) == "terima-kasih"


@pytest.mark.parametrize("step", ["", "5", "0", "puas", "4.0"])
def test_what_is_no_step_is_no_vote(page, step):
    assert Reader().vote(page, step).status_code == 400
    assert votes(page) == [0, 0, 0, 0]


def test_a_draft_takes_neither_votes_nor_views(page):
    page.unpublish()
    assert (Reader().vote(page).status_code, Reader().open(page).status_code) == (404, 404)


# --- What is kept ----------------------------------------------------------------------------------------------------


def test_nothing_that_is_kept_names_network_or_browser(page):
    Reader("Peramban Rahasia", "203.0.113.99").vote(page)
    kept = repr([*DayMark.objects.values(), *NetworkMark.objects.values(), *NewsFigures.objects.values()])
    assert "203.0.113" not in kept
    assert "Rahasia" not in kept


def test_hashes_are_gone_when_their_day_has_ended(page, clock):
    clock(datetime(2026, 11, 24, 0, 1, tzinfo=JAKARTA))
    Reader().vote(page)
    forget_marks(datetime(2026, 11, 24, 23, 59, tzinfo=JAKARTA))
    assert (DayMark.objects.count(), NetworkMark.objects.count()) == (1, 1)
    forget_marks(datetime(2026, 11, 25, 0, 0, tzinfo=JAKARTA))
    assert (DayMark.objects.count(), NetworkMark.objects.count()) == (0, 0)
    assert votes(page) == [1, 0, 0, 0]


def test_forgetting_is_a_daily_duty():
    assert forget_marks in list(daily_duties)


# --- What is shown ---------------------------------------------------------------------------------------------------


def told(page, counts: list[int]) -> None:
    columns = dict(zip(NewsFigures.COLUMNS.values(), counts, strict=True))
    NewsFigures.objects.update_or_create(page=page, defaults=columns)


def test_votes_are_shown_from_ten_on_with_shares_that_add_up(client, page):
    told(page, [8, 1, 0, 0])
    assert client.get(page.url).context["verdict"] is None
    told(page, [11, 1, 0, 2])
    verdict = client.get(page.url).context["verdict"]
    assert (verdict.votes, [share for _label, share in verdict.steps]) == (14, [79, 7, 0, 14])
    assert str(verdict.mean) == "3.5"
    words = soup(client.get(page.url)).select_one(".verdict p").text
    assert words == "Dinilai 14 pembaca, rata-rata 3,5 dari 4"


# --- Views -----------------------------------------------------------------------------------------------------------


def test_the_page_counts_its_readers_by_a_picture_of_its_own(client, page):
    address = soup(client.get(page.url)).select_one(f'img[src="/dibaca/{page.pk}.gif"]')
    assert address is not None
    response = Reader().open(page)
    assert (response["Content-Type"], response.content[:6]) == ("image/gif", b"GIF89a")
    assert "no-store" in response["Cache-Control"]
    Reader().open(page)
    assert client.get(page.url).context["views"] == 2


def test_opening_the_page_itself_counts_nothing(client, page):
    client.get(page.url)
    assert not NewsFigures.objects.exists()


def test_a_picture_asked_for_from_elsewhere_counts_nothing(page):
    Reader().open(page, **{"sec-fetch-site": "cross-site"})
    assert not NewsFigures.objects.exists()


def test_an_editor_who_saves_the_news_leaves_its_figures_alone(page):
    Reader().open(page)
    Reader().vote(page)
    page.title = "Jembatan selesai dibangun"
    page.save_revision().publish()
    assert (NewsFigures.objects.get(page=page).views, votes(page)) == (1, [1, 0, 0, 0])
