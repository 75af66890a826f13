"""By when somebody looks whether a page still holds."""

from datetime import date

import pytest

from home.lasting import review_due

JANUARY, FEBRUARY, DECEMBER = date(2026, 1, 10), date(2026, 2, 10), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("published", "looked_at", "own", "due"),
    [
        # A year after it was published, or looked at since.
        (JANUARY, None, None, date(2027, 1, 10)),
        (JANUARY, FEBRUARY, None, date(2027, 2, 10)),
        (FEBRUARY, JANUARY, None, date(2027, 2, 10)),
        # A day of its own comes first, until it was published on it or looked at within thirty days of it.
        (JANUARY, None, DECEMBER, DECEMBER),
        (JANUARY, FEBRUARY, DECEMBER, DECEMBER),
        (JANUARY, date(2026, 10, 31), DECEMBER, DECEMBER),
        (JANUARY, date(2026, 11, 1), DECEMBER, date(2027, 11, 1)),
        (date(2026, 11, 20), None, DECEMBER, DECEMBER),
        (DECEMBER, None, DECEMBER, date(2027, 12, 1)),
        (None, None, DECEMBER, DECEMBER),
        (None, None, None, None),
    ],
)
def test_a_page_is_looked_at_again(published, looked_at, own, due):
    assert review_due(published, looked_at, own, 365) == due
