"""The documents that go out with a written notice."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from cases.hashing import words_hash
from cases.models import Case, CaseFile, Erasable, Event

from ..models.notice import GIVING


def drafted_enclosures(case: Case) -> QuerySet[CaseFile]:
    """Those of the drafts: nobody outside has them yet."""
    return case.files.filter(event__kind="notice_drafted")


def enclosures(case: Case) -> QuerySet[CaseFile]:
    """Those of the notice, drafted or issued; not what was handed over later."""
    decided = case.files.filter(event__kind="moved", event__data__to__in=GIVING)
    return drafted_enclosures(case) | decided


def issued_enclosures(cases: Collection[int]) -> dict[int, list[str]]:
    """By case: SHA-256 of each document that went out with its notice; none for a case whose files the law had erased.

    2 queries.
    """
    files_gone = Event.objects.filter(case__in=cases, kind=Erasable.FILES.event_kind)
    found: dict[int, list[str]] = {case: [] for case in cases}
    for case in files_gone.values_list("case_id", flat=True):
        found.pop(case, None)
    issued = CaseFile.objects.filter(case__in=found, event__kind="moved", by_reporter=False)
    for case, sha256 in issued.order_by().values_list("case_id", "sha256"):
        found[case].append(sha256)
    return found


def hashes(documents: Iterable[str], salt: str) -> list[str]:
    """By their SHA-256. Salted, or a document that had to be erased could be known again by its own."""
    return sorted(words_hash(sha256, salt) for sha256 in documents)
