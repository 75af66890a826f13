"""Pages whose words somebody looks at again: named in time, confirmed in one step, and the reader is told the day."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from home.models import FaqPage, PlainPage, PortalSettings
from opd_pages.models import Role, ServicePage, UnitPage
from opd_pages.selectors.unit_tasks import task_board
from tests.browsers import browser, queries_of, words
from tests.editing import edit, faults
from tests.factories import member

from .news import news
from .test_service_page import STANDARD, service


@pytest.fixture
def page(portal) -> UnitPage:
    return UnitPage.objects.get(unit=portal.kapas)


@pytest.fixture
def editor(portal):
    return member("siti", portal.kapas, Role.EDITOR)


def aged(page: Page, days: int) -> Page:
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=days))
    return page


def asked(user) -> list[str]:
    return [each.page.title for each in task_board(user).reviews.listed]


def press(user, page: Page, **sent):
    return browser(user).post(f"/meja/tugas/halaman/{page.pk}/", sent)


@pytest.mark.parametrize(("days", "is_asked"), [(334, False), (335, True), (366, True)])
def test_a_page_is_named_a_month_before_its_year_is_over(page, editor, days, is_asked):
    aged(service(page), days)
    assert asked(editor) == (["KTP elektronik"] if is_asked else [])


def test_the_office_says_how_long_words_hold(page, editor):
    aged(service(page), 70)
    assert asked(editor) == []
    PortalSettings.objects.update_or_create(defaults={"review_pages_every_days": 90})
    assert asked(editor) == ["KTP elektronik"]


def test_an_editor_gives_a_page_a_day_of_its_own(page, editor):
    written = service(page)
    typed = STANDARD | {"review_on": (timezone.localdate() + timedelta(days=10)).isoformat()}
    assert faults(edit(browser(editor), written, typed)) == {}
    assert asked(editor) == ["KTP elektronik"]


def test_one_step_says_that_it_still_holds_and_the_reader_is_told(page, editor):
    written = aged(service(page), 400)
    assert "seharusnya ditinjau" in words(browser(editor).get("/admin/"))
    response = press(editor, written, dari="admin")
    assert response.url == "/admin/?selesai=tinjauan"
    assert "Tinjauan dicatat." in words(browser(editor).get(response.url))
    assert asked(editor) == []
    assert "masih berlaku." in words(browser().get(written.url))
    assert PageLogEntry.objects.get(action="opd_pages.still_true").user == editor


def test_neither_a_draft_nor_an_earlier_version_takes_the_day_back(page, editor):
    written = aged(service(page), 400)
    before = written.save_revision()
    press(editor, written)
    Revision.objects.get(pk=before.pk).publish()
    assert ServicePage.objects.get(pk=written.pk).reviewed_on == timezone.localdate()


def test_a_copy_was_looked_at_by_nobody(page, editor):
    written = service(page)
    press(editor, written)
    copy = ServicePage.objects.get(pk=written.pk).copy(update_attrs={"slug": "salinan"})
    assert copy.reviewed_on is None


def test_it_is_said_by_who_may_publish_the_page_and_nobody_else(portal, page, operator):
    written = aged(service(page), 400)
    neighbour = member("dander", portal.dander, Role.EDITOR)
    assert [press(user, written).status_code for user in (neighbour, operator)] == [403, 403]
    assert browser().post(f"/meja/tugas/halaman/{written.pk}/").status_code == 302
    assert ServicePage.objects.get(pk=written.pk).reviewed_on is None
    shown = words(browser(operator).get("/meja/tugas/"))
    assert "ditinjau penyunting halaman" in shown
    assert "Masih berlaku:" not in shown


def test_news_and_drafts_are_not_looked_at_again(page, editor):
    aged(news(page), 900)
    draft = aged(service(page), 900)
    draft.unpublish()
    assert asked(editor) == []
    assert press(editor, draft).status_code == 403
    assert press(editor, Page.objects.get(slug="jembatan-selesai")).status_code == 403


def test_pages_above_all_units_are_asked_of_the_kabupatens_editors(portal, page):
    privacy = PlainPage.objects.first()
    aged(privacy, 400)
    assert asked(member("kabupaten", portal.regency, Role.EDITOR)) == [privacy.title]
    assert asked(member("siti", portal.kapas, Role.EDITOR)) == []


def test_the_list_asks_the_same_of_the_database_for_40_more_pages(page, editor):
    aged(service(page), 400)
    client = browser(editor)
    before = queries_of(client, "/meja/tugas/")
    for number in range(40):
        question = ("question", {"question": "Gratis?", "answer": "<p>Ya.</p>"})
        aged(
            page.add_child(instance=FaqPage(title=f"T{number}", slug=f"t{number}", questions=[question])), 400
        )
    assert queries_of(client, "/meja/tugas/") == before
    assert "10 dari 41 halaman ditampilkan" in words(client.get("/meja/tugas/"))
