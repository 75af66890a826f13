from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from ..admin.unit_chooser import UnitChooserWidget
from .belonging import PageOfUnit
from .unit import Unit


class CommitmentState(models.TextChoices):
    PLANNED = "planned", _("belum dimulai")
    RUNNING = "running", _("berjalan")
    KEPT = "kept", _("selesai")
    DROPPED = "dropped", _("dihentikan")


class CommitmentSource(models.TextChoices):
    """Where a commitment was made. A plan's stand on its page; the others have none."""

    PLAN = "plan", _("rencana aksi")
    REVIEW = "review", _("rapat tinjauan")
    DIALOGUE = "dialogue", _("dialog publik")


class CommitmentsPage(PageOfUnit):
    """A plan of action: what was promised, by whom, until when, and what came of it."""

    introduction = models.TextField(_("pengantar"), max_length=600, blank=True)
    period = models.CharField(
        _("masa rencana"), max_length=40, blank=True, help_text=_("Misalnya 2025–2027.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("period"),
        FieldPanel("introduction"),
        InlinePanel("commitments", heading=_("Komitmen"), label=_("Komitmen"), max_num=60),
    ]
    search_fields = [
        *PageOfUnit.search_fields,
        index.SearchField("introduction"),
        index.RelatedFields("commitments", [index.SearchField("text")]),
    ]
    template = "opd_pages/commitments_page.html"

    class Meta:
        verbose_name = _("rencana aksi")
        verbose_name_plural = _("rencana aksi")

    def get_context(self, request, *args, **kwargs):
        from ..selectors.commitments import plan_context

        return super().get_context(request, *args, **kwargs) | plan_context(self)


class CommitmentQuerySet(models.QuerySet):
    def public(self) -> "CommitmentQuerySet":
        """What the public may read: those of published plans, and all that stand on no page."""
        return self.filter(Q(page=None) | Q(page__live=True))

    def open(self) -> "CommitmentQuerySet":
        return self.filter(state__in=[CommitmentState.PLANNED, CommitmentState.RUNNING])


class Commitment(Orderable):
    """Something an office has promised to do until a day. It is kept only where there is something to show for it."""

    page = ParentalKey(
        CommitmentsPage, null=True, blank=True, on_delete=models.CASCADE, related_name="commitments"
    )
    source = models.CharField(
        _("asal"), max_length=10, choices=CommitmentSource, default=CommitmentSource.PLAN, editable=False
    )
    text = models.TextField(_("yang dijanjikan"), max_length=400)
    unit = models.ForeignKey(
        Unit, verbose_name=_("penanggung jawab"), on_delete=models.PROTECT, related_name="commitments"
    )
    due_on = models.DateField(_("paling lambat"))
    state = models.CharField(
        _("keadaan"), max_length=10, choices=CommitmentState, default=CommitmentState.PLANNED
    )
    note = models.TextField(_("perkembangan"), max_length=600, blank=True)
    evidence_url = models.URLField(_("tautan bukti"), blank=True)
    evidence = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("berkas bukti"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = CommitmentQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldPanel("unit", widget=UnitChooserWidget),
        FieldRowPanel([FieldPanel("due_on"), FieldPanel("state")]),
        FieldPanel("note"),
        FieldPanel("evidence_url"),
        FieldPanel("evidence"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("komitmen")
        verbose_name_plural = _("komitmen")
        constraints = [
            models.CheckConstraint(
                condition=Q(source=CommitmentSource.PLAN) | Q(page=None), name="commitment_on_its_page"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state in (CommitmentState.PLANNED, CommitmentState.RUNNING)

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def days_late(self) -> int:
        return max((timezone.localdate() - self.due_on).days, 0) if self.is_late else 0

    def clean(self) -> None:
        super().clean()
        if self.state == CommitmentState.KEPT and not (self.evidence_url or self.evidence_id):
            raise ValidationError(
                {"evidence_url": _("Selesai berarti ada buktinya: isi tautan atau pilih berkas.")}
            )
        if self.state == CommitmentState.DROPPED and not self.note.strip():
            raise ValidationError({"note": _("Tulis mengapa komitmen ini dihentikan.")})
