"""The score: the weight of what is there, of all that is wanted."""

import pytest

from opd_pages.completeness import OF_CONTACTS, OF_UNIT, Completeness, Item, score

HEAVY, LIGHT, NEXT_TO_NOTHING = (
    Item("heavy", "berat", 30),
    Item("light", "ringan", 10),
    Item("dust", "debu", 1),
)


@pytest.mark.parametrize(
    ("has", "share"),
    [((), 0), (("light",), 25), (("heavy",), 75), (("heavy", "light"), 100), (("heavy", "unknown"), 75)],
)
def test_an_item_counts_by_its_weight(has, share):
    assert score([HEAVY, LIGHT], frozenset(has)) == share


def test_who_lacks_the_smallest_thing_is_not_complete():
    wanted = (Item("most", "hampir semua", 999), NEXT_TO_NOTHING)
    assert score(wanted, frozenset({"most"})) == 99
    assert not Completeness(frozenset({"most"}), wanted).is_complete


def test_nothing_wanted_is_no_merit():
    assert score([], frozenset()) == 0


def test_the_board_counts_the_first_part_of_the_dashboards_list():
    assert OF_UNIT[: len(OF_CONTACTS)] == OF_CONTACTS
    assert sum(item.weight for item in OF_UNIT) == 100
    assert len({item.code for item in OF_UNIT}) == len(OF_UNIT)
