"""What events vouch for though it lies outside the chain: rows of a procedure that stand, such as a letter that was sent.

The event that tells of such a row holds its salted hash (cases.models.Vouched); the kind of case says what stands now. What
is published anew, or taken back, stands alone from then on: nothing that an event before it vouched for stands any more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from .faults import Fault
from .kinds import all_kinds
from .links import links_of
from .models import Case

KEY, ALONE = "vouched", "alone"
CHANGED = "yang dicatat peristiwa ini sudah berubah sesudahnya"
GONE = "yang dicatat peristiwa ini tidak ada lagi"
UNTOLD = "ada surat, keputusan, atau salinan untuk umum yang tidak dicatat riwayatnya"
UNREADABLE = "yang dicatat riwayatnya tidak dapat dibaca"
# SQLite keeps whatever it is given, also a word where a moment should be.
UNFIT = (TypeError, ValueError, AttributeError)

Told = list[tuple[int, str]]


def standing_alone(found: str = "") -> dict[str, str | bool]:
    """What an event says that vouches for this hash and nothing before it; without one, for nothing at all."""
    return {KEY: found, ALONE: True}


def faults_of_vouched(cases: Sequence[int], said: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[Fault]:
    """Compare what the events of these cases, in the order of their keys, vouch for with what stands now. Read-only.

    `said`: by case, seq and data of each event that vouches for something. A few statements, however many cases there are.
    """
    told = {case: _told(events) for case, events in said.items()}
    try:
        standing = _standing(cases[0], cases[-1])
    except UNFIT:
        misfits = list(cases)
    else:
        there = set(cases)
        concerned = sorted(told.keys() | (standing.keys() & there))
        misfits = [pk for pk in concerned if any(_differences(told.get(pk, []), standing.get(pk, [])))]
    for pk in misfits:
        yield from _faults_alone(pk)


def _told(events: Iterable[tuple[int, str]]) -> Told:
    """Seq and hash of each event that vouches for something that should still stand."""
    told: Told = []
    for seq, said in events:
        found, is_alone = _vouched_in(said)
        if is_alone:
            told = []
        if found:
            told.append((seq, found))
    return told


def _vouched_in(said: str) -> tuple[str | None, bool]:
    try:
        data = json.loads(said)
        return data.get(KEY), ALONE in data
    # Its chain tells of it.
    except (ValueError, AttributeError, TypeError):
        return None, False


def _standing(first: int, last: int) -> dict[int, list[str]]:
    standing: dict[int, list[str]] = {}
    for kind in all_kinds():
        for case, found in kind.vouched(first, last):
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


def _faults_alone(pk: int) -> list[Fault]:
    """Once more while nobody writes: what was recorded between two statements is no fault."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        told = _told((event.seq, event.data) for event in links_of(pk))
        try:
            standing = _standing(pk, pk).get(pk, [])
        except UNFIT:
            return [Fault(case.number, None, UNREADABLE)]
        return [Fault(case.number, seq, reason) for seq, reason in _differences(told, standing)]
