"""WCAG 2.2 AA (1.4.3, 1.4.11) measured on the tokens of the one stylesheet every page loads, in its light and its dark scheme."""

import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).parents[2] / "site" / "static" / "css" / "pendopo.css"

# token of the text: tokens it is laid upon
TEXT = {
    "ink": "paper surface sunk primary-tint warning-tint danger-tint success-tint",
    "ink-soft": "paper surface sunk primary-tint",
    "primary": "paper surface sunk primary-tint",
    "primary-ink": "primary",
    "roof-ink": "roof",
    "turmeric-ink": "turmeric",
    "danger": "paper surface sunk danger-tint",
    "danger-ink": "danger",
    "warning": "warning-tint",
    "success": "success-tint",
    "paper": "ink",
}
# token of a border or drawing that carries meaning: tokens beside it
SHAPES = {
    "edge": "paper surface sunk",
    "primary": "paper surface sunk",
    "danger": "paper surface danger-tint",
    "wood": "paper surface sunk",
    "warning": "warning-tint",
    "success": "success-tint",
}
# Two rings are drawn, one dark and one bright: one of them must stand out.
RINGS = ("focus", "turmeric")
BENEATH_RINGS = "paper surface sunk roof primary-tint warning-tint danger-tint success-tint"
DECORATION = {"line"}


def schemes() -> dict[str, dict[str, str]]:
    """Colour tokens by scheme, {"light": {"ink": "#1f2420", …}, "dark": …}, with var() resolved."""
    css = STYLESHEET.read_text()
    blocks = re.findall(r"^\s*:root \{(.*?)\}", css, flags=re.DOTALL | re.MULTILINE)
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--[\w-]+\));", block)) for block in blocks[:2]
    )
    return {"light": resolve(light), "dark": resolve(light | dark)}


def resolve(tokens: dict[str, str]) -> dict[str, str]:
    return {
        name: tokens[value[6:-1]] if value.startswith("var(") else value for name, value in tokens.items()
    }


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs.split()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "background"), pairs(TEXT))
def test_text_can_be_read_on_its_background(scheme, text, background):
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[background]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "background"), pairs(SHAPES))
def test_borders_of_inputs_and_drawings_stand_out(scheme, shape, background):
    colours = schemes()[scheme]
    assert contrast(colours[shape], colours[background]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("background", BENEATH_RINGS.split())
def test_one_of_the_two_focus_rings_stands_out_wherever_it_is_drawn(scheme, background):
    colours = schemes()[scheme]
    assert max(contrast(colours[ring], colours[background]) for ring in RINGS) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_colour_of_the_stylesheet_goes_unmeasured(scheme):
    measured = {name for pair in pairs(TEXT) + pairs(SHAPES) for name in pair}
    assert set(schemes()[scheme]) - measured - set(RINGS) == DECORATION
