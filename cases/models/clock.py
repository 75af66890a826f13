from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from opd_pages.models import Unit

from ..calendar import LONGEST_TERM, DayOffKind, TermUnit
from .case import Case
from .verification import Verified

UNITS = [
    (TermUnit.WORKING_DAYS.value, _("hari kerja")),
    (TermUnit.DAYS.value, _("hari")),
    (TermUnit.HOURS.value, _("jam")),
]


def likely_day(day: date) -> None:
    """A mistyped year is told, rather than counted to."""
    if not 2000 <= day.year < 2200:
        raise ValidationError(_("Tulis tanggal antara tahun 2000 dan 2199."))


class Rule(Verified):
    """A term with its legal basis and the days on which it is in force. Terms stand here and nowhere in code."""

    procedure = models.CharField(_("prosedur"), max_length=30)
    step = models.CharField(_("langkah"), max_length=30)
    title = models.CharField(_("sebutan"), max_length=120)
    amount = models.PositiveSmallIntegerField(_("lamanya"), validators=[MaxValueValidator(LONGEST_TERM)])
    unit = models.CharField(_("satuan"), max_length=4, choices=UNITS)
    effective_from = models.DateField(_("berlaku dari"), validators=[likely_day])
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True, validators=[likely_day])

    class Meta:
        ordering = ["procedure", "step", "-effective_from"]
        verbose_name = _("aturan waktu")
        verbose_name_plural = _("aturan waktu")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "step", "effective_from"], name="rule_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gte=models.F("effective_from")),
                name="rule_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.amount} {self.get_unit_display()}"

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)

    def clean(self) -> None:
        super().clean()
        if not self.effective_from:
            return
        others = Rule.objects.filter(procedure=self.procedure, step=self.step).exclude(pk=self.pk)
        if self.effective_until:
            others = others.filter(effective_from__lte=self.effective_until)
        if others.filter(Q(effective_until=None) | Q(effective_until__gte=self.effective_from)).exists():
            raise ValidationError(
                {"effective_from": _("Masa berlakunya bertumpuk dengan aturan lain untuk langkah ini.")}
            )


class Holiday(models.Model):
    date = models.DateField(_("tanggal"), validators=[likely_day])
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(
        _("jenis"),
        max_length=12,
        choices=[
            (DayOffKind.NATIONAL.value, _("nasional")),
            (DayOffKind.JOINT_LEAVE.value, _("cuti bersama")),
            (DayOffKind.LOCAL.value, _("daerah")),
        ],
    )

    class Meta:
        ordering = ["date"]
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        constraints = [models.UniqueConstraint(fields=["date", "kind"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class HolidayDecree(models.Model):
    """A year whose holidays are settled by a joint decree (SKB). Terms that run into other years say so."""

    year = models.PositiveSmallIntegerField(
        _("tahun"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    number = models.CharField(_("nomor keputusan"), max_length=120)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("keputusan hari libur")
        verbose_name_plural = _("keputusan hari libur")

    def __str__(self) -> str:
        return f"{self.year}: {self.number}"


@register_setting(icon="time")
class ClockSettings(BaseGenericSetting):
    joint_leave_is_off = models.BooleanField(_("cuti bersama menghentikan hitungan hari kerja"), default=True)
    counts_from_next_day = models.BooleanField(
        _("hari pertama adalah hari setelah diterima"),
        default=True,
        help_text=_("Tidak: hari diterimanya sudah terhitung hari pertama."),
    )

    class Meta:
        verbose_name = _("cara menghitung waktu")


class OfficeHours(models.Model):
    """When the offices are open on a weekday; a row with dates (Ramadan) stands above one without."""

    WEEKDAYS = [(0, _("Senin")), (1, _("Selasa")), (2, _("Rabu")), (3, _("Kamis")), (4, _("Jumat"))]

    weekday = models.PositiveSmallIntegerField(_("hari"), choices=WEEKDAYS)
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))
    valid_from = models.DateField(_("berlaku dari"), null=True, blank=True, validators=[likely_day])
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True, validators=[likely_day])

    class Meta:
        ordering = ["valid_from", "weekday"]
        verbose_name = _("jam kantor")
        verbose_name_plural = _("jam kantor")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=models.F("opens")), name="hours_close_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None, valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="hours_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"

    def clean(self) -> None:
        super().clean()
        if bool(self.valid_from) != bool(self.valid_until):
            return
        others = OfficeHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        period = Q(valid_from=None)
        if self.valid_from:
            period = Q(valid_from__lte=self.valid_until, valid_until__gte=self.valid_from)
        if others.filter(period).exists():
            raise ValidationError(
                {"weekday": _("Jam kantor hari ini untuk masa itu sudah tercatat. Ubah baris yang ada.")}
            )


class Deadline(models.Model):
    """One running clock of a case: what it promises, until when, and why that day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    step = models.CharField(max_length=30)
    # What a rule counts is asked of open clocks only; the rest of these are asked for with the case.
    rule = models.ForeignKey(
        Rule, null=True, on_delete=models.PROTECT, related_name="deadlines", db_index=False
    )
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    because = models.TextField()
    # The step of the same case whose date this one never passes.
    outer_step = models.CharField(max_length=30, blank=True)
    # Since when and until when it was told to stand still, each time, as ISO 8601; until None: it still is. What was late
    # then ran on. None where it never was, as most are: a list takes longer to read.
    pauses = models.JSONField(null=True)
    # Since when it stands still.
    paused_at = models.DateTimeField(null=True)
    # The rule by which it was prolonged, once, and when.
    extension_rule = models.ForeignKey(
        Rule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    extended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_noted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at"]
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        indexes = [
            models.Index(
                fields=["due_at"], name="deadline_running", condition=Q(ended_at=None, paused_at=None)
            ),
            # The few that stand still.
            models.Index(
                fields=["case"], name="deadline_paused", condition=Q(ended_at=None, paused_at__isnull=False)
            ),
            models.Index(fields=["rule"], name="deadline_open_rule", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.due_at}"
