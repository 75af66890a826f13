from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from home.blocks import BodyBlock
from home.satisfaction import Satisfaction

from .belonging import PageOfUnit
from .reviewing import NewsPermissions, Reviewed


class NewsIndexPage(PageOfUnit):
    """What a unit has to tell: what is coming, then what was."""

    introduction = models.TextField(_("pengantar"), max_length=400, blank=True)

    subpage_types = ["opd_pages.NewsPage", "opd_pages.EventPage"]
    max_count_per_parent = 1
    levels_below_unit = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "opd_pages/news_index_page.html"

    class Meta:
        verbose_name = _("berita dan agenda")
        verbose_name_plural = _("berita dan agenda")

    def permissions_for_user(self, user):
        return NewsPermissions(user, self)

    def get_context(self, request, *args, **kwargs):
        from ..selectors.news import index_context

        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class NewsPage(Reviewed, PageOfUnit):
    """One piece of news. Its figures (readers, votes) are rows of their own: saving the page never changes them."""

    published_on = models.DateField(_("tanggal"), default=timezone.localdate, db_index=True)
    summary = models.TextField(
        _("ringkasan"), max_length=300, help_text=_("Satu atau dua kalimat; tampil pada daftar berita.")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("gambar utama"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("isi gambar"),
        max_length=160,
        blank=True,
        help_text=_("Untuk yang tidak melihatnya: siapa atau apa yang tampak, di mana."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("isi"))

    parent_page_types = ["opd_pages.NewsIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Gambar utama")),
        FieldPanel("body"),
        FieldPanel("is_submitted"),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    pictures = {"picture": ("wide",), "body": ("whole",)}
    files = {"cetak.html": "serve_print"}
    template = "opd_pages/news_page.html"

    class Meta:
        verbose_name = _("berita")
        verbose_name_plural = _("berita")

    def clean(self) -> None:
        super().clean()
        if self.published_on and self.published_on > timezone.localdate():
            raise ValidationError({"published_on": _("Tanggal ini belum tiba.")})
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": _("Tulis apa yang tampak pada gambar.")})

    def get_context(self, request, *args, **kwargs):
        from ..selectors.news import news_context

        return super().get_context(request, *args, **kwargs) | news_context(self)

    def serve_print(self, request: HttpRequest) -> HttpResponse:
        """The words and pictures alone, for paper."""
        from ..addresses import printed_page_address

        context = self.get_context(request)
        context["printed_address"] = printed_page_address(self)
        return render(request, "opd_pages/news_print.html", context)


class EventPageQuerySet(PageQuerySet):
    def coming(self) -> "EventPageQuerySet":
        """What has not ended; without an end of its own an event ends with its day."""
        now = timezone.now()
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(Q(ends_at__gte=now) | Q(ends_at=None, starts_at__gte=today))


class EventPage(Reviewed, PageOfUnit):
    """Something people may come to."""

    starts_at = models.DateTimeField(_("mulai"), db_index=True)
    ends_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    venue = models.CharField(_("tempat"), max_length=200)
    organiser = models.CharField(
        _("penyelenggara"), max_length=160, blank=True, help_text=_("Kosongkan bila unit ini sendiri.")
    )
    summary = models.TextField(_("ringkasan"), max_length=300)
    body = StreamField(BodyBlock(), verbose_name=_("isi"), blank=True)

    objects = PageManager.from_queryset(EventPageQuerySet)()

    parent_page_types = ["opd_pages.NewsIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("venue"),
        FieldPanel("organiser"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("is_submitted"),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("summary"),
        index.SearchField("venue"),
        index.SearchField("body"),
        index.FilterField("starts_at"),
    ]
    pictures = {"body": ("whole",)}
    template = "opd_pages/event_page.html"

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agenda")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("Selesai mendahului mulai.")})

    @property
    def is_over(self) -> bool:
        if self.ends_at:
            return self.ends_at < timezone.now()
        return timezone.localdate(self.starts_at) < timezone.localdate()

    @property
    def ends_same_day(self) -> bool:
        return bool(self.ends_at) and timezone.localdate(self.ends_at) == timezone.localdate(self.starts_at)


class NewsFigures(models.Model):
    """How often a piece of news was opened, and what its readers said. Counts only, nobody behind them."""

    COLUMNS = {
        Satisfaction.VERY_SATISFIED: "very_satisfied",
        Satisfaction.SATISFIED: "satisfied",
        Satisfaction.FAIRLY_SATISFIED: "fairly_satisfied",
        Satisfaction.DISSATISFIED: "dissatisfied",
    }

    page = models.OneToOneField(NewsPage, primary_key=True, on_delete=models.CASCADE, related_name="figures")
    views = models.PositiveIntegerField(_("dibaca"), default=0)
    very_satisfied = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    fairly_satisfied = models.PositiveIntegerField(default=0)
    dissatisfied = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("angka berita")
        verbose_name_plural = _("angka berita")

    def __str__(self) -> str:
        return f"{self.page}: {self.views}"

    @property
    def votes(self) -> dict[int, int]:
        return {step: getattr(self, column) for step, column in self.COLUMNS.items()}
