import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from home.colour import contrast_ratio
from home.models import PortalSettings
from home.theme import DARK, LIGHT, palette, theme_css

STYLESHEET = Path(__file__).parents[2] / "site" / "static" / "css" / "pendopo.css"
READABLE = 4.5  # WCAG 2.2, 1.4.3
ACCEPTED = st.from_regex(r"\A#[0-9a-f]{6}\Z").filter(
    lambda colour: contrast_ratio(colour, "#ffffff") >= READABLE
)


@pytest.mark.parametrize(("scheme", "block"), [(LIGHT, 0), (DARK, 1)], ids=["light", "dark"])
def test_the_theme_reckons_with_the_surfaces_and_words_of_the_stylesheet(scheme, block):
    css = re.findall(r"^\s*:root \{(.*?)\}", STYLESHEET.read_text(), flags=re.DOTALL | re.MULTILINE)[block]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    assert scheme.surfaces == (tokens["paper"], tokens["surface"], tokens["sunk"])
    assert scheme.words == (tokens["ink"], tokens["ink-soft"])


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@given(colour=ACCEPTED)
def test_whatever_colour_the_office_chooses_can_be_read(scheme, colour):
    made = palette(colour, scheme)
    pairs = [(made["primary"], surface) for surface in (*scheme.surfaces, made["primary-tint"])]
    pairs += [(made["primary-ink"], made["primary"])]
    pairs += [(word, made["primary-tint"]) for word in scheme.words]
    assert [pair for pair in pairs if contrast_ratio(*pair) < READABLE] == []


@given(colour=ACCEPTED)
def test_a_colour_dark_enough_is_shown_as_chosen(colour):
    assume(contrast_ratio(colour, "#e0e0e0") > READABLE)
    assert palette(colour, LIGHT)["primary"] == colour


def test_the_theme_names_three_colours_for_light_and_dark():
    css = theme_css("#0e5a48")
    assert re.findall(r"--([\w-]+):", css) == ["primary", "primary-ink", "primary-tint"] * 2
    assert re.findall(r"@media ([^{]+) {", css) == ["screen", "screen and (prefers-color-scheme: dark)"]


def test_the_office_chooses_the_colour(client, db):
    PortalSettings.load()
    PortalSettings.objects.update(primary_color="#7a0019")
    response = client.get("/tema.css")
    assert (response["Content-Type"], response.content.decode()) == (
        "text/css; charset=utf-8",
        theme_css("#7a0019"),
    )


def test_a_new_colour_is_a_new_address(client, db):
    PortalSettings.load()
    addresses = set()
    for colour in ("#7a0019", "#00007f"):
        PortalSettings.objects.update(primary_color=colour)
        addresses |= set(re.findall(r'href="(/tema\.css[^"]+)"', client.get("/unit/").content.decode()))
    assert len(addresses) == 2
