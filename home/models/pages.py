from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from ..registry import home_panels


def reserved_slugs() -> set[str]:
    """First segments of the URLconf: a page of that name would never be reached."""
    firsts = (str(entry.pattern).lstrip("^").split("/")[0] for entry in get_resolver().url_patterns)
    return {first for first in firsts if first and first.replace("-", "").replace("_", "").isalnum()}


class BasePage(Page):
    """What every page of the portal shares."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.pk else getattr(self, "_parent_page", None)
        below_home = parent is None or parent.depth <= 2
        if below_home and self.slug in reserved_slugs():
            raise ValidationError({"slug": _("Alamat ini sudah dipakai portal. Pilih yang lain.")})


class HomePage(BasePage):
    """The portal's front door: report, track, ask, find a unit."""

    headline = models.CharField(_("judul besar"), max_length=120, default="Ada yang perlu diperbaiki?")
    introduction = models.TextField(_("pengantar"), max_length=400, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("beranda")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = [panel for make in home_panels if (panel := make())]
        return context


class PlainPage(BasePage):
    """A page of words: privacy, accessibility, about."""

    body = RichTextField(_("isi"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"])

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "home/plain_page.html"

    class Meta:
        verbose_name = _("halaman")
