"""What an editor finds in /admin/, where Wagtail's own search weighs every match against all others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import PlainPage
from tests.portals import opened_site

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.fixture
def histories(db) -> list[str]:
    home, titles = (
        opened_site(),
        ["Sejarah", "Sejarah panjang sebuah kecamatan di tepi sungai", "Sejarah desa"],
    )
    for number, title in enumerate(titles):
        home.add_child(instance=PlainPage(title=title, slug=f"sejarah-{number}", body="<p>Lama.</p>"))
    return titles


def found() -> list[str]:
    return [page.title for page in Page.objects.autocomplete("sej")]


def test_of_few_the_best_comes_first(histories):
    assert found() == [histories[0], histories[2], histories[1]]


def test_of_many_the_newest_comes_first_and_none_is_weighed(histories, monkeypatch):
    monkeypatch.setattr("home.search.sqlite.MOST_WEIGHED", 2)
    with CaptureQueriesContext(connection) as captured:
        assert found() == histories[::-1]
    assert [query["sql"] for query in captured if "bm25" in query["sql"]] == []
