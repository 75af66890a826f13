"""The style page shows every component there is, so that whoever changes one sees what it does to the others."""

import re

import pytest

from config.paths import BASE

COMPONENTS = sorted((BASE / "templates" / "components").glob("*.html"))
CLASS = re.compile(r'class="([a-z][\w-]*)')


def marks_of(component) -> list[str]:
    """The class its outermost element bears, by which it is known on a page."""
    return CLASS.findall(component.read_text(encoding="utf-8"))[:1]


@pytest.fixture
def shown(client, db) -> set[str]:
    html = client.get("/gaya/").content.decode()
    return {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}


def test_every_component_stands_on_the_style_page(shown):
    missing = [each.stem for each in COMPONENTS if set(marks_of(each)) - shown]
    assert missing == []


def test_every_drawing_stands_on_the_style_page(client, db):
    drawn = set(re.findall(r'name == "(\w+)"', (BASE / "templates/components/icon.html").read_text()))
    named = set(re.findall(r"</svg>\s*(\w+)</li>", client.get("/gaya/").content.decode()))
    assert drawn - named == set()
