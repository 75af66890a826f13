from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.models import Lasting

from ..blocks import StepBlock
from ..forms.pages import ServicePageForm
from .belonging import PageOfUnit


class ServicePage(Lasting, PageOfUnit):
    """One service with the six components of its standard that a citizen is owed (PermenPANRB 15/2014)."""

    summary = models.TextField(
        _("untuk apa layanan ini"),
        max_length=400,
        help_text=_("Satu atau dua kalimat, dengan kata sehari-hari."),
    )
    requirements = RichTextField(_("persyaratan"), features=["bold", "ol", "ul", "link", "document-link"])
    procedure = StreamField([("step", StepBlock())], verbose_name=_("prosedur"), max_num=20)
    duration = models.CharField(
        _("jangka waktu"), max_length=200, help_text=_("Misalnya 3 hari kerja sejak berkas lengkap.")
    )
    fee = models.CharField(_("biaya"), max_length=300, help_text=_("Tulis Gratis bila tidak dipungut biaya."))
    product = models.CharField(
        _("produk"), max_length=300, help_text=_("Yang diterima pemohon, misalnya KTP elektronik.")
    )
    complaints = models.TextField(
        _("pengaduan"),
        max_length=600,
        help_text=_("Ke mana pemohon mengadu. Tombol untuk melapor ke unit ini sudah ada di halaman."),
    )
    legal_basis = models.TextField(_("dasar hukum"), max_length=600, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("requirements"),
                FieldPanel("procedure"),
                FieldPanel("duration"),
                FieldPanel("fee"),
                FieldPanel("product"),
                FieldPanel("complaints"),
            ],
            heading=_("Standar pelayanan"),
        ),
        FieldPanel("legal_basis"),
        FieldPanel("review_on"),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("summary"),
        index.SearchField("requirements"),
        index.SearchField("procedure"),
        index.SearchField("product"),
    ]
    base_form_class = ServicePageForm
    template = "opd_pages/service_page.html"

    class Meta:
        verbose_name = _("layanan")
        verbose_name_plural = _("layanan")
