import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from opd_pages.boundaries.simplify import simplified
from opd_pages.models import Unit, UnitOutline
from opd_pages.services.importing import import_units
from opd_pages.services.unit_pages import open_unit_page
from tests.browsers import browser, queries_of, soup
from tests.factories import make_unit
from tests.shared_data import shared


def square(x: float, y: float, size: float = 0.1) -> list:
    """With many points on the way, as borders have them."""
    steps = [number / 10 * size for number in range(10)]
    ring = [[x + step, y] for step in steps] + [[x + size, y + step] for step in steps]
    ring += [[x + size - step, y + size] for step in steps] + [[x, y + size - step] for step in steps]
    return [[round(a, 5), round(b, 5)] for a, b in [*ring, ring[0]]]


def feature(code: str, *rings: list, **properties) -> dict:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"kode": code, "nama": "?"} | properties, "geometry": geometry}


KAPAS, DANDER = feature("35.22.14", square(111.9, -7.2)), feature("35.22.06", square(112.0, -7.2))


@pytest.fixture
def load(office, tmp_path):
    def load(*features, text: str | None = None, **options) -> str:
        file, out = tmp_path / "batas.geojson", StringIO()
        file.write_text(
            text if text is not None else json.dumps({"type": "FeatureCollection", "features": features})
        )
        try:
            call_command("import_boundaries", file, stdout=out, stderr=out, **options)
        except CommandError as fault:
            out.write(str(fault))
        return out.getvalue()

    return load


def test_areas_are_known_by_their_code_whatever_they_are_called(load, office):
    assert "Disimpan: 2 batas baru, 0 berubah, 0 tetap" in load(KAPAS, DANDER)
    assert {str(row.unit) for row in UnitOutline.objects.select_related("unit__kind")} == {
        "Kecamatan Kapas",
        "Kecamatan Dander",
    }


def test_the_same_file_twice_changes_nothing_and_a_changed_one_amends(load):
    load(KAPAS, DANDER)
    assert "0 batas baru, 0 berubah, 2 tetap" in load(KAPAS, DANDER)
    moved = feature("35.22.14", square(111.8, -7.2))
    assert "0 batas baru, 1 berubah, 1 tetap" in load(moved, DANDER)


def test_a_dry_run_writes_nothing(load):
    assert "Akan disimpan: 2 batas baru" in load(KAPAS, DANDER, dry_run=True)
    assert not UnitOutline.objects.exists()


def test_a_kecamatan_that_the_file_does_not_draw_is_named(load):
    assert "Tidak ada di berkas: Kecamatan Dander (35.22.06)." in load(KAPAS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (feature("", square(112, -7)), "tanpa kode wilayah"),
        ({"type": "Feature", "geometry": None}, "tanpa kode wilayah"),
        (17, "tanpa kode wilayah"),
        (feature("35.22.99", square(112, -7)), "kode 35.22.99 bukan kecamatan di portal ini"),
        (feature("35.22.14.2001", square(112, -7)), "bukan kecamatan"),
        (feature("35.22.14", square(112, -7)), "sudah ada di bidang 1"),
        (feature("35.22.06") | {"geometry": {"type": "Point", "coordinates": [112, -7]}}, "bukan Polygon"),
        (feature("35.22.06") | {"geometry": None}, "bukan Polygon"),
        (feature("35.22.06"), "tanpa titik batas"),
        (feature("35.22.06", [[112, -7], [112, -7.1], [112, -7]]), "kurang dari empat titik"),
        (feature("35.22.06", square(112, -7)[:-1]), "tidak tertutup"),
        (feature("35.22.06", square(-7, 112)), "di luar bumi"),
        (feature("35.22.06", [["x", 1]] * 5), "bukan bujur dan lintang"),
        (feature("35.22.06", [[True, False]] * 5), "bukan bujur dan lintang"),
    ],
)  # fmt: skip
def test_a_wrong_feature_is_told_with_its_number_and_nothing_is_imported(load, wrong, said):
    told = load(KAPAS, wrong)
    assert told.startswith("Bidang 2: ")
    assert said in told
    assert not UnitOutline.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"type": "Point"}', '{"features": 3}', "NaN", "[" * 100000])
def test_a_file_that_is_none_is_told(load, text):
    assert load(text=text).startswith("Berkas ini bukan GeoJSON")


def test_neighbours_keep_one_border_when_it_is_thinned():
    wavy = [(111.9 + (0.0004 if number % 2 else 0), -7 + number / 1000) for number in range(50)]
    left = [wavy[0], *wavy[1:], (111.8, wavy[-1][1]), (111.8, -7.0), wavy[0]]
    right = [*reversed(wavy), (112.0, -7.0), (112.0, wavy[-1][1]), wavy[-1]]
    thin_left, thin_right = simplified([[left], [right]])
    shared = set(thin_left[0]) & set(thin_right[0])
    assert shared == {wavy[0], wavy[-1]}
    assert len(thin_left[0]) == len(thin_right[0]) == 5


def test_the_map_and_the_list_beside_it_say_the_same(load, office):
    open_unit_page(office.kapas)
    load(KAPAS, DANDER)
    page = soup(browser().get("/unit/peta/"))
    drawn = {link["href"]: link.title.get_text() for link in page.select(".district-map svg a")}
    listed = {link["href"]: link.get_text() for link in page.select("#daftar-kecamatan li a")}
    assert drawn == listed == {"/k/DDR": "Kecamatan Dander", "/kecamatan-kapas/": "Kecamatan Kapas"}
    assert "2 desa dan kelurahan" in page.select_one("#daftar-kecamatan").get_text()
    assert page.select_one(".district-map svg")["viewbox"] == "111894.0 7094.0 212.0 112.0"


def test_without_a_file_the_list_stands_alone(client, office):
    page = soup(client.get("/unit/peta/"))
    assert page.select(".district-map") == []
    assert len(page.select("#daftar-kecamatan li")) == 2


def test_the_map_takes_as_many_queries_for_30_kecamatan(load, office):
    load(KAPAS, DANDER)
    few = queries_of(browser(), "/unit/peta/")
    for number in range(30, 60):
        make_unit(f"35.22.{number}", f"X{number}", f"Uji {number}", "kecamatan", office.regency)
    assert queries_of(browser(), "/unit/peta/") == few == 2


@pytest.mark.django_db
def test_all_of_bojonegoro_is_drawn_from_the_official_file_in_a_quarter_of_its_size():
    import_units(shared("data/regions/bojonegoro.csv"))
    official, out = shared("data/geo/bojonegoro_kecamatan_hdx.geojson"), StringIO()
    call_command("import_boundaries", official, stdout=out)
    assert "Disimpan: 28 batas baru, 0 berubah, 0 tetap" in out.getvalue()
    answer = browser().get("/unit/peta/")
    page = soup(answer)
    drawn = {link.title.get_text() for link in page.select(".district-map svg a")}
    assert drawn == {unit.full_name for unit in Unit.objects.filter(kind="kecamatan").select_related("kind")}
    svg = str(page.select_one(".district-map svg"))
    assert len(svg) < official.stat().st_size / 4
