import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.shares import shares


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([11, 1, 0, 2], [79, 7, 0, 14]),  # REGULATIONS: 11, 1, 0 and 2 of 14 votes
        ([1, 1, 1], [34, 33, 33]),
        ([0, 0, 0, 0], [0, 0, 0, 0]),
        ([5], [100]),
        ([], []),
    ],
)
def test_a_share_is_a_whole_part_of_a_hundred(counts, expected):
    assert shares(counts) == expected


counts = st.lists(st.integers(0, 10**15), min_size=1, max_size=30).filter(any)


@given(counts)
def test_shares_add_up_to_a_hundred(numbers):
    assert sum(shares(numbers)) == 100


@given(counts)
def test_no_share_is_a_whole_point_off(numbers):
    whole = sum(numbers)
    assert all(
        abs(share * whole - number * 100) < whole
        for share, number in zip(shares(numbers), numbers, strict=True)
    )


def test_a_negative_count_has_no_share():
    with pytest.raises(ValueError, match="negative"):
        shares([3, -1])
