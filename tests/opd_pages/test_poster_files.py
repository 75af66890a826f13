"""`manage.py posters`: posters for the printer, drawn once, in one ZIP."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from opd_pages.posters.pictures import UnreadablePicture
from opd_pages.services import poster_files
from opd_pages.services.contacts import confirm, withdraw
from opd_pages.services.poster_files import poster_folder

from .conftest import add_contact


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def posters(*arguments: str) -> str:
    said = StringIO()
    call_command("posters", *arguments, stdout=said)
    return said.getvalue()


def packed() -> list[str]:
    with zipfile.ZipFile(poster_folder() / "poster.zip") as archive:
        return sorted(archive.namelist())


@pytest.fixture
def drawings(monkeypatch):
    """How many times something was drawn, from now on; the drawings are empty."""
    counted: list[str] = []
    for kind in poster_files.DRAWN:
        monkeypatch.setitem(
            poster_files.DRAWN, kind, lambda poster, kind=kind: counted.append(kind) or b"%" + kind.encode()
        )
    return counted


def test_every_published_poster_is_in_the_zip_by_its_name_and_version(office, kapas):
    said = posters("--all")
    assert packed() == ["poster-kps-v1.pdf", "poster-kps-v1.png"]
    assert said.splitlines()[0] == "7 dari 7 unit: 1 digambar, 0 sudah ada."
    with zipfile.ZipFile(poster_folder() / "poster.zip") as archive:
        assert archive.read("poster-kps-v1.pdf")[:5] == b"%PDF-"
        assert archive.read("poster-kps-v1.png")[:4] == b"\x89PNG"


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(office, kapas, operator, drawings, monkeypatch):
    for unit in (office.dander, office.bakalan):
        add_contact(unit, "phone", "0353 881826")
        confirm(unit, operator)
    real, fails = poster_files.DRAWN["png"], iter([False, True])

    def break_off(poster):
        if next(fails):
            raise KeyboardInterrupt
        return real(poster)

    monkeypatch.setitem(poster_files.DRAWN, "png", break_off)
    with pytest.raises(KeyboardInterrupt):
        posters("--all")
    monkeypatch.setitem(poster_files.DRAWN, "png", real)
    drawings.clear()
    posters("--all")
    assert (len(drawings), len(packed())) == (3, 6)
    posters("--all")
    assert len(drawings) == 3


def test_what_has_changed_is_drawn_anew_and_the_old_file_goes(kapas, personal, operator, drawings):
    posters("KPS")
    add_contact(kapas, "email", "kapas@contoh.test")
    confirm(kapas, operator)
    posters("KPS")
    assert packed() == ["poster-kps-v3.pdf", "poster-kps-v3.png"]
    assert len(list(poster_folder().glob("kps.*"))) == 2


def test_a_withdrawn_number_takes_the_drawn_posters_of_its_unit_and_the_zip(
    office, kapas, personal, operator, drawings, django_capture_on_commit_callbacks
):
    add_contact(office.bakalan, "phone", "0353 881826")
    confirm(office.bakalan, operator)
    posters("--all")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(personal, operator)
    assert {file.name.split(".")[0] for file in poster_folder().iterdir()} == {"kps-2001"}


def test_a_picture_that_cannot_be_read_is_told_and_holds_up_no_other_unit(
    office, kapas, operator, drawings, monkeypatch
):
    add_contact(office.dander, "phone", "0353 881826")
    confirm(office.dander, operator)
    real = poster_files.DRAWN["pdf"]

    def fail_for_kapas(poster):
        if "Kapas" in poster.unit:
            raise UnreadablePicture("Foto pimpinan tidak dapat dibaca.")
        return real(poster)

    monkeypatch.setitem(poster_files.DRAWN, "pdf", fail_for_kapas)
    told = StringIO()
    call_command("posters", "--all", stdout=StringIO(), stderr=told)
    assert told.getvalue() == "KPS: Foto pimpinan tidak dapat dibaca.\n"
    assert packed() == ["poster-ddr-v1.pdf", "poster-ddr-v1.png"]


def test_a_dry_run_draws_nothing(kapas, drawings):
    assert posters("--all", "--dry-run").startswith("7 unit;")
    assert (drawings, poster_folder().exists()) == ([], False)


@pytest.mark.parametrize("arguments", [[], ["--all", "KPS"], ["TIDAKADA"]])
def test_what_is_meant_must_be_said(office, arguments):
    with pytest.raises(CommandError):
        posters(*arguments)


def test_without_a_published_contact_there_is_no_zip(office):
    assert "Belum ada unit yang menerbitkan kontak." in posters("--all")
    assert not (poster_folder() / "poster.zip").exists()
