"""What is seen when something went wrong: the portal's own face, and a way on."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from config.paths import BASE

BY_THE_PORTAL = ("400", "403", "404", "413", "429", "500")
BY_THE_WEB_SERVER = sorted((BASE / "site" / "deploy" / "laman").glob("*.html"))


@pytest.mark.parametrize("error", BY_THE_PORTAL)
def test_an_error_wears_the_portals_face_and_leads_on(db, error):
    request = None if error == "500" else RequestFactory().get("/")
    page = BeautifulSoup(render_to_string(f"{error}.html", request=request), "html.parser")
    assert len(page.select("h1")) == 1
    assert page.select(".masthead .crest") != []
    assert page.select("main .pavilion") != []
    assert [link["href"] for link in page.select("main a.button")] != []
    assert page.select("link[rel=canonical]") == []


def test_the_page_of_last_resort_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        render_to_string("500.html")


@pytest.mark.parametrize("path", BY_THE_WEB_SERVER, ids=lambda path: path.stem)
def test_what_the_web_server_shows_alone_needs_nothing_else(path):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert (page.html["lang"], len(page.select("h1"))) == ("id", 1)
    assert page.select("script, link, img, [src]") == []
    assert "prefers-color-scheme: dark" in page.style.string
