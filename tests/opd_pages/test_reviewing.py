"""News of a unit that its parent reviews: handed up as a draft, published from above."""

import pytest
from django.urls import reverse

from opd_pages.admin.reviewing import handed_up
from opd_pages.models import NewsPage, Role, UnitPage
from tests.browsers import browser, soup
from tests.editing import create, edit, faults, rich_text, streamfield
from tests.factories import member

from .news import news, news_list


@pytest.fixture
def desa(portal) -> UnitPage:
    portal.bakalan.news_is_reviewed = True
    portal.bakalan.save()
    return UnitPage.objects.get(unit=portal.bakalan)


@pytest.fixture
def village_editor(portal, desa):
    return member("bakalan", portal.bakalan, Role.EDITOR)


@pytest.fixture
def district_editor(portal, desa):
    return member("siti", portal.kapas, Role.EDITOR)


def typed(**fields) -> dict:
    return {
        "title": "Panen raya",
        "slug": "panen",
        "published_on": "2026-11-23",
        "summary": "Panen padi di Bakalan.",
        "picture": "",
        "picture_alt": "",
        "body": streamfield([("text", rich_text("<p>Panen bersama.</p>"))]),
    } | fields


def test_a_desas_editor_hands_up_and_the_kecamatans_publishes(desa, village_editor, district_editor):
    own, above = browser(village_editor), browser(district_editor)
    assert faults(create(own, NewsPage, news_list(desa), typed(is_submitted="on"))) == {}
    page = NewsPage.objects.get()
    assert not page.live
    assert [row["title"] for row in handed_up(district_editor)] == ["Panen raya"]
    assert "Panen raya" in above.get("/admin/").content.decode()
    edit(above, page, typed())
    page.refresh_from_db()
    assert page.live
    assert browser().get(page.url).status_code == 200


def test_what_is_not_handed_up_yet_bothers_nobody(desa, village_editor, district_editor):
    create(browser(village_editor), NewsPage, news_list(desa), typed(), publish=False)
    assert handed_up(district_editor) == []


def test_a_later_change_waits_too_while_the_public_reads_the_published_words(
    desa, village_editor, district_editor
):
    page = news(desa, "Panen raya")
    page.save_revision().publish()
    own = browser(village_editor)
    shown = soup(own.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert not shown.select_one('[name="is_submitted"]').has_attr("checked")
    edit(own, page, typed(title="Panen kedua", slug=page.slug, is_submitted="on"))
    assert "Panen raya" in browser().get(page.url).content.decode()
    assert [row["title"] for row in handed_up(district_editor)] == ["Panen kedua"]


@pytest.mark.parametrize("who", ["village_editor", "district_editor"])
def test_who_may_publish_is_told_by_the_page_itself(request, desa, who):
    user = request.getfixturevalue(who)
    page = news(desa, live=False)
    may = page.permissions_for_user(user).can_publish()
    assert may == (who == "district_editor")
    assert page.get_parent().specific.permissions_for_user(user).can_publish_subpage() == may


def test_no_other_way_of_publishing_is_open(desa, village_editor):
    page = news(desa, live=False)
    page.save_revision()
    own = browser(village_editor)
    own.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}",
        {"confirm": "1"},
    )
    copy = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": str(page.get_parent().pk),
        "publish_copies": "1",
        "copy_subpages": "",
    }
    own.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy)
    assert not NewsPage.objects.live().exists()


def test_a_unit_without_review_publishes_its_own(portal, desa):
    user = member("dander", portal.dander, Role.EDITOR)
    page = UnitPage.objects.get(unit=portal.dander)
    own = browser(user)
    assert faults(create(own, NewsPage, news_list(page), typed())) == {}
    assert NewsPage.objects.get().live
    shown = soup(own.get(reverse("wagtailadmin_pages:edit", args=[NewsPage.objects.get().pk])))
    assert shown.select('[name="is_submitted"]') == []


def test_a_reviewed_kecamatan_leaves_the_desa_below_it_alone(portal):
    portal.kapas.news_is_reviewed = True
    portal.kapas.save()
    user = member("bakalan", portal.bakalan, Role.EDITOR)
    page = news(UnitPage.objects.get(unit=portal.bakalan), live=False)
    assert page.permissions_for_user(user).can_publish()


def test_what_waits_elsewhere_is_shown_to_nobody_else(portal, desa, village_editor):
    create(browser(village_editor), NewsPage, news_list(desa), typed(is_submitted="on"), publish=False)
    assert handed_up(member("dander", portal.dander, Role.EDITOR)) == []
    assert handed_up(village_editor) == []
