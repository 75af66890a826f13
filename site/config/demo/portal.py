"""Name, crest, slogan and numbers of the invented kabupaten, where the office has not entered its own."""

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from config.setup.crest import crest_png
from home.models import PortalSettings
from opd_pages.services.alerts import tell_pages

from .units import DATA

CREST_TITLE = "Lambang contoh"
IDENTITY = {
    "region_name": "Kabupaten Bojonegoro (contoh)",
    "tagline": "Portal contoh: semua laporan dan orang di sini karangan",
    "slogan": "Didengar, dijawab, ditepati",
}
HOTLINES = [("Darurat", "112"), ("Ambulans", "119"), ("Polisi", "110"), ("Pemadam kebakaran", "113")]


@transaction.atomic
def dress_portal(collection) -> None:
    """Fill what is still as it was delivered; what an office entered stays."""
    portal = PortalSettings.load()
    for name, words in IDENTITY.items():
        if getattr(portal, name) == PortalSettings._meta.get_field(name).default:
            setattr(portal, name, words)
    if not portal.hotlines:
        portal.hotlines = [("hotline", {"label": label, "number": number}) for label, number in HOTLINES]
    if portal.crest is None:
        file = ContentFile(crest_png((DATA / "crest.svg").read_bytes()), name="lambang-contoh.png")
        portal.crest = get_image_model().objects.create(title=CREST_TITLE, file=file, collection=collection)
    portal.save()


def undress_portal() -> None:
    """Put back what is still the demonstration's. Its crest goes with its other pictures."""
    portal = PortalSettings.load()
    for name, words in IDENTITY.items():
        if getattr(portal, name) == words:
            setattr(portal, name, PortalSettings._meta.get_field(name).default)
    if [(block.value["label"], block.value["number"]) for block in portal.hotlines] == HOTLINES:
        portal.hotlines = []
    portal.save()
    # Its alerts are gone with its units.
    tell_pages()
