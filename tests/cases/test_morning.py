"""The head's morning screen: one card for each case that waits, three buttons at most, one tap for what is usual."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actors import Reporter
from cases.models import Case
from cases.selectors.morning import MOST_CARDS
from pengaduan.models import Category, SectionDuty
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.browsers import act, browser, queries_of, received_now, soup, words
from tests.pengaduan import steps

PAGI = "/meja/pagi/"


@pytest.fixture
def roads(desk) -> Category:
    """A category that Kapas usually gives to its building section."""
    category = Category.objects.first()
    SectionDuty.objects.create(section=desk.office.building_section, category=category)
    return category


def to_dispose(desk, **report) -> Case:
    return steps.verified(desk, received_now(desk, **report), timezone.now())


def to_approve(desk) -> Case:
    return steps.drafted(desk, received_now(desk), timezone.now())


def cards(client) -> list:
    return soup(client.get(PAGI)).select("li.order")


def buttons(card) -> list[str]:
    return [button.get_text() for button in card.select(".acts button, .acts a")]


def tap(client, card, label: str):
    """Press a button that does it at once."""
    (form,) = (form for form in card.select("form") if form.button.get_text() == label)
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    return client.post(form["action"], sent)


def test_a_case_to_dispose_offers_the_usual_section_first(desk, roads):
    to_dispose(desk, category=roads)
    (card,) = cards(browser(desk.head))
    assert buttons(card) == ["Seksi Pembangunan", "Seksi lain", "Bukan wewenang"]


def test_without_a_usual_section_the_head_chooses(desk):
    to_dispose(desk)
    (card,) = cards(browser(desk.head))
    assert buttons(card) == ["Seksi lain", "Bukan wewenang"]


def test_an_answer_to_approve_can_be_read_and_published_at_once(desk):
    to_approve(desk)
    (card,) = cards(browser(desk.head))
    assert card.select_one(".said").get_text().strip() == "Papan diganti."
    assert buttons(card) == ["Setujui dan terbitkan", "Kembalikan", "Bukan wewenang"]


def test_no_card_has_more_than_three_buttons(desk, roads):
    case = steps.in_progress(desk, received_now(desk, category=roads), timezone.now())
    desk_services.report_findings(case, by=desk.staff("builder"), seen=None, findings="Papan lapuk.")
    act(browser(desk.drafter), case, "draft", text="Kami ganti.", outcome="done")
    assert [len(buttons(card)) for card in cards(browser(desk.head))] == [3]


def test_one_tap_gives_the_order(desk, roads):
    case = to_dispose(desk, category=roads)
    client = browser(desk.head)
    response = tap(client, cards(client)[0], "Seksi Pembangunan")
    assert response.url == f"{PAGI}?selesai=dispose"
    assert case.dispositions.get().section == desk.office.building_section
    assert "Perintah disampaikan kepada seksi." in words(client.get(response.url))


def test_one_tap_approves_and_publishes(desk):
    case = to_approve(desk)
    client = browser(desk.head)
    assert tap(client, cards(client)[0], "Setujui dan terbitkan").url == f"{PAGI}?selesai=publish"
    assert steps.fresh(case).status == "answered"
    assert cards(client) == []


def test_a_tap_on_a_wording_that_has_changed_since_publishes_nothing(desk):
    case = to_approve(desk)
    client = browser(desk.head)
    card = cards(client)[0]
    act(browser(desk.head), case, "return-draft", reason="Papan itu milik provinsi.")
    act(browser(desk.drafter), case, "draft", text="Kami tidak akan mengganti papan.", outcome="refused")
    response = tap(client, card, "Setujui dan terbitkan")
    page = soup(response)
    assert (response.status_code, steps.fresh(case).status) == (409, "in_progress")
    assert [li.get_text().split(":")[0] for li in page.select("[role=alert] li")] == [
        "Rumusan jawaban dikembalikan",
        "Jawaban dirumuskan",
    ]
    assert page.find(id="rumusan").find_parent("section").select_one(".said").get_text().strip() == (
        "Kami tidak akan mengganti papan."
    )


def test_an_order_that_was_given_already_is_not_given_twice(desk, roads):
    case = to_dispose(desk, category=roads)
    client = browser(desk.head)
    card = cards(client)[0]
    act(browser(desk.operator), case, "record-order", section=desk.office.order_section.pk)
    assert tap(client, card, "Seksi Pembangunan").status_code == 409
    assert case.dispositions.count() == 1


def test_a_secret_report_waits_for_its_head(desk):
    received_now(desk, is_secret=True)
    (card,) = cards(browser(desk.head))
    assert buttons(card) == ["Verifikasi", "Bukan wewenang"]


def test_the_coordinator_finds_what_is_to_be_decided(desk):
    case = steps.answered(desk, received_now(desk), timezone.now())
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.")
    (card,) = cards(browser(desk.coordinator))
    assert buttons(card) == ["Putuskan"]


def test_what_waits_longest_stands_first(desk):
    later, sooner = to_dispose(desk), to_dispose(desk)
    Case.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert [card.h2.a["href"] for card in cards(browser(desk.head))] == [
        f"/meja/perkara/{case.number}/" for case in (sooner, later)
    ]


def test_what_is_urgent_stands_before_what_waits_longest_and_says_so(desk):
    sooner, urgent = to_dispose(desk), to_dispose(desk, is_vulnerable=True)
    Case.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(days=1))
    shown = cards(browser(desk.head))
    assert [card.h2.a["href"].split("/")[-2] for card in shown] == [urgent.number, sooner.number]
    tags = [tag.get_text().strip() for tag in shown[0].select(".tag")]
    assert tags[-2:] == ["Mendesak", "Kelompok rentan"]


def test_a_quiet_morning_says_so(desk):
    assert "Belum ada yang menunggu perintah Anda" in words(browser(desk.head).get(PAGI))


def test_more_than_a_screenful_says_that_there_is_more(desk):
    for _n in range(MOST_CARDS + 1):
        received_now(desk, is_secret=True)
    client = browser(desk.head)
    assert len(cards(client)) == MOST_CARDS
    assert soup(client.get(PAGI)).select_one("p.lead").get_text() == (
        "30 teratas dari yang menunggu perintah Anda."
    )


def test_ten_cards_take_as_many_queries_as_one(desk, roads):
    client = browser(desk.head)
    to_dispose(desk, category=roads)
    to_approve(desk)
    few = queries_of(client, PAGI)
    for _n in range(4):
        to_dispose(desk, category=roads)
        to_approve(desk)
    assert queries_of(client, PAGI) == few == 10
