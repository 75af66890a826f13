"""The budget as rows and sums. Plain values: whole rupiah, no database."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.shares import shares

INCOME, SPENDING, FUNDS_IN, FUNDS_OUT = "income", "spending", "funds_in", "funds_out"
# In this order they are shown. The names are those of the APBD and APBDes (PP 12/2019, Permendagri 20/2018).
GROUPS = {
    INCOME: gettext_lazy("Pendapatan"),
    SPENDING: gettext_lazy("Belanja"),
    FUNDS_IN: gettext_lazy("Penerimaan pembiayaan"),
    FUNDS_OUT: gettext_lazy("Pengeluaran pembiayaan"),
}
MOST_BARS = 10


@dataclass(frozen=True)
class BudgetRow:
    """One line as it was uploaded. `realised` is None where nothing is known yet."""

    group: str
    item: str
    planned: int
    realised: int | None = None

    def stored(self) -> list:
        return [self.group, self.item, self.planned, self.realised]


@dataclass(frozen=True)
class Line:
    """`share` is of its group, in percent; the shares of a group add up to 100."""

    item: str
    planned: int
    realised: int | None
    share: int


@dataclass(frozen=True)
class Bar:
    """`width` is in percent of the longest bar, `top` in pixels from the chart's own."""

    label: str
    planned: int
    share: int
    width: int
    top: int


@dataclass(frozen=True)
class Group:
    code: str
    label: str
    lines: list[Line]
    planned: int
    realised: int | None

    @property
    def percent_realised(self) -> int | None:
        """Rounded half up; may pass 100."""
        if self.realised is None or not self.planned:
            return None
        return (self.realised * 200 + self.planned) // (self.planned * 2)

    @property
    def bars(self) -> list[Bar]:
        """The largest lines first, and the small ones together; none where there is nothing to compare."""
        if len(self.lines) < 2 or not self.planned:
            return []
        largest = sorted(self.lines, key=lambda line: -line.planned)
        shown, rest = largest[:MOST_BARS], largest[MOST_BARS:]
        if len(rest) == 1:
            shown, rest = largest, []
        bars = [(line.item, line.planned, line.share) for line in shown]
        if rest:
            label = _("%(count)s lainnya") % {"count": len(rest)}
            bars.append((label, sum(line.planned for line in rest), sum(line.share for line in rest)))
        longest = max(planned for _label, planned, _share in bars)
        return [
            Bar(label, planned, share, planned * 100 // longest, place * Chart.STEP)
            for place, (label, planned, share) in enumerate(bars)
        ]

    @property
    def chart(self) -> "Chart | None":
        return Chart(self.bars) if self.bars else None


@dataclass(frozen=True)
class Chart:
    """Bars below their words; heights in pixels."""

    bars: list[Bar]

    STEP = 48

    @property
    def height(self) -> int:
        return len(self.bars) * self.STEP


@dataclass(frozen=True)
class BudgetTable:
    groups: list[Group]

    @classmethod
    def of(cls, rows: Iterable[BudgetRow]) -> "BudgetTable":
        rows = list(rows)
        by_code = {code: [row for row in rows if row.group == code] for code in GROUPS}
        return cls([_group(code, found) for code, found in by_code.items() if found])

    @classmethod
    def stored(cls, rows: list[list]) -> "BudgetTable":
        return cls.of(BudgetRow(*row) for row in rows)

    @property
    def has_realised(self) -> bool:
        return any(group.realised is not None for group in self.groups)

    @property
    def balance(self) -> int | None:
        """Income less spending: a surplus, or below zero a deficit; None where one of them is missing."""
        sums = {group.code: group.planned for group in self.groups}
        return sums[INCOME] - sums[SPENDING] if INCOME in sums and SPENDING in sums else None


def _group(code: str, rows: list[BudgetRow]) -> Group:
    known = [row.realised for row in rows if row.realised is not None]
    parts = shares([row.planned for row in rows])
    return Group(
        code=code,
        label=str(GROUPS[code]),
        lines=[
            Line(row.item, row.planned, row.realised, share) for row, share in zip(rows, parts, strict=True)
        ],
        planned=sum(row.planned for row in rows),
        realised=sum(known) if known else None,
    )
