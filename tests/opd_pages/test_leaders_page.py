import pytest

from opd_pages.models import LeadersPage, UnitPage
from opd_pages.services.contacts import confirm
from opd_pages.services.leaders import change_leader
from tests.browsers import soup
from tests.editing import create, faults, rich_text, streamfield


def typed(name: str) -> dict:
    profile = ("profile", {"name": name, "text": rich_text("<p>Lahir di Kapas.</p>")})
    return {
        "title": "Pimpinan",
        "slug": "pimpinan",
        "introduction": "",
        "profiles": streamfield([profile]),
        "programme": rich_text(""),
    }


@pytest.fixture
def page(kapas_page, camat, as_editor) -> UnitPage:
    return kapas_page


def test_what_is_told_of_a_leader_stands_beside_the_confirmed_name(as_editor, client, page):
    assert faults(create(as_editor, LeadersPage, page, typed("Siti Rahmawati"))) == {}
    shown = soup(client.get("/kecamatan-kapas/pimpinan/"))
    assert [section["aria-label"] for section in shown.select("main section[aria-label]")] == ["Camat Kapas"]
    assert "Lahir di Kapas." in shown.main.text


def test_nothing_is_told_of_somebody_who_does_not_lead_the_unit(as_editor, page):
    response = create(as_editor, LeadersPage, page, typed("Budi Santoso"))
    assert list(faults(response)) == ["profiles"]


def test_the_predecessors_story_never_stands_beside_another_name(as_editor, client, page, camat, operator):
    create(as_editor, LeadersPage, page, typed("Siti Rahmawati"))
    change_leader(camat, by=operator, name="Budi Santoso", office="Camat Kapas")
    confirm(camat.unit, operator)
    shown = soup(client.get("/kecamatan-kapas/pimpinan/")).main.text
    assert "Budi Santoso" in shown
    assert "Lahir di Kapas." not in shown
