from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect

from home.models import PlainPage
from home.services.site import open_site


@pytest.fixture
def page(db):
    return open_site().add_child(instance=PlainPage(title="Kabar", slug="kabar", body="<p>Isi.</p>"))


def run(tmp_path, text: str, **options) -> str:
    file = tmp_path / "lama.csv"
    file.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command("import_redirects", file, stdout=out, stderr=out, **options)
    return out.getvalue().strip()


def refused(tmp_path, text: str) -> str:
    out = StringIO()
    file = tmp_path / "lama.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_redirects", file, stderr=out)
    assert not Redirect.objects.exists()
    return out.getvalue()


LIST = "lama,baru\n/berita/12.html,/kabar/\n/index.php?id=7,/unit/\nhttps://lama.test/profil,https://lain.test/a\n"


def test_old_addresses_lead_to_pages_routes_and_other_sites(client, page, tmp_path):
    assert run(tmp_path, LIST) == "Disimpan: 3 alamat baru, 0 berubah, 0 tetap."
    leads = {old: client.get(old) for old in ("/berita/12.html", "/index.php?id=7", "/profil")}
    assert {old: (answer.status_code, answer.url) for old, answer in leads.items()} == {
        "/berita/12.html": (301, "/kabar/"),
        "/index.php?id=7": (301, "/unit/"),
        "/profil": (301, "https://lain.test/a"),
    }


def test_an_old_address_follows_its_page_that_moves_and_the_page_keeps_its_own(client, page, tmp_path):
    run(tmp_path, LIST)
    shelf = page.get_parent().add_child(instance=PlainPage(title="Arsip", slug="arsip", body="<p>Isi.</p>"))
    page.move(shelf, pos="last-child")
    assert client.get("/berita/12.html").url == "/arsip/kabar/"
    assert client.get("/kabar/").url == "/arsip/kabar/"


def test_the_same_list_twice_changes_nothing_and_a_changed_one_amends(page, tmp_path):
    run(tmp_path, LIST)
    assert run(tmp_path, LIST) == "Disimpan: 0 alamat baru, 0 berubah, 3 tetap."
    assert run(tmp_path, LIST.replace("/unit/", "/lapor/")) == "Disimpan: 0 alamat baru, 1 berubah, 2 tetap."
    assert Redirect.objects.count() == 3


def test_a_dry_run_writes_nothing(page, tmp_path):
    assert run(tmp_path, LIST, dry_run=True) == "Akan disimpan: 3 alamat baru, 0 berubah, 0 tetap."
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("/kabar/,/unit/", "dipakai portal sekarang"),
        ("/kabar,/unit/", "dipakai portal sekarang"),
        ("/,/unit/", "dipakai portal sekarang"),
        ("/unit/peta/,/kabar/", "dipakai portal sekarang"),
        ("/lapor/?x=1,/kabar/", "dipakai portal sekarang"),
        ("/admin/lama,/kabar/", "dipakai portal sekarang"),
        ("/a,/a/", "mengalihkan ke dirinya sendiri"),
        ("/a,/tidak-ada/", "tidak ada di portal ini"),
        ("/a,", "alamat baru belum diisi"),
        (",/kabar/", "harus mulai dengan /"),
        ("berita,/kabar/", "harus mulai dengan /"),
        ("/a,javascript://x", "tidak lengkap"),
        ("/a,//jahat.test/", "harus mulai dengan /"),
        (f"/{'a' * 300},/kabar/", "lebih panjang dari 255"),
        ("http://[,/kabar/", "harus mulai dengan /"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_its_number_and_nothing_is_imported(page, tmp_path, row, said):
    told = refused(tmp_path, f"lama,baru\n/baik,/kabar/\n{row}\n")
    assert told.startswith("Baris 3: ")
    assert said in told


def test_loops_are_refused_also_through_what_stands_in_the_portal_already(page, tmp_path):
    told = refused(tmp_path, "/a,/b\n/b,/c\n/c,/a\n")
    assert [line.partition(":")[0] for line in told.splitlines()] == ["Baris 1", "Baris 2", "Baris 3"]
    Redirect.objects.create(old_path="/c", redirect_link="/a")
    file = tmp_path / "lagi.csv"
    file.write_text("/a,/c\n")
    with pytest.raises(CommandError):
        call_command("import_redirects", file, stderr=StringIO())


def test_a_way_over_two_redirects_is_no_loop(client, page, tmp_path):
    run(tmp_path, "/a;/b\n/b;/kabar/\n")
    assert client.get("/a").url == "/b"


def test_an_address_twice_is_refused(page, tmp_path):
    assert "sudah ada di baris 1" in refused(tmp_path, "/a,/kabar/\n/a/,/unit/\n")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"lama,baru\n"])
def test_a_file_that_is_none_is_told(page, tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(CommandError, match="Berkas"):
        call_command("import_redirects", tmp_path / "x.csv")
