from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .unit import Unit


class SearchWord(models.Model):
    """A word that people type, and the office or the page with the service it means: KTP, akta, dukcapil."""

    word = models.CharField(
        _("kata"),
        max_length=60,
        help_text=_("Seperti diketik warga, misalnya KTP, kartu keluarga, atau capil."),
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("kantor"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="search_words",
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("halaman layanan"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Bila layanannya mempunyai halaman sendiri."),
    )

    class Meta:
        ordering = ["word", "pk"]
        verbose_name = _("kata pencarian")
        verbose_name_plural = _("kata pencarian")
        indexes = [models.Index(fields=["word"], name="search_word")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) | models.Q(page__isnull=False),
                name="search_word_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        self.word = " ".join(self.word.casefold().split())
        if not self.unit_id and not self.page_id:
            raise ValidationError({"unit": _("Pilih kantor atau halaman yang dimaksud dengan kata ini.")})
