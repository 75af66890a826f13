from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.models import Lasting

from ..blocks import ProfileBlock
from .belonging import PageOfUnit


class LeadersPage(Lasting, PageOfUnit):
    """Who leads the unit: regent and deputy, a camat. Names and photos are the confirmed ones, never the page's text."""

    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)
    profiles = StreamField([("profile", ProfileBlock())], verbose_name=_("riwayat"), blank=True, max_num=9)
    programme = RichTextField(
        _("visi dan misi"), blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link"]
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("profiles"),
        FieldPanel("programme"),
        FieldPanel("review_on"),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("introduction"),
        index.SearchField("profiles"),
        index.SearchField("programme"),
    ]
    template = "opd_pages/leaders_page.html"

    class Meta:
        verbose_name = _("halaman pimpinan")
        verbose_name_plural = _("halaman pimpinan")

    def clean(self) -> None:
        from ..selectors.belonging import unit_of

        super().clean()
        unit = unit_of(self, getattr(self, "intended_parent", None))
        known = set(unit.leaders.values_list("name", flat=True)) if unit else set()
        for block in self.profiles:
            if block.value["name"] not in known:
                raise ValidationError(
                    {
                        "profiles": _(
                            "Tidak ada pimpinan unit ini yang bernama %(name)s. Samakan dengan meja kontak."
                        )
                        % {"name": block.value["name"]}
                    }
                )

    def get_context(self, request, *args, **kwargs):
        from ..selectors.people import leaders_of

        context = super().get_context(request, *args, **kwargs)
        told = {block.value["name"]: block.value for block in self.profiles}
        people = leaders_of(context["unit"])
        return context | {
            "people": [{"person": person, "profile": told.get(person.name)} for person in people]
        }
