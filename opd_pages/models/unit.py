from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..registry import unit_moved


class Level(models.TextChoices):
    """What a kind of unit is to the procedures, whatever an office calls it."""

    ROOT = "root", _("kabupaten atau kota")
    AGENCY = "agency", _("perangkat daerah")
    INSPECTORATE = "inspectorate", _("inspektorat")
    DISTRICT = "district", _("kecamatan")
    VILLAGE = "village", _("desa atau kelurahan")
    HOSPITAL = "hospital", _("rumah sakit daerah")
    COMPANY = "company", _("badan usaha milik daerah")
    VERTICAL = "vertical", _("instansi vertikal")
    PARTNER = "partner", _("mitra")


class UnitKind(models.Model):
    """A kind of unit with the words this office uses for it (Sleman: kapanewon, led by a panewu)."""

    code = models.CharField(_("jenis"), max_length=30, primary_key=True)
    level = models.CharField(_("tingkat"), max_length=12, choices=Level)
    label = models.CharField(_("sebutan"), max_length=40)
    prefixes_name = models.BooleanField(
        _("sebutan ditulis di depan nama"), default=False, help_text=_("Ya: Kapas menjadi Kecamatan Kapas.")
    )
    head_office = models.CharField(_("jabatan pimpinan"), max_length=60)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("jenis unit")
        verbose_name_plural = _("jenis unit")

    def __str__(self) -> str:
        return self.label


class UnitQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "UnitQuerySet":
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day)
        )

    def current(self) -> "UnitQuerySet":
        return self.valid_on(timezone.localdate())

    def at(self, *levels: Level) -> "UnitQuerySet":
        return self.filter(kind__level__in=levels)

    def within(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything below it."""
        return self.filter(lineage__startswith=unit.lineage)


class Unit(models.Model):
    """An office: the kabupaten, an OPD, a kecamatan, a desa, a hospital, a company, a partner."""

    code = models.CharField(
        _("kode"),
        max_length=40,
        unique=True,
        help_text=_("Kode wilayah, atau kode kabupaten dan kode singkat."),
    )
    short_code = models.CharField(
        _("kode singkat"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Pakai huruf besar, angka, dan tanda hubung."))],
    )
    name = models.CharField(_("nama"), max_length=120)
    kind = models.ForeignKey(
        UnitKind, verbose_name=_("jenis"), on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("induk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    # "/1/15/230/": the ids from the root to this unit, so that "this and all below" is one prefix.
    lineage = models.CharField(max_length=100, db_index=True, editable=False, default="")
    # The ancestor just below the root (itself there; the root for the root): a kecamatan for its desa.
    area = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    website = models.URLField(_("situs"), blank=True)
    description = models.TextField(_("tugas dan layanan"), blank=True, max_length=1000)
    news_is_reviewed = models.BooleanField(
        _("berita ditinjau unit induk"),
        default=False,
        help_text=_(
            "Ya: penyunting unit ini mengajukan berita dan agenda, penyunting unit di atasnya menerbitkan."
        ),
    )
    valid_from = models.DateField(_("berlaku dari"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("penerus"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("unit")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=models.F("valid_from")),
                name="unit_valid_period",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as people say it: Kecamatan Kapas, Desa Bakalan, Dinas Kesehatan."""
        return f"{self.kind.label} {self.name}" if self.kind.prefixes_name else self.name

    @property
    def place_name(self) -> str:
        """The full name with the kecamatan of a desa: names of desa repeat."""
        if self.kind.level == Level.VILLAGE and self.parent:
            return f"{self.full_name}, {self.parent.full_name}"
        return self.full_name

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return (not self.valid_from or self.valid_from <= today) and (
            not self.valid_until or today <= self.valid_until
        )

    def contains(self, other: "Unit") -> bool:
        """Whether the other is this unit or below it."""
        return other.lineage.startswith(self.lineage)

    def clean(self) -> None:
        super().clean()
        if self.parent and self.pk and self.lineage and self.parent.lineage.startswith(self.lineage):
            raise ValidationError({"parent": _("Sebuah unit tidak dapat berada di bawah dirinya sendiri.")})
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("Penerus harus unit lain.")})

    def place(self) -> bool:
        """Set lineage and area from the parent, which must hold its own; whether they changed. Saves nothing."""
        parent = self.parent
        lineage = f"{parent.lineage if parent else '/'}{self.pk}/"
        area_id = parent.area_id if parent and parent.parent_id else self.pk
        changed = (self.lineage, self.area_id) != (lineage, area_id)
        self.lineage, self.area_id = lineage, area_id
        return changed

    def save(self, *args, **kwargs) -> None:
        is_new = self.pk is None
        if is_new:
            super().save(*args, **kwargs)
            kwargs = {}
        has_moved = self.place()
        super().save(*args, **kwargs)
        if has_moved and not is_new:
            for follow in unit_moved:
                follow(self)
            for child in self.children.select_related("kind"):
                child.parent = self
                child.save()


class Section(models.Model):
    """A part of a unit to which its head disposes: Seksi Ketenteraman dan Ketertiban."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("nama"), max_length=80)
    order = models.PositiveSmallIntegerField(_("urutan"), default=10)

    class Meta:
        ordering = ["unit", "order", "name"]
        verbose_name = _("seksi")
        verbose_name_plural = _("seksi")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="section_unique_in_unit")]

    def __str__(self) -> str:
        return self.name
