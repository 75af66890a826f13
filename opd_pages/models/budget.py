from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from home.languages import in_indonesian

from ..budgets.table import BudgetRow, BudgetTable
from ..forms.budgets import BudgetPageForm
from .belonging import PageOfUnit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def this_year() -> int:
    return timezone.localdate().year


class Stage(models.TextChoices):
    """What of a year's budget the figures are."""

    ADOPTED = "adopted", _("ditetapkan")
    AMENDED = "amended", _("perubahan")
    REALISED = "realised", _("realisasi")


class BudgetPage(PageOfUnit):
    """A unit's budget of one year: table, chart, files, banner. Its rows come from an upload and live in the page's
    versions; the uploaded file itself is never kept."""

    year = models.PositiveSmallIntegerField(
        _("tahun"), default=this_year, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage, default=Stage.ADOPTED)
    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)
    legal_basis = models.CharField(
        _("ditetapkan dengan"),
        max_length=200,
        blank=True,
        help_text=_("Misalnya Perdes Bakalan Nomor 5 Tahun 2025."),
    )
    rows = models.JSONField(default=list, editable=False)

    base_form_class = BudgetPageForm
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("year"), FieldPanel("stage")]),
        FieldPanel("upload"),
        FieldPanel("legal_basis"),
        FieldPanel("introduction"),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("introduction"),
        index.SearchField("legal_basis"),
        index.SearchField("items"),
        index.FilterField("year"),
    ]
    files = {
        "anggaran.csv": "serve_csv",
        "anggaran.xlsx": "serve_xlsx",
        "spanduk.pdf": "serve_banner",
    }
    template = "opd_pages/budget_page.html"

    class Meta:
        verbose_name = _("anggaran")
        verbose_name_plural = _("anggaran")

    @property
    def budget_rows(self) -> list[BudgetRow]:
        return [BudgetRow(*row) for row in self.rows]

    @property
    def table(self) -> BudgetTable:
        return BudgetTable.of(self.budget_rows)

    @property
    def items(self) -> str:
        """For the search."""
        return " ".join(row.item for row in self.budget_rows)

    @property
    def changed_on(self) -> date:
        return timezone.localdate(self.last_published_at or timezone.now())

    def get_context(self, request, *args, **kwargs):
        from ..selectors.budgets import budget_context

        return super().get_context(request, *args, **kwargs) | budget_context(self)

    def serve(self, request, *args, **kwargs):
        if not kwargs.get("file"):
            return super().serve(request, *args, **kwargs)
        # A file outlives the page it was taken from.
        with in_indonesian():
            return super().serve(request, *args, **kwargs)

    def serve_csv(self, request: HttpRequest) -> HttpResponse:
        from ..budgets.writing import as_csv

        return _download(as_csv(self.budget_rows), "text/csv; charset=utf-8", f"{self.slug}.csv")

    def serve_xlsx(self, request: HttpRequest) -> HttpResponse:
        from ..budgets.writing import as_xlsx

        return _download(as_xlsx(self.budget_rows), XLSX, f"{self.slug}.xlsx")

    def serve_banner(self, request: HttpRequest) -> HttpResponse:
        from ..budgets.banner import draw_banner
        from ..selectors.budgets import banner_of

        response = HttpResponse(draw_banner(banner_of(self)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="spanduk-{self.slug}.pdf"'
        return response


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
