from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from home.models import BasePage, Lasting


class PpidPage(Lasting, BasePage):
    """/ppid/: who answers for public information, what one may ask, and the way to ask."""

    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)
    body = RichTextField(
        _("isi"), blank=True, features=["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("review_on"),
    ]
    template = "ppid/ppid_page.html"

    class Meta:
        verbose_name = _("halaman PPID")
