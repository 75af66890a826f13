from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.models.panels import CommentPanelPlaceholder
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ..addresses import address_below, is_shadowed
from ..forms.pages import ADDRESS_TAKEN, PortalCopyForm, PortalPageForm
from ..registry import home_panels, page_panels
from .lasting import Lasting

# Until the office writes its own: the portal's own words have their English, an office's have not.
HEADLINE = "Ada yang perlu diperbaiki?"


class BasePage(Page):
    """What every page of the portal shares."""

    base_form_class = PortalPageForm
    copy_form_class = PortalCopyForm
    # A public portal: no page is behind a log-in. And nothing runs publish_scheduled: no dates to publish by.
    private_page_options = []
    settings_panels = [CommentPanelPlaceholder()]
    # Said here, where Wagtail asks the database for each page of a list.
    approved_schedule = False
    # Fields that hold pictures, with the names of home.pictures.SHAPES they are shown in: the worker paints them.
    pictures: ClassVar[dict[str, tuple[str, ...]]] = {}
    # Whether a request finds page and row of this kind in one query; for the kind most asked for.
    is_read_at_once = False
    # What can be fetched below the page besides pages, and the method that serves it: {"berita.xml": "serve_feed"}.
    # No slug holds a dot, so no page is shadowed.
    files: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def get_view_restrictions(self):
        """Those of the page and the pages above: one query, where Wagtail fetches every page above first."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        if getattr(self, "is_known_open", False):
            return PageViewRestriction.objects.none()
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def serve(self, request, *args, file: str = "", **kwargs):
        if file:
            return getattr(self, self.files[file])(request)
        return super().serve(request, *args, **kwargs)

    def clean(self) -> None:
        super().clean()
        # A page that is being made has no place in the tree yet; its form knows the parent.
        parent = self.get_parent() or getattr(self, "intended_parent", None)
        if parent and is_shadowed(address_below(parent, self.slug)):
            raise ValidationError({"slug": ADDRESS_TAKEN})

    def get_admin_display_title(self) -> str:
        """The title anyone reads: lists and choosers show it to editors of other units, a draft's title is not theirs."""
        return self.title if self.live else super().get_admin_display_title()

    def get_context(self, request, *args, **kwargs):
        # Which page stands below a banner is known to the frame, too.
        request.shown_page = self
        return super().get_context(request, *args, **kwargs)

    def can_move_to(self, parent) -> bool:
        return super().can_move_to(parent) and not is_shadowed(address_below(parent, self.slug))


def _restrictions_above() -> QuerySet[PageViewRestriction]:
    """Of the page that a query is about, by its path, and of every page above it."""
    of_page = PageViewRestriction.objects.annotate(asked=ExpressionWrapper(OuterRef("path"), CharField()))
    return of_page.filter(asked__startswith=F("page__path"))


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
        if path_components and "." in path_components[-1]:
            *path_components, file = path_components
            page = self._page_at(path_components) if path_components else self
            if file not in getattr(page, "files", {}):
                raise Http404
            return RouteResult(page, kwargs={"file": file})
        if not path_components:
            return super().route(request, path_components)
        return RouteResult(self._page_at(path_components))

    def _page_at(self, path_components: list[str]) -> Page:
        path = f"{self.url_path}{'/'.join(path_components)}/"
        at_once = {
            kind: kind._meta.model_name
            for kind in get_page_models()
            if getattr(kind, "is_read_at_once", False)
        }
        # The slug has an index, the path has none.
        pages = Page.objects.live().filter(slug=path_components[-1], url_path=path)
        pages = pages.annotate(is_closed=Exists(_restrictions_above()))
        page = pages.select_related(*at_once.values()).first() if at_once else pages.first()
        if page is None:
            raise Http404
        name = at_once.get(page.specific_class)
        found = getattr(page, name) if name else page.specific
        found.is_known_open = not page.is_closed
        return found

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = [panel for make in home_panels if (panel := make())]
        context["has_own_headline"] = self.headline != HEADLINE
        return context


class PlainPage(Lasting, BasePage):
    """A page of words: privacy, accessibility, about."""

    body = RichTextField(
        _("isi"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    )

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("review_on")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    template = "home/plain_page.html"

    class Meta:
        verbose_name = _("halaman")

    @classmethod
    def can_exist_under(cls, parent) -> bool:
        # Below every page whose subpage_types name it, also those of rooms above; not beside the front door.
        return super().can_exist_under(parent) and not parent.is_root()

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = [panel for make in page_panels if (panel := make(self))]
        return context
