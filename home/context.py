"""What every page shows of the portal itself."""

from dataclasses import dataclass, field

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .banners import banners_above
from .discovery import canonical
from .languages import other_languages
from .models import PortalSettings
from .models.portal import TAGLINE
from .pictures import rendition


@dataclass(frozen=True)
class Hotline:
    label: str
    value: str

    @property
    def href(self) -> str:
        return "tel:" + "".join(c for c in self.value if c.isdigit() or c == "+")


@dataclass(frozen=True)
class Portal:
    name: str
    tagline: str
    slogan: str
    crest_url: str
    theme_css_url: str
    public_url: str
    hotlines: list[Hotline] = field(default_factory=list)


def portal_identity(request: HttpRequest | None = None) -> Portal:
    """The portal's name, crest and numbers; at most 3 queries."""
    settings = PortalSettings.load(request)
    crest = rendition(settings.crest, "max-160x160|format-png")
    return Portal(
        public_url=django_settings.PUBLIC_URL,
        name=settings.region_name,
        tagline=settings.tagline if settings.tagline != TAGLINE else "",
        slogan=settings.slogan,
        crest_url=crest.url if crest else "",
        theme_css_url=f"/tema.css?{settings.primary_color[1:]}{settings.accent_color[1:]}",
        hotlines=[Hotline(block.value["label"], block.value["number"]) for block in settings.hotlines],
    )


def portal(request: HttpRequest) -> dict:
    return {
        "canonical": SimpleLazyObject(lambda: canonical(request)),
        "portal": SimpleLazyObject(lambda: portal_identity(request)),
        "banners": SimpleLazyObject(lambda: banners_above(request)),
        "other_languages": SimpleLazyObject(lambda: other_languages(request)),
    }
