import pytest

from opd_pages.phone_numbers import grouped
from opd_pages.posters import PosterChannel, wording


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("+6281130001234", "0811 3000 1234"),
        ("(0353) 881826", "0353 881 826"),
        ("08123456789", "0812 3456 789"),
        ("+6587654321", "+65 8765 4321"),
        ("112", "112"),
        ("0353 881826 / 0811 3000 1234", "0353 881826 / 0811 3000 1234"),
        ("0811-3000-1234 (Ibu Sri)", "0811-3000-1234 (Ibu Sri)"),
    ],
)
def test_numbers_are_grouped_for_the_eye(value, read):
    assert grouped(value) == read


@pytest.mark.parametrize(
    ("kind", "label", "printed"),
    [
        ("whatsapp", "", "WhatsApp"),
        ("whatsapp", "Pengaduan", "WhatsApp · Pengaduan"),
        ("sms", "SMS pengaduan", "SMS pengaduan"),
        ("short_number", "Layanan darurat", "Layanan darurat"),
        ("short_number", "", "Nomor pendek"),
    ],
)
def test_a_channel_is_named_once(kind, label, printed):
    assert wording.heading(PosterChannel(kind, label, "112")) == printed


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("dinas.pppa@bojonegorokab.go.id", ["dinas.pppa@", "bojonegorokab.go.id"]),
        ("Malowopati 95,8 FM", ["Malowopati", "95,8 FM"]),
        ("kapas", []),
    ],
)
def test_a_long_address_breaks_near_its_middle(address, lines):
    assert wording.two_lines(address) == lines
