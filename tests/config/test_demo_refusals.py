"""Where the demonstration is refused, and what it is made from."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from config.demo import texts, units
from config.demo.people import OTHER_AGENCIES
from opd_pages.models import Unit
from pengaduan.models import Category


def test_it_is_not_made_beside_a_real_kabupaten(office):
    with pytest.raises(CommandError, match="tidak dicampur dengan kantor sungguhan"):
        call_command("demo")
    assert Unit.objects.filter(is_demo=True).count() == 0


def test_it_is_not_made_in_production(db, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="tidak dibuat di production"):
        call_command("demo")


def test_there_are_no_accounts_to_print_before_it_is_made(db):
    with pytest.raises(CommandError, match="Belum ada data contoh"):
        call_command("demo", "--accounts")


def test_the_regions_are_all_there():
    kinds = Counter(row["jenis"] for row in units.rows("wilayah.csv"))
    assert kinds == {"kabupaten": 1, "kecamatan": 28, "desa": 419, "kelurahan": 11}


def test_every_agency_is_listed_once():
    names = Counter(row["nama"] for row in units.rows("perangkat.csv"))
    assert set(names.values()) == {1}


def test_every_report_is_told_to_a_desk_that_somebody_opens():
    desks = {"kecamatan", "desa", "DPUBMPR", *OTHER_AGENCIES}
    assert {place for text in texts.reports() for place in text.at} == desks


def test_every_report_has_a_category_that_is_offered(db):
    offered = set(Category.objects.values_list("name", flat=True))
    assert {text.category for text in texts.reports()} - offered == set()
