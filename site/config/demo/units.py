"""The units of the demonstration: a real kabupaten's regions and agencies, with the desk of Kecamatan Kapas set up."""

import csv
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from opd_pages.models import Level, Section, Unit
from opd_pages.services.importing import import_units
from pengaduan.models import Category, DeskSettings, SectionDuty
from pengaduan.procedures import KAPAS, RAPID

DATA = Path(__file__).parent / "data"
ROOT, KAPAS_CODE, VILLAGE_CODE = "35.22", "35.22.14", "35.22.14.2014"
RAPID_DESKS = (f"{ROOT}.BPBD",)
# The sections of Kecamatan Kapas with the categories that each usually looks into.
SECTIONS = {
    "Seksi Tata Pemerintahan": ("KTP, KK, dan akta", "Pelayanan dan petugas"),
    "Seksi Ketenteraman dan Ketertiban": ("Ketenteraman dan ketertiban",),
    "Seksi Pembangunan": (
        "Jalan dan jembatan",
        "Penerangan jalan dan lalu lintas",
        "Air bersih, irigasi, dan banjir",
    ),
    "Seksi Kesejahteraan Sosial": ("Kesehatan", "Pendidikan", "Bantuan sosial"),
    "Seksi Pemberdayaan Masyarakat": ("Pertanian dan pupuk", "Sampah dan lingkungan", "Lainnya"),
}


class DemoRefused(Exception):
    """The demonstration cannot be made or removed; str() says why."""


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the lists in data/."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points() -> Mapping[str, tuple[float, float]]:
    """Latitude and longitude near the middle of each kecamatan, desa and kelurahan, by code."""
    return {row["kode"]: (float(row["lat"]), float(row["lon"])) for row in rows("wilayah.csv") if row["lat"]}


def refuse_beside_an_office() -> None:
    """An installation serves one kabupaten: an invented one is not mixed with a real one. Raises DemoRefused."""
    regions, agencies = rows("wilayah.csv"), rows("perangkat.csv")
    real = Unit.objects.filter(is_demo=False)
    clashing = real.filter(
        Q(kind__level=Level.ROOT)
        | Q(code__in=[row["kode"] for row in regions])
        | Q(short_code__in=[row["kode_singkat"] for row in agencies])
    )
    if found := clashing.select_related("kind").first():
        raise DemoRefused(
            _(
                "Portal ini sudah memuat %(unit)s (%(code)s). Data contoh tidak dicampur dengan kantor sungguhan."
            )
            % {"unit": found.full_name, "code": found.code}
        )


@transaction.atomic
def make_units() -> int:
    """Make the units that are missing and settle how their desks work. Returns how many were made."""
    report = import_units([*rows("wilayah.csv"), *rows("perangkat.csv")], is_demo=True)
    kapas = Unit.objects.get(code=KAPAS_CODE)
    _settle_desk(kapas, KAPAS)
    for code in RAPID_DESKS:
        _settle_desk(Unit.objects.get(code=code), RAPID)
    categories = {category.name: category for category in Category.objects.all()}
    for order, (name, duties) in enumerate(SECTIONS.items(), start=1):
        section, _made = Section.objects.get_or_create(unit=kapas, name=name, defaults={"order": order})
        for duty in duties:
            # The office may have renamed its categories.
            if category := categories.get(duty):
                SectionDuty.objects.get_or_create(section=section, category=category)
    return len(report.created)


def _settle_desk(unit: Unit, procedure: str) -> None:
    DeskSettings.objects.get_or_create(unit=unit, defaults={"procedure_code": procedure})
