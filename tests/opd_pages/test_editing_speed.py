"""What an editor's pages ask the database does not grow with the units of the kabupaten, nor with the pages of a folder."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.models import HomePage, PlainPage
from opd_pages.models import NewsIndexPage, Role, Unit, UnitPage
from opd_pages.services.unit_pages import open_unit_pages
from tests.browsers import browser, queries_of
from tests.factories import join, make_unit, member

from .news import news

FEW, MANY = 3, 30


@pytest.fixture
def people(portal, administrator) -> dict:
    """Everybody who is let into /admin/."""
    return {
        "administrator": administrator,
        "of the kabupaten": member("kabupaten", portal.regency, Role.EDITOR),
        "of a kecamatan": member("kapas", portal.kapas, Role.EDITOR),
        "of a desa": member("bakalan", portal.bakalan, Role.EDITOR),
    }


def add_desa(portal, upto: int) -> None:
    """Desa below Kapas with their pages and something written on each, until there are so many."""
    for number in range(Unit.objects.filter(parent=portal.kapas).count() + 1, upto + 1):
        make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Desa {number}", "desa", portal.kapas)
    open_unit_pages(Unit.objects.filter(parent=portal.kapas))
    for page in UnitPage.objects.filter(unit__parent=portal.kapas):
        if not page.get_children().filter(slug="sejarah").exists():
            history = page.add_child(instance=PlainPage(title="Sejarah", slug="sejarah", body="<p>Lama.</p>"))
            history.save_revision().publish()
            file = ContentFile(b"%PDF-1.4", name="x.pdf")
            get_document_model().objects.create(title="Rencana", file=file, collection=page.collection)


def addresses(portal) -> dict[str, str]:
    home, kapas = HomePage.objects.get(), UnitPage.objects.get(unit=portal.kapas)
    below = UnitPage.objects.get(unit=portal.bakalan).get_children().get(slug="sejarah")
    return {
        "dashboard": "/admin/",
        "explorer": "/admin/pages/",
        "explorer: home": f"/admin/pages/{home.pk}/",
        "explorer: kecamatan": f"/admin/pages/{kapas.pk}/",
        "explorer: search": "/admin/pages/search/?q=sejarah",
        "form of a page": f"/admin/pages/{below.pk}/edit/",
        "history": f"/admin/pages/{below.pk}/history/",
        "page chooser": "/admin/choose-page/?page_type=wagtailcore.page",
        "documents": "/admin/documents/",
        "images": "/admin/images/",
        "list of contacts": "/meja/kontak/",
    }


def asked(portal, people) -> dict[tuple[str, str], int]:
    found = {}
    for who, user in people.items():
        client = browser(user)
        for what, address in addresses(portal).items():
            if client.get(address).status_code == 200:
                found[who, what] = queries_of(client, address)
    return found


def test_ten_times_as_many_units_ask_no_more(portal, people):
    add_desa(portal, FEW)
    before = asked(portal, people)
    add_desa(portal, MANY)
    after = asked(portal, people)
    assert before.keys() == after.keys()
    assert {key: (before[key], after[key]) for key in before if after[key] > before[key]} == {}
    assert max(after.values()) <= 60


def test_an_editor_of_thirty_desa_asks_as_little_as_one_of_three(portal):
    add_desa(portal, MANY)
    desa = list(Unit.objects.filter(parent=portal.kapas).order_by("code"))
    few, many = member("tiga", desa[0], Role.EDITOR), member("tigapuluh", desa[0], Role.EDITOR)
    for unit in desa[1:FEW]:
        join(few, unit, Role.EDITOR)
    for unit in desa[1:]:
        join(many, unit, Role.EDITOR)
    for address in ("/admin/", f"/admin/pages/{UnitPage.objects.get(unit=portal.kapas).pk}/"):
        assert queries_of(browser(many), address) <= queries_of(browser(few), address), address


def test_a_folder_of_news_asks_no_more_for_more_news_and_is_not_put_in_order_by_hand(portal, people):
    page, client = UnitPage.objects.get(unit=portal.kapas), browser(people["of a kecamatan"])
    for number in range(FEW):
        news(page, f"Kabar {number}").save_revision()
    address = f"/admin/pages/{NewsIndexPage.objects.get().pk}/"
    before = queries_of(client, address)
    for number in range(FEW, MANY):
        news(page, f"Kabar {number}").save_revision()
    assert queries_of(client, address) <= before
    assert "ordering=ord" not in client.get(address).content.decode()
    told = NewsIndexPage.objects.get().get_children().first()
    assert client.post(f"/admin/pages/{told.pk}/set_position/?position=2").status_code in (302, 403)


def test_the_menu_and_the_chooser_of_pages_show_twenty_or_so_for_a_bounded_price(portal, people):
    add_desa(portal, MANY)
    kapas, client = UnitPage.objects.get(unit=portal.kapas), browser(people["administrator"])
    assert (
        queries_of(client, f"/admin/api/main/pages/?child_of={kapas.pk}&for_explorer=1&fields=parent") <= 100
    )
    assert queries_of(client, f"/admin/choose-page/{kapas.pk}/?page_type=wagtailcore.page") <= 60


def test_a_site_that_moves_is_known_at_once(portal, client):
    page, site = UnitPage.objects.get(unit=portal.kapas), Site.objects.get()
    assert client.get("/").status_code == 200
    site.root_page = page
    site.save()
    assert Page.objects.get(pk=page.pk).url == "/"
