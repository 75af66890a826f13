import gettext
import os

import pytest

from config.catalogues import Message, compiled, read, write

MESSAGES = [
    Message("Kirim laporan", translations=("Send report",)),
    Message("Masuk", context="surat", translations=("Incoming",)),
    Message("%(n)s laporan", "%(n)s laporan", translations=("%(n)s report", "%(n)s reports")),
    Message('"Kutip"\\\n\tdan – garis', translations=('"Quote"\\\n\tand – dash',)),
    Message("Belum", translations=()),
    Message("Kabur", translations=("Blurred",), is_fuzzy=True),
]


@pytest.fixture
def sources(tmp_path):
    write(tmp_path / "en" / "LC_MESSAGES" / "django.po", MESSAGES, language="en")
    return tmp_path


def catalogue(sources, target) -> gettext.GNUTranslations:
    with open(compiled(sources, target) / "en" / "LC_MESSAGES" / "django.mo", "rb") as file:
        return gettext.GNUTranslations(file)


def test_what_is_written_is_read_again(sources):
    assert sorted(read(sources / "en" / "LC_MESSAGES" / "django.po"), key=lambda m: m.key) == sorted(
        MESSAGES, key=lambda m: m.key
    )


def test_pythons_gettext_reads_what_is_compiled(sources, tmp_path):
    english = catalogue(sources, tmp_path / "made")
    assert english.gettext("Kirim laporan") == "Send report"
    assert english.gettext('"Kutip"\\\n\tdan – garis') == '"Quote"\\\n\tand – dash'
    assert english.pgettext("surat", "Masuk") == "Incoming"
    assert [english.ngettext("%(n)s laporan", "%(n)s laporan", n) for n in (1, 2)] == [
        "%(n)s report",
        "%(n)s reports",
    ]


def test_what_is_not_or_not_surely_translated_stays_as_it_is(sources, tmp_path):
    english = catalogue(sources, tmp_path / "made")
    assert [english.gettext(source) for source in ("Belum", "Kabur", "Tidak ada")] == [
        "Belum",
        "Kabur",
        "Tidak ada",
    ]


def test_a_catalogue_is_compiled_again_only_when_it_has_changed(sources, tmp_path):
    source, built = (
        folder / "en" / "LC_MESSAGES" / name
        for folder, name in ((sources, "django.po"), (tmp_path / "made", "django.mo"))
    )
    compiled(sources, tmp_path / "made")
    first = built.stat().st_ino
    compiled(sources, tmp_path / "made")
    assert built.stat().st_ino == first
    write(source, [Message("Kirim laporan", translations=("Send",))], language="en")
    # An older file, as a return to an earlier release brings it.
    os.utime(source, (1, 1))
    assert catalogue(sources, tmp_path / "made").gettext("Kirim laporan") == "Send"


def test_a_line_that_belongs_in_no_catalogue_is_named(sources):
    source = sources / "en" / "LC_MESSAGES" / "django.po"
    source.write_text(source.read_text() + "\n<<<<<<< HEAD\n")
    with pytest.raises(ValueError, match=r"line [0-9]+"):
        read(source)


@pytest.mark.parametrize(("language", "forms"), [("id", 1), ("en", 2)])
def test_a_language_says_how_it_counts(tmp_path, language, forms):
    source = tmp_path / language / "LC_MESSAGES" / "django.po"
    write(source, MESSAGES, language=language)
    assert f"nplurals={forms};" in source.read_text()
