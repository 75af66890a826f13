import pytest
from django.core.management import CommandError, call_command

from opd_pages.models import Contact, Unit, UnitKind, UnitPage
from opd_pages.services import importing
from opd_pages.services.contacts import withdraw
from opd_pages.services.importing import ImportRefused, import_units
from opd_pages.services.unit_file import UnreadableFile

from ..shared_data import shared

pytestmark = pytest.mark.django_db

REGENCY = "35.22,Kabupaten Bojonegoro,kabupaten,35\n"
KAPAS = "35.22.14,Kapas,kecamatan,35.22\n"
HEADING = "kode,nama,jenis,kode_induk\n"
OFFICES = "kode_singkat,nama,jenis,telepon\n"


@pytest.fixture
def listed(tmp_path):
    """listed("kode,nama…") is a file with these lines; text becomes UTF-8."""

    def write(content: str | bytes):
        path = tmp_path / "unit.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def regency(listed):
    import_units(listed(HEADING + REGENCY + KAPAS))


def faults(refused) -> list[str]:
    return [str(fault) for fault in refused.value.faults]


def codes() -> list[str]:
    return list(Unit.objects.order_by("code").values_list("code", flat=True))


# --- what comes in -----------------------------------------------------------------------------------------------------
def test_a_desa_may_stand_before_its_kecamatan_in_the_file(listed):
    import_units(listed(HEADING + "35.22.14.2003,Bakalan,desa,35.22.14\n" + KAPAS + REGENCY))
    desa = Unit.objects.get(code="35.22.14.2003")
    assert (desa.place_name, desa.area.code) == ("Desa Bakalan, Kecamatan Kapas", "35.22.14")


def test_an_imported_unit_stands_in_the_tree_as_a_saved_one_does(listed, regency):
    import_units(listed(HEADING + "35.22.14.2003,Bakalan,desa,35.22.14\n"))
    desa = Unit.objects.get(code="35.22.14.2003")
    imported = (desa.lineage, desa.area_id)
    desa.save()
    assert (desa.lineage, desa.area_id) == imported


def test_the_same_list_twice_changes_nothing(listed):
    lines = listed(HEADING + REGENCY + KAPAS)
    import_units(lines)
    again = import_units(lines)
    assert (len(again.created), again.changed, again.unchanged) == (0, [], 2)


def test_a_corrected_name_is_taken_over(listed, regency):
    report = import_units(listed(HEADING + "35.22.14,Kapas Baru,kecamatan,35.22\n"))
    assert [(unit.code, columns) for unit, columns in report.changed] == [("35.22.14", ["nama"])]
    assert Unit.objects.get(code="35.22.14").name == "Kapas Baru"


def test_an_address_the_list_does_not_give_stays(listed, regency):
    Unit.objects.filter(code="35.22.14").update(address="Jl. Raya Kapas 1")
    import_units(listed("kode,nama,jenis,kode_induk,alamat\n35.22.14,Kapas,kecamatan,35.22,\n"))
    assert Unit.objects.get(code="35.22.14").address == "Jl. Raya Kapas 1"


def test_a_desa_that_moves_to_another_kecamatan_takes_its_place_there(listed, regency):
    import_units(listed(HEADING + "35.22.06,Dander,kecamatan,35.22\n35.22.14.2003,Bakalan,desa,35.22.14\n"))
    import_units(listed(HEADING + "35.22.14.2003,Bakalan,desa,35.22.06\n"))
    desa, dander = Unit.objects.get(code="35.22.14.2003"), Unit.objects.get(code="35.22.06")
    assert (desa.lineage, desa.area) == (f"{dander.lineage}{desa.pk}/", dander)


def test_a_name_that_brings_its_label_is_kept_plain(listed, regency):
    import_units(listed(HEADING + "35.22.06,Kecamatan Dander,kecamatan,35.22\n"))
    assert Unit.objects.get(code="35.22.06").full_name == "Kecamatan Dander"


def test_kinds_are_known_whatever_their_capitals(listed, regency):
    import_units(listed(OFFICES + "SETWAN,Sekretariat DPRD,SEKRETARIAT dprd,\n"))
    assert Unit.objects.get(short_code="SETWAN").kind_id == "sekretariat DPRD"


def test_demo_units_are_marked(listed):
    import_units(listed(HEADING + REGENCY), is_demo=True)
    assert Unit.objects.get(code="35.22").is_demo


def test_lines_already_in_memory_are_taken_like_a_file():
    import_units([{"kode": "35.22", "nama": "Kabupaten Bojonegoro", "jenis": "kabupaten"}])
    assert codes() == ["35.22"]


# --- offices without a national code ---------------------------------------------------------------------------------
def test_an_opd_gets_its_code_from_the_kabupaten_and_its_short_code(listed, regency):
    import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,\n"))
    opd = Unit.objects.get(short_code="DINKES")
    assert (opd.code, opd.parent.code) == ("35.22.DINKES", "35.22")


def test_an_opd_before_any_kabupaten_is_refused(listed):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,\n"))
    assert faults(refused) == ["Baris 2: belum ada kabupaten. Impor dahulu berkas wilayah yang memuatnya."]


def test_with_two_kabupaten_an_opd_must_say_whose_it_is(listed, regency):
    import_units(listed(HEADING + "33.16,Kabupaten Blora,kabupaten,33\n"))
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,\n"))
    assert faults(refused) == ["Baris 2: ada beberapa kabupaten. Isi kode_induk, atau sebutkan kabupatennya."]


def test_with_two_kabupaten_the_one_named_is_taken(listed, regency):
    import_units(listed(HEADING + "33.16,Kabupaten Blora,kabupaten,33\n"))
    import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,\n"), kabupaten="33.16")
    assert Unit.objects.get(short_code="DINKES").code == "33.16.DINKES"


def test_an_unknown_kabupaten_is_refused(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,\n"), kabupaten="99.99")
    assert faults(refused) == ["Kabupaten 99.99 tidak ada di berkas maupun di portal."]


def test_a_kecamatan_without_its_region_code_is_skipped_aloud(listed, regency):
    report = import_units(listed(OFFICES + "KEC-KAPAS,Kecamatan Kapas,kecamatan,\n"))
    assert [str(note) for note in report.skipped] == ["Baris 2: Kecamatan Kapas tanpa kode wilayah"]
    assert codes() == ["35.22", "35.22.14"]


# --- telephones --------------------------------------------------------------------------------------------------------
def test_a_telephone_becomes_an_unconfirmed_contact(listed, regency):
    import_units(listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,(0353) 881350\n"))
    assert list(Contact.objects.values_list("unit__short_code", "channel", "value")) == [
        ("DINKES", "phone", "+62353881350")
    ]


def test_a_short_number_with_an_area_code_is_warned_of_and_not_stored(listed, regency):
    report = import_units(listed(OFFICES + "DAMKAR,Dinas Pemadam Kebakaran,dinas,(0353) 113\n"))
    assert [str(note) for note in report.warnings] == [
        'Baris 2: telepon "(0353) 113" bukan nomor telepon yang lengkap, tidak disimpan.'
    ]
    assert not Contact.objects.exists()


def test_a_telephone_the_office_has_corrected_is_not_replaced(listed, regency):
    lines = listed(OFFICES + "DINKES,Dinas Kesehatan,dinas,(0353) 881350\n")
    import_units(lines)
    Contact.objects.update(value="+62353881826")
    import_units(lines)
    assert [contact.value for contact in Contact.objects.all()] == ["+62353881826"]


def test_a_site_that_is_no_address_is_warned_of_and_not_stored(listed, regency):
    report = import_units(listed("kode_singkat,nama,jenis,situs\nDINKES,Dinas Kesehatan,dinas,dinkes\n"))
    assert [str(note) for note in report.warnings] == [
        'Baris 2: situs "dinkes" bukan alamat lengkap, tidak disimpan.'
    ]


# --- short codes -------------------------------------------------------------------------------------------------------
def test_kapas_is_kps_and_its_desa_carries_it(listed, regency):
    import_units(listed(HEADING + "35.22.14.2003,Bakalan,desa,35.22.14\n"))
    assert list(Unit.objects.order_by("code").values_list("short_code", flat=True)) == [
        "BJN",
        "KPS",
        "KPS-2003",
    ]


def test_names_that_shorten_alike_get_different_codes(listed):
    import_units(
        listed(
            HEADING
            + REGENCY
            + "35.22.05,Kapisan,kecamatan,35.22\n"
            + KAPAS
            + "35.22.30,Kopas,kecamatan,35.22\n"
        )
    )
    found = dict(Unit.objects.filter(kind="kecamatan").values_list("name", "short_code"))
    assert found == {"Kapisan": "KPS", "Kapas": "KAP", "Kopas": "KOP"}


def test_the_order_of_the_lines_does_not_change_a_short_code(listed):
    import_units(
        listed(
            HEADING
            + "35.22.30,Kopas,kecamatan,35.22\n"
            + KAPAS
            + "35.22.05,Kapisan,kecamatan,35.22\n"
            + REGENCY
        )
    )
    found = dict(Unit.objects.filter(kind="kecamatan").values_list("name", "short_code"))
    assert found == {"Kapisan": "KPS", "Kapas": "KAP", "Kopas": "KOP"}


def test_a_short_code_in_use_is_never_changed(listed, regency):
    report = import_units(
        listed("kode,nama,jenis,kode_induk,kode_singkat\n35.22.14,Kapas,kecamatan,35.22,KAPAS\n")
    )
    assert Unit.objects.get(code="35.22.14").short_code == "KPS"
    assert [str(note) for note in report.warnings] == [
        "Baris 2: kode singkat tetap KPS, karena sudah dipakai."
    ]


def test_a_short_code_of_another_unit_is_refused(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(OFFICES + "KPS,Kantor Pelayanan Satu,dinas,\n"))
    assert faults(refused) == ["Baris 2: kode singkat KPS sudah dipakai 35.22.14."]


def test_a_given_short_code_goes_before_one_that_is_made(listed):
    import_units(
        listed(
            "kode,nama,jenis,kode_induk,kode_singkat\n35.22,Kabupaten Bojonegoro,kabupaten,,\n"
            "35.22.14,Kapas,kecamatan,35.22,\n35.22.A,Kantor Pelayanan Satu,dinas,35.22,KPS\n"
        )
    )
    assert dict(Unit.objects.values_list("code", "short_code")) == {
        "35.22": "BJN",
        "35.22.14": "KAP",
        "35.22.A": "KPS",
    }


# --- what is refused ---------------------------------------------------------------------------------------------------
def test_all_faults_are_told_at_once_each_with_its_row(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(
            listed(
                HEADING
                + "35.22.90,,kecamatan,35.22\n"
                + "35.22.91,Entah,wilayah,35.22\n"
                + "35.22.92,Jauh,kecamatan,99.99\n"
                + "35.22.14,Kapas,kecamatan,35.22\n"
                + "35.22.14,Kapas,kecamatan,35.22\n"
                + "35/22,Miring,kecamatan,35.22\n"
                + "35.22.93,Baik,kecamatan,35.22\n"
            )
        )
    kinds = ", ".join(kind.code for kind in UnitKind.objects.all())
    assert faults(refused) == [
        "Baris 2: nama belum diisi.",
        f'Baris 3: jenis "wilayah" tidak dikenal. Pakai: {kinds}.',
        "Baris 4: induk 99.99 tidak ada di berkas maupun di portal.",
        "Baris 6: kode 35.22.14 sudah ada di baris 5.",
        'Baris 7: kode "35/22" hanya boleh berisi angka, huruf, titik, dan tanda hubung.',
    ]


def test_nothing_is_imported_of_a_list_with_a_fault(listed, regency):
    with pytest.raises(ImportRefused):
        import_units(listed(HEADING + "35.22.06,Dander,kecamatan,35.22\n35.22.92,Jauh,kecamatan,99.99\n"))
    assert codes() == ["35.22", "35.22.14"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(HEADING + '\n35.22.06,"Dan\nder",kecamatan,35.22\n\n35.22.92,,kecamatan,35.22\n'))
    assert faults(refused) == ["Baris 5: nama belum diisi."]


def test_units_that_are_each_other_s_parents_are_refused(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(HEADING + "35.22.A,Satu,dinas,35.22.B\n35.22.B,Dua,dinas,35.22.A\n"))
    assert faults(refused) == [
        "Baris 2: unit ini berada di bawah dirinya sendiri; periksa kode_induk.",
        "Baris 3: unit ini berada di bawah dirinya sendiri; periksa kode_induk.",
    ]


def test_a_name_too_long_is_refused_with_its_column(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(HEADING + f"35.22.06,{'D' * 130},kecamatan,35.22\n"))
    assert [fault.split(":")[:2] for fault in faults(refused)] == [["Baris 2", " nama"]]


def test_a_row_with_more_cells_than_headings_is_refused(listed, regency):
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(HEADING + "35.22.06,Dander,Utara,kecamatan,35.22\n"))
    assert "Baris 2: jumlah selnya melebihi judul kolom. Periksa tanda koma dan kutip." in faults(refused)


# --- files as spreadsheets make them -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + (HEADING + REGENCY).encode(),
        (HEADING + REGENCY).replace("\n", "\r\n").encode(),
        (HEADING + REGENCY).replace(",", ";").encode(),
        (HEADING + REGENCY).replace(",", "\t").encode(),
        (HEADING + REGENCY).upper().replace("KABUPATEN BOJONEGORO", "Kabupaten Bojonegoro").encode(),
    ],
    ids=["byte order mark", "CRLF", "semicolons", "tabs", "capitals"],
)
def test_lists_of_many_spreadsheets_are_read(listed, content):
    import_units(listed(content))
    assert [(unit.code, unit.name) for unit in Unit.objects.all()] == [("35.22", "Kabupaten Bojonegoro")]


def test_windows_latin_is_read(listed):
    import_units(listed((HEADING + "35.22,Kabupaten Café,kabupaten,\n").encode("cp1252")))
    assert Unit.objects.get().name == "Kabupaten Café"


def test_columns_nobody_knows_are_named_and_ignored(listed):
    report = import_units(
        listed("kode,nama,jenis,luas,catatan\n35.22,Kabupaten Bojonegoro,kabupaten,2307,x\n")
    )
    assert report.ignored_columns == ("luas", "catatan")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "Ini berkas lembar kerja. Simpan dahulu sebagai CSV, lalu impor berkas CSV itu."),
        ((HEADING + REGENCY).encode("utf-16"), "Ini bukan berkas CSV biasa. Simpan ulang sebagai CSV UTF-8."),
        (
            HEADING.encode() + b"35.22,\x00,kabupaten,",
            "Ini bukan berkas CSV biasa. Simpan ulang sebagai CSV UTF-8.",
        ),
        (
            HEADING.encode() + b"35.22,\x81,kabupaten,",
            "Huruf dalam berkas ini tidak dapat dibaca. Simpan ulang sebagai CSV UTF-8.",
        ),
        (
            b"",
            "Baris pertama harus memuat judul kolom nama, jenis, dan kode atau kode_singkat. Yang terbaca: -.",
        ),
        (HEADING.encode(), "Berkas ini tidak berisi satu baris pun."),
        (b"kode,nama,nama,jenis\n", "Kolom nama tertulis lebih dari sekali."),
        (
            HEADING.encode() + b'35.22,"Kabupaten',
            "Berkas CSV rusak di sekitar baris 2. Periksa tanda kutipnya.",
        ),
    ],
)
def test_what_is_no_list_is_refused_with_advice(listed, content, words):
    with pytest.raises(UnreadableFile) as refused:
        import_units(listed(content))
    assert str(refused.value) == words


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        import_units(tmp_path / "tiada.csv")


# --- the command -------------------------------------------------------------------------------------------------------
def test_a_dry_run_says_what_it_would_do_and_writes_nothing(listed, regency, capsys):
    lines = listed(HEADING + "35.22.14,Kapas Baru,kecamatan,35.22\n35.22.14.2003,Bakalan,desa,35.22.14\n")
    call_command("import_units", lines, "--dry-run")
    assert capsys.readouterr().out.splitlines() == [
        "Baru: 35.22.14.2003 Desa Bakalan, Kecamatan Kapas Baru",
        "Berubah: 35.22.14 Kecamatan Kapas Baru (nama)",
        "Akan ada 1 unit baru, 1 berubah, 0 tetap, 0 telepon.",
    ]
    assert [(unit.code, unit.name) for unit in Unit.objects.order_by("code")] == [
        ("35.22", "Kabupaten Bojonegoro"),
        ("35.22.14", "Kapas"),
    ]


def test_the_command_tells_every_fault_and_fails(listed, capsys):
    with pytest.raises(CommandError, match=r"Tidak ada yang diimpor: 1 kesalahan\."):
        call_command("import_units", listed(HEADING + "35.22,,kabupaten,\n"))
    assert capsys.readouterr().err.splitlines() == ["Baris 2: nama belum diisi."]


def test_the_command_opens_a_page_for_every_unit(listed, capsys):
    call_command("import_units", listed(HEADING + REGENCY + KAPAS))
    assert Unit.objects.exclude(page=None).count() == 2


# --- whole regencies -----------------------------------------------------------------------------------------------------
REGENCIES = {
    "bojonegoro": {"kabupaten": 1, "kecamatan": 28, "desa": 419, "kelurahan": 11},
    "blora": {"kabupaten": 1, "kecamatan": 16, "desa": 271, "kelurahan": 24},
    "gresik": {"kabupaten": 1, "kecamatan": 18, "desa": 330, "kelurahan": 26},
    "kotabaru": {"kabupaten": 1, "kecamatan": 22, "desa": 198, "kelurahan": 4},
    "purworejo": {"kabupaten": 1, "kecamatan": 16, "desa": 469, "kelurahan": 25},
    "sleman": {"kabupaten": 1, "kecamatan": 17, "desa": 86},
    "cimahi": {"kota": 1, "kecamatan": 3, "kelurahan": 15},
}


@pytest.mark.parametrize("regency", REGENCIES)
def test_a_whole_regency_comes_in_without_a_word(regency):
    report = import_units(shared(f"data/regions/{regency}.csv"))
    counted = {kind: Unit.objects.filter(kind=kind).count() for kind in REGENCIES[regency]}
    assert (counted, len(report.created)) == (REGENCIES[regency], sum(REGENCIES[regency].values()))
    assert (report.warnings, report.skipped) == ([], [])


def test_an_import_asks_the_database_no_more_for_more_rows(listed, django_assert_max_num_queries):
    villages = "".join(f"35.22.14.{2000 + n},Desa {n},desa,35.22.14\n" for n in range(200))
    # Six of them write the units, level by level: SQLite takes 999 values at once, which are 66 units.
    with django_assert_max_num_queries(18):
        import_units(listed(HEADING + REGENCY + KAPAS + villages))


def test_bojonegoro_s_offices_join_its_regions_and_every_kecamatan_exists_once():
    import_units(shared("data/regions/bojonegoro.csv"))
    report = import_units(shared("data/opd_bojonegoro.csv"))
    assert (len(report.created), len(report.skipped), Unit.objects.filter(kind="kecamatan").count()) == (
        49,
        28,
        28,
    )


def test_sleman_speaks_of_kapanewon_and_kalurahan():
    UnitKind.objects.filter(code="kecamatan").update(label="Kapanewon")
    UnitKind.objects.filter(code="desa").update(label="Kalurahan")
    import_units(shared("data/regions/sleman.csv"))
    assert Unit.objects.get(code="34.04.01.2001").place_name == "Kalurahan Balecatur, Kapanewon Gamping"


# --- two at a time -------------------------------------------------------------------------------------------------------
def test_an_import_waits_for_another_before_it_reads(listed, monkeypatch):
    """The second of two clicks reads what the first has made."""
    order = []
    monkeypatch.setattr(importing, "_wait_for_others", lambda: order.append("wait"))
    whole_tree = importing._whole_tree
    monkeypatch.setattr(importing, "_whole_tree", lambda: order.append("read") or whole_tree())
    import_units(listed(HEADING + REGENCY))
    assert order[:2] == ["wait", "read"]


def test_a_unit_made_by_somebody_else_meanwhile_is_told_in_words(listed, regency, monkeypatch):
    monkeypatch.setattr(importing, "_whole_tree", list)  # as it was before Kapas was made
    with pytest.raises(ImportRefused) as refused:
        import_units(listed(HEADING + REGENCY))
    assert faults(refused) == ["Daftar unit baru saja diubah orang lain. Impor lagi berkas ini."]
    assert codes() == ["35.22", "35.22.14"]


# --- what the list does not know -----------------------------------------------------------------------------------------
def test_a_withdrawn_number_in_a_list_is_a_personal_one(listed, personal, operator):
    withdraw(personal, operator)
    import_units(
        listed("kode,nama,jenis,kode_induk,telepon\n35.22.06,Dander,kecamatan,35.22,0812 3456 7890\n")
    )
    assert Contact.objects.get(unit__code="35.22.06").is_personal is True


def test_a_desa_that_moves_to_where_its_address_is_taken_gets_another(listed, portal):
    path = listed(HEADING + "35.22.06.2001,Bakalan,desa,35.22.06\n35.22.14.2001,Bakalan,desa,35.22.06\n")
    call_command("import_units", path, verbosity=0)
    assert sorted(UnitPage.objects.filter(unit__name="Bakalan").values_list("slug", flat=True)) == [
        "desa-bakalan",
        "desa-bakalan-ddr-2001",
    ]
