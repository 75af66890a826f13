from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.models.panels import CommentPanelPlaceholder
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ..addresses import address_below, is_shadowed
from ..forms.pages import ADDRESS_TAKEN, PortalCopyForm, PortalPageForm
from ..registry import home_panels

# Until the office writes its own: the portal's own words have their English, an office's have not.
HEADLINE = "Ada yang perlu diperbaiki?"


class BasePage(Page):
    """What every page of the portal shares."""

    base_form_class = PortalPageForm
    copy_form_class = PortalCopyForm
    # A public portal: no page is behind a log-in. And nothing runs publish_scheduled: no dates to publish by.
    private_page_options = []
    settings_panels = [CommentPanelPlaceholder()]
    # Fields that hold pictures, with the names of home.pictures.SHAPES they are shown in: the worker paints them.
    pictures: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        # A page that is being made has no place in the tree yet; its form knows the parent.
        parent = self.get_parent() or getattr(self, "intended_parent", None)
        if parent and is_shadowed(address_below(parent, self.slug)):
            raise ValidationError({"slug": ADDRESS_TAKEN})

    def get_context(self, request, *args, **kwargs):
        # Which page stands below a banner is known to the frame, too.
        request.shown_page = self
        return super().get_context(request, *args, **kwargs)

    def can_move_to(self, parent) -> bool:
        return super().can_move_to(parent) and not is_shadowed(address_below(parent, self.slug))


class HomePage(BasePage):
    """The portal's front door: report, track, ask, find a unit."""

    headline = models.CharField(_("judul besar"), max_length=120, default=HEADLINE)
    introduction = models.TextField(_("pengantar"), max_length=400, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("beranda")

    def route(self, request, path_components):
        """Find a page by its whole path: one look-up at any depth, where Wagtail asks for two a level."""
        if not path_components:
            return super().route(request, path_components)
        path = f"{self.url_path}{'/'.join(path_components)}/"
        # The slug has an index, the path has none.
        page = Page.objects.live().filter(slug=path_components[-1], url_path=path).first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = [panel for make in home_panels if (panel := make())]
        context["has_own_headline"] = self.headline != HEADLINE
        return context


class PlainPage(BasePage):
    """A page of words: privacy, accessibility, about."""

    body = RichTextField(
        _("isi"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    template = "home/plain_page.html"

    class Meta:
        verbose_name = _("halaman")

    @classmethod
    def can_exist_under(cls, parent) -> bool:
        # Below every page whose subpage_types name it, also those of rooms above; not beside the front door.
        return super().can_exist_under(parent) and not parent.is_root()
