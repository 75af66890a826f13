"""Money as Indonesians write it. Amounts are whole rupiah."""

import re

WRITTEN = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}|-))?", re.IGNORECASE)


def thousands(number: int) -> str:
    """
    >>> thousands(1234567890)
    '1.234.567.890'
    """
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """
    >>> rupiah(1234567890), rupiah(-5000)
    ('Rp1.234.567.890', '-Rp5.000')
    """
    return f"{'-' if amount < 0 else ''}Rp{thousands(abs(amount))}"


def read_rupiah(written: str) -> int:
    """What somebody wrote, to the nearest rupiah. Raises ValueError for what is no amount.

    >>> read_rupiah("Rp1.234.567,50"), read_rupiah("2500000")
    (1234568, 2500000)
    """
    found = WRITTEN.fullmatch(written.strip())
    if not found:
        raise ValueError("not an amount")
    whole, cents = found[1].replace(".", ""), (found[2] or "0").replace("-", "0")
    return int(whole) + (int(cents.ljust(2, "0")) >= 50)
