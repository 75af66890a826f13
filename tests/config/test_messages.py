import pytest

from config import messages
from config.catalogues import Message, write


@pytest.fixture
def catalogue(tmp_path):
    return tmp_path / "django.po"


def test_every_string_of_ours_has_its_english():
    assert messages.faults() == []


def test_strings_of_code_and_templates_are_collected_with_context_and_plural():
    found = messages.collected()
    assert ("Kirim laporan", "") in found
    assert found["%(total)s kantor", ""].plural == "%(total)s kantor"


def test_new_strings_wait_for_a_translation_and_old_ones_go(catalogue):
    write(
        catalogue,
        [Message("Kirim laporan", translations=("Send a report",)), Message("Dahulu")],
        language="en",
    )
    new = messages.collect(catalogue)
    assert (new, "Dahulu" in catalogue.read_text()) == (len(messages.collected()) - 1, False)
    assert "no translation: 'Kirim laporan'" not in messages.faults(catalogue)
    assert "no translation: 'Simpan'" in messages.faults(catalogue)


@pytest.mark.parametrize("translation", ["Report", "%(nomor)s", "Report %(number)s {name}"])
def test_a_translation_keeps_its_placeholders(catalogue, translation):
    write(catalogue, [Message("Laporan %(number)s", translations=(translation,))], language="en")
    assert "other placeholders: 'Laporan %(number)s'" in messages.faults(catalogue)


def test_a_translation_that_somebody_should_look_at_is_none(catalogue):
    write(catalogue, [Message("Simpan", translations=("Save",), is_fuzzy=True)], language="en")
    assert "no translation: 'Simpan'" in messages.faults(catalogue)


def test_a_string_that_is_put_together_before_is_refused(tmp_path):
    module = tmp_path / "x.py"
    module.write_text('from django.utils.translation import gettext as _\n\n_(f"Halo {name}")\n')
    with pytest.raises(messages.Unreadable):
        list(messages._of_module(module))
