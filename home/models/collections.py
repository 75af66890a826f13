"""Pages that gather: questions, pictures, documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..blocks import DocumentBlock, PictureBlock, QuestionBlock
from ..crumbs import crumbs_to
from ..pictures import with_pictures
from .lasting import Lasting
from .pages import BasePage


class GatheringPage(BasePage):
    """Below the front door or a unit's page; nothing below it."""

    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)

    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @classmethod
    def can_exist_under(cls, parent) -> bool:
        return super().can_exist_under(parent) and not parent.is_root()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"crumbs": crumbs_to(self)}


class FaqPage(Lasting, GatheringPage):
    """What people ask again and again."""

    questions = StreamField([("question", QuestionBlock())], verbose_name=_("tanya jawab"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("questions"),
        FieldPanel("review_on"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("questions"),
    ]
    template = "home/faq_page.html"

    class Meta:
        verbose_name = _("tanya jawab")


class GalleryPage(GatheringPage):
    """Pictures of an occasion or a place."""

    images = StreamField([("picture", PictureBlock())], verbose_name=_("gambar"), max_num=60)

    pictures = {"images": ("card",)}
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("images")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("images"),
    ]
    template = "home/gallery_page.html"

    class Meta:
        verbose_name = _("galeri")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"shown": self.shown_images()}

    def shown_images(self) -> list[dict]:
        """[{"image", "alt", "caption"}] without what was deleted: 3 queries, however many there are."""
        chosen = [block.value for block in self.images if block.value["image"]]
        images = with_pictures("card").in_bulk({value["image"].pk for value in chosen})
        return [
            {"image": images[value["image"].pk], "alt": value["alt"], "caption": value["caption"]}
            for value in chosen
        ]


class DocumentsPage(Lasting, GatheringPage):
    """Files to take away: regulations, plans, reports."""

    documents = StreamField([("document", DocumentBlock())], verbose_name=_("dokumen"), max_num=400)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("documents"),
        FieldPanel("review_on"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("documents"),
    ]
    template = "home/documents_page.html"

    class Meta:
        verbose_name = _("kumpulan dokumen")
