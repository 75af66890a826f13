"""The board shows who keeps the contact duty, to everybody, and no number."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from opd_pages.models import Leader, Unit
from opd_pages.selectors.compliance import board
from opd_pages.services.contacts import confirm
from opd_pages.services.pledges import record_pledge
from tests.browsers import soup
from tests.factories import LONG_AGO, make_unit

from .conftest import add_contact


def counts(tally) -> tuple[int, int, int, int]:
    return tally.total, tally.published, tally.fresh, tally.complete


def made_complete(unit: Unit, operator) -> None:
    Unit.objects.filter(pk=unit.pk).update(address="Jl. Raya Kapas 120")
    add_contact(unit, "email", "kapas@contoh.test")
    confirm(unit, operator)


def file_of(client) -> list[dict[str, str]]:
    text = client.get("/kepatuhan/unit.csv").content.decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_units_are_counted_by_kind_and_by_kecamatan_with_its_desa(office, kapas, operator):
    found = board({})
    assert counts(found.whole) == (7, 1, 1, 0)
    assert [(tally.label, counts(tally)) for tally in found.districts] == [
        ("Kecamatan Dander", (1, 0, 0, 0)),
        ("Kecamatan Kapas", (3, 1, 1, 0)),
    ]
    assert {tally.label: tally.total for tally in found.kinds} == {
        "Kabupaten": 1, "Kecamatan": 2, "Desa": 2, "Dinas": 1, "Inspektorat": 1,
    }  # fmt: skip


def test_what_is_complete_and_fresh_is_counted_so_until_its_days_are_over(kapas, operator):
    made_complete(kapas, operator)
    assert counts(board({}).whole) == (7, 1, 1, 1)
    for confirmation in kapas.contact_sheets.first().confirmations.all():
        confirmation.confirmed_at = timezone.now() - timedelta(days=91)
        confirmation.save()
    assert counts(board({}).whole) == (7, 1, 0, 1)


def test_what_waits_at_the_desk_does_not_count(kapas):
    Unit.objects.filter(pk=kapas.pk).update(address="Jl. Raya Kapas 120")
    add_contact(kapas, "email", "kapas@contoh.test")
    assert board({}).whole.complete == 0


def test_offices_of_others_and_ended_ones_are_not_bound(office):
    make_unit("MITRA.1", "RADIO", "Radio Contoh", "mitra")
    make_unit("35.22.99", "LAMA", "Lama", "kecamatan", office.regency, valid_until=LONG_AGO)
    assert board({}).whole.total == 7


def test_a_group_lists_its_units_with_the_furthest_behind_first(client, kapas, operator):
    made_complete(kapas, operator)
    response = client.get("/kepatuhan/?kecamatan=KPS")
    listed = [row["standing"].unit.place_name for row in response.context["rows"]]
    assert listed == [
        "Desa Bakalan, Kecamatan Kapas",
        "Desa Tanjungharjo, Kecamatan Kapas",
        "Kecamatan Kapas",
    ]


def test_the_kecamatan_are_folded_away_so_that_the_board_is_short_on_a_phone(client, kapas):
    (folded,) = soup(client.get("/kepatuhan/")).select("main details:not([open])")
    assert [tag.text for tag in folded.select("tbody th")] == ["Kecamatan Dander", "Kecamatan Kapas"]


@pytest.mark.parametrize("query", ["?jenis=x", "?kecamatan=%00", "?halaman=-1", "?halaman=99&jenis=desa"])
def test_odd_input_shows_the_board(client, kapas, query):
    assert client.get(f"/kepatuhan/{query}").status_code == 200


def test_the_file_says_of_each_unit_what_the_board_counts(client, kapas, operator, camat):
    made_complete(kapas, operator)
    record_pledge(camat, by=operator, signed_on=timezone.localdate(), text="Kami siap.")
    rows = {row["kode"]: row for row in file_of(client)}
    assert rows["35.22.14"] == {
        "kode": "35.22.14",
        "unit": "Kecamatan Kapas",
        "jenis": "Kecamatan",
        "kecamatan": "",
        "terbit": "ya",
        "dikonfirmasi": timezone.localdate().isoformat(),
        "segar": "ya",
        "lengkap": "ya",
        "kelengkapan (%)": "100",
        "belum ada": "",
        "komitmen pimpinan": "ya",
    }
    assert rows["35.22.14.2001"]["kecamatan"] == "Kecamatan Kapas"


def test_neither_board_nor_file_holds_a_number_account_or_name(client, kapas, personal):
    Leader.objects.filter(unit=kapas).update(name="Siti Rahmawati")
    for address in ("/kepatuhan/", "/kepatuhan/unit.csv"):
        words = client.get(address).content.decode()
        for secret in ("881826", "881 826", "81234567890", "812 3456", "Siti Rahmawati"):
            assert secret not in words


def test_no_name_of_a_unit_becomes_a_formula(client, kapas, office):
    Unit.objects.filter(pk=office.works.pk).update(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in [row["unit"] for row in file_of(client)]


def test_the_board_asks_the_same_of_the_database_for_40_more_desa(
    client, kapas, office, django_assert_max_num_queries
):
    for number in range(40):
        make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Desa {number}", "desa", office.kapas)
    with django_assert_max_num_queries(12) as asked:
        client.get("/kepatuhan/")
    assert len(asked) <= 9
