"""What events vouch for though it lies outside the chain: rows of a procedure that stand for good, such as a letter sent.

The event that tells of such a row holds its salted hash (cases.models.Vouched); the kind of case says what stands now.
"""

import json
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from .faults import Fault
from .kinds import CaseKind, all_kinds
from .models import Case, Event

KEY = "vouched"
# Of cases; what is vouched for takes some kilobytes each.
PAGE = 500
CHANGED = "yang dicatat peristiwa ini sudah berubah sesudahnya"
GONE = "yang dicatat peristiwa ini tidak ada lagi"
UNTOLD = "ada surat atau keputusan yang tidak dicatat riwayatnya"
UNREADABLE = "yang dicatat riwayatnya tidak dapat dibaca"
# SQLite keeps whatever it is given, also a word where a moment should be.
UNFIT = (TypeError, ValueError, AttributeError)

Told = list[tuple[int, str]]


def faults_of_vouched(cases: QuerySet[Case]) -> Iterator[Fault]:
    """Compare what the events of these cases vouch for with what stands now. Read-only.

    A few statements for every PAGE cases of a kind that has such rows, and none for the cases of others.
    """
    for kind in all_kinds():
        if kind.vouched is None:
            continue
        keys, last = cases.filter(kind=kind.kind).order_by("pk").values_list("pk", flat=True), 0
        while page := list(keys.filter(pk__gt=last)[:PAGE]):
            for pk in _misfits(kind, page):
                yield from _faults_alone(kind, pk)
            last = page[-1]


def _misfits(kind: CaseKind, cases: Sequence[int]) -> Iterator[int]:
    told = _told(cases)
    try:
        standing = _standing(kind, cases)
    except UNFIT:
        yield from cases
    else:
        yield from (pk for pk in cases if any(_differences(told.get(pk, []), standing.get(pk, []))))


def _told(cases: Sequence[int]) -> dict[int, Told]:
    """By case: seq and hash of each event that vouches for something."""
    told: dict[int, Told] = {}
    events = Event.objects.filter(case__in=cases).annotate(said=Cast("data", TextField()))
    vouching = events.filter(said__contains=f'"{KEY}":').order_by("case", "seq")
    for case, seq, said in vouching.values_list("case_id", "seq", "said"):
        if (found := _vouched_in(said)) is not None:
            told.setdefault(case, []).append((seq, found))
    return told


def _vouched_in(said: str) -> str | None:
    try:
        return json.loads(said).get(KEY)
    # Its chain tells of it.
    except (ValueError, AttributeError):
        return None


def _standing(kind: CaseKind, cases: Sequence[int]) -> dict[int, list[str]]:
    standing: dict[int, list[str]] = {}
    for case, found in kind.vouched(cases):
        standing.setdefault(case, []).append(found)
    return standing


def _differences(told: Told, standing: list[str]) -> Iterator[tuple[int | None, str]]:
    untold = list(standing)
    lost = []
    for seq, found in told:
        if found in untold:
            untold.remove(found)
        else:
            lost.append(seq)
    for seq in lost:
        yield seq, CHANGED if untold else GONE
        del untold[:1]
    for _row in untold:
        yield None, UNTOLD


def _faults_alone(kind: CaseKind, pk: int) -> list[Fault]:
    """Once more while nobody writes: what was recorded between two statements is no fault."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        told = _told([pk]).get(pk, [])
        try:
            standing = _standing(kind, [pk]).get(pk, [])
        except UNFIT:
            return [Fault(case.number, None, UNREADABLE)]
        return [Fault(case.number, seq, reason) for seq, reason in _differences(told, standing)]
