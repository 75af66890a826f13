from hypothesis import given
from hypothesis import strategies as st

from opd_pages.budgets.table import MOST_BARS, BudgetRow, BudgetTable


def table(*rows: tuple) -> BudgetTable:
    return BudgetTable.of(BudgetRow(*row) for row in rows)


def test_groups_stand_in_the_order_of_the_budget_whatever_the_files():
    groups = table(("funds_out", "a", 1), ("spending", "b", 2), ("income", "c", 3)).groups
    assert [(group.label, group.planned) for group in groups] == [
        ("Pendapatan", 3),
        ("Belanja", 2),
        ("Pengeluaran pembiayaan", 1),
    ]


def test_what_is_left_is_income_less_spending():
    assert table(("income", "a", 10), ("spending", "b", 12)).balance == -2
    assert table(("spending", "b", 12)).balance is None


def test_realised_is_unknown_where_no_line_knows_it():
    known = table(("spending", "a", 200, 150), ("spending", "b", 100, None)).groups[0]
    assert (known.realised, known.percent_realised) == (150, 50)
    unknown = table(("spending", "a", 200), ("spending", "b", 100))
    assert (unknown.has_realised, unknown.groups[0].percent_realised) == (False, None)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=40).filter(any))
def test_shares_and_bars_of_a_group_add_up_to_a_hundred(amounts):
    group = table(
        *[("spending", f"Urusan {number}", amount) for number, amount in enumerate(amounts)]
    ).groups[0]
    assert sum(line.share for line in group.lines) == 100
    if group.bars:
        assert (sum(bar.share for bar in group.bars), sum(bar.planned for bar in group.bars)) == (
            100,
            group.planned,
        )
        assert len(group.bars) <= MOST_BARS + 1


def test_small_lines_share_a_bar():
    group = table(*[("spending", f"Urusan {number}", 100 - number) for number in range(14)]).groups[0]
    assert [bar.label for bar in group.bars][-2:] == ["Urusan 9", "4 lainnya"]


def test_a_single_line_needs_no_chart():
    assert table(("income", "a", 10)).groups[0].chart is None
