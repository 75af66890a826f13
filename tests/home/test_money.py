import pytest

from home.money import read_rupiah, rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (999, "Rp999"), (1234567890, "Rp1.234.567.890"), (-25000, "-Rp25.000")],
)
def test_money_is_written_as_indonesians_write_it(amount, written):
    assert rupiah(amount) == written


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234567890", 1234567890),
        ("1.234.567.890", 1234567890),
        ("Rp1.234.567.890", 1234567890),
        ("Rp. 1.234.567,-", 1234567),
        (" Rp 2.500,49 ", 2500),
        ("2500,50", 2501),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(written, amount):
    assert read_rupiah(written) == amount


@pytest.mark.parametrize(
    "written", ["", "dua juta", "1,234,567", "1.23.456", "12.5", "-5", "1e9", "=A1", "Rp", "1.234.56"]
)
def test_what_is_no_amount_is_not_guessed(written):
    with pytest.raises(ValueError, match="amount"):
        read_rupiah(written)
