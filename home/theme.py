"""The kabupaten's colour made fit to read, in the light and in the dark (WCAG 2.2, 1.4.3)."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from .colour import contrast_ratio

READABLE = 4.5
WHITE, BLACK = "#ffffff", "#0b0f0d"


@dataclass(frozen=True)
class Scheme:
    """The stylesheet's surfaces and words in one scheme; how the colour moves (in lightness, 0 to 1) to be read there."""

    surfaces: tuple[str, ...]
    words: tuple[str, ...]
    step: float
    most_saturated: float
    tint_lightness: float
    tint_saturation: float


LIGHT = Scheme(("#faf6ed", "#ffffff", "#f1eadb"), ("#1f2420", "#555b52"), -0.02, 1, 0.92, 0.3)
DARK = Scheme(("#131714", "#1c221e", "#262d28"), ("#eceee8", "#b5bdb2"), 0.02, 0.5, 0.17, 0.4)


def palette(colour: str, scheme: Scheme) -> dict[str, str]:
    """{"primary", "primary-ink", "primary-tint"} as #rrggbb, of the colour's hue.

    The first can be read on every surface, the second on the first, the stylesheet's words on the third.
    """
    hue, lightness, saturation = rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    tint = _hex(hue, scheme.tint_lightness, min(saturation, scheme.tint_saturation))
    saturation = min(saturation, scheme.most_saturated)
    while not _readable(primary := _hex(hue, lightness, saturation), (*scheme.surfaces, tint)):
        lightness += scheme.step
    ink = max((WHITE, BLACK), key=lambda each: contrast_ratio(each, primary))
    return {"primary": primary, "primary-ink": ink, "primary-tint": tint}


def theme_css(colour: str) -> str:
    """The stylesheet that lays the kabupaten's colour over the portal's own, paper excepted."""
    light, dark = (
        "; ".join(f"--{name}: {value}" for name, value in palette(colour, scheme).items())
        for scheme in (LIGHT, DARK)
    )
    return (
        f"@media screen {{ :root {{ {light} }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def _hex(hue: float, lightness: float, saturation: float) -> str:
    channels = hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _readable(colour: str, surfaces: tuple[str, ...]) -> bool:
    return all(contrast_ratio(colour, surface) >= READABLE for surface in surfaces)
