from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection
from wagtail.search import index

from home.models import BasePage, Lasting

from .unit import Unit


class UnitPage(Lasting, BasePage):
    """The public page of one unit. What it shows of contacts comes from the unit, never from the page's text."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="page")
    collection = models.ForeignKey(Collection, null=True, on_delete=models.SET_NULL, related_name="+")
    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)
    body = RichTextField(
        _("isi"), blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    )

    parent_page_types = ["home.HomePage", "opd_pages.UnitPage"]
    subpage_types = [
        "opd_pages.UnitPage",
        "opd_pages.ServicePage",
        "opd_pages.LeadersPage",
        "opd_pages.NewsIndexPage",
        "opd_pages.BudgetPage",
        "opd_pages.CommitmentsPage",
        "home.FaqPage",
        "home.DocumentsPage",
        "home.GalleryPage",
        "home.PlainPage",
    ]
    # Title and address follow the unit's name and place.
    content_panels = [FieldPanel("introduction"), FieldPanel("body"), FieldPanel("review_on")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    is_read_at_once = True
    files = {"berita.xml": "serve_feed"}
    template = "opd_pages/unit_page.html"

    class Meta:
        verbose_name = _("halaman unit")
        verbose_name_plural = _("halaman unit")

    @classmethod
    def can_create_at(cls, parent) -> bool:
        # Made with its unit, group and collection by one service, never by hand.
        return False

    def with_content_json(self, content):
        """An old draft brings back its words, not the name, address and collection the page had then."""
        page = super().with_content_json(content)
        for name in ("title", "slug", "url_path", "collection_id"):
            setattr(page, name, getattr(self, name))
        return page

    def get_context(self, request, *args, **kwargs):
        from ..selectors.pages import unit_page_context

        return super().get_context(request, *args, **kwargs) | unit_page_context(self, request)

    def serve_feed(self, request: HttpRequest) -> HttpResponse:
        from ..selectors.news import feed_of_unit

        feed = feed_of_unit(self)
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
